import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Bank } from '../bank/bank.js';
import type { CountedTopic } from '../bank/counted.js';
import { levelDescriptions, levels } from '../bank/question.js';
import { accent, button, buttonRows, clip, container, text } from '../discord/components.js';
import { count } from '../discord/count.js';
import { customId } from '../discord/custom-id.js';
import { number } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import { tied } from '../discord/rows.js';
import * as words from './words.js';

export const helpFeature = 'help';
/** Discord's limits of a select. */
const optionsInSelect = 25;
const longestOption = 100;
/** So many selects and lines of packs leave room for the rest of the card. */
const selectsShown = 8;
const packsShown = 10;
/** Of Discord's 4,000 characters, for the titles of all packs together. */
const longestTopics = 2_200;

/** What the reader needs to know of where they are. */
export interface HelpView {
  readonly bank: Bank;
  readonly inGuild: boolean;
}

/** One screen of what the bot can do, with commands to click on; the others are chosen from a list. */
export function helpCard(view: HelpView, section: words.Section = 'start'): Outgoing {
  const [name] = words.sectionNames[section];
  return {
    components: [
      container(
        [
          text(section === 'start' ? words.title : words.sectionTitle(name)),
          ...sectionParts(view, section),
          sectionSelect(view, section),
        ],
        accent,
      ),
    ],
  };
}

function sectionParts({ bank, inGuild }: HelpView, section: words.Section): APIComponentInContainer[] {
  if (section === 'topics') return [text(bankText(bank)), text(levelsText), ...topicSelects(bank)];
  return [
    text(words.commandLines(section, inGuild)),
    ...(section === 'privacy' ? [text(words.pointsWords)] : []),
  ];
}

function sectionSelect(
  { inGuild }: HelpView,
  section: words.Section,
): APIActionRowComponent<APIStringSelectComponent> {
  const offered = words.sections.filter((one) => inGuild || !words.inServersOnly.includes(one));
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(helpFeature, 'section'),
        placeholder: words.chooseSection,
        options: offered.map((value) => {
          const [label, description] = words.sectionNames[value];
          return { label, value, description, ...(section !== 'start' && { default: value === section }) };
        }),
      },
    ],
  };
}

const levelsText = levels.map((level) => `-# ${level}: ${levelDescriptions[level]}`).join('\n');

function bankText({ all, topics, packs }: Bank): string {
  const shown = packs
    .slice(0, packsShown)
    .map((pack) => ({ pack, names: words.namesOf(topics.filter((topic) => topic.pack === pack.id)) }));
  const isMuch = shown.flatMap(({ names }) => names).join(' · ').length > longestTopics;
  const longest = isMuch ? Math.floor(longestTopics / shown.length) : longestTopics;
  const groups = shown.map(({ pack, names }) => {
    const questions = all.filter((question) => question.pack === pack.id).length;
    const size = `- **${pack.title}**: ${count(questions, 'question')}${pack.askedByDefault ? '' : words.chooseWords(pack.id)}`;
    return `${size}\n-# ${words.nameList(names, longest)}`;
  });
  return [
    `**The bank** has ${number(all.length)} questions on ${count(topics.length, 'topic')}.`,
    ...(packs.length > 1 ? groups : []),
  ].join('\n');
}

/** One topic: what it is about, how much there is, and how to practise it. */
export function topicCard(topic: CountedTopic): Outgoing {
  const amounts = levels.map((level) => tied(`${topic.levels[level]} ${level}`)).join(', ');
  return {
    components: [
      container(
        [
          text(`### ${topic.title}\n${topic.description}`),
          text(`${tied(count(topic.questions, 'question'))}: ${amounts}.`),
          ...buttonRows([
            button('Ask one', customId(helpFeature, 'ask', topic.id), { style: ButtonStyle.Primary }),
          ]),
          text(`-# \`/question any\` with \`topic: ${topic.id}\` asks one of them.`),
        ],
        accent,
      ),
    ],
  };
}

/** A select for each pack, as many as fit a card; every topic can be typed as an option of the commands anyway. */
function topicSelects({ topics, packs }: Bank): APIActionRowComponent<APIStringSelectComponent>[] {
  return packs
    .flatMap(({ id, title }) => {
      const ofPack = topics.filter(({ pack }) => pack === id);
      const pages = Math.ceil(ofPack.length / optionsInSelect);
      return Array.from({ length: pages }, (_, page) => ({
        title: pages > 1 ? `${title} (${page + 1} of ${pages})` : title,
        shown: ofPack.slice(page * optionsInSelect, (page + 1) * optionsInSelect),
      }));
    })
    .slice(0, selectsShown)
    .map(({ title, shown }, index) => ({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: customId(helpFeature, 'topic', index),
          placeholder: clip(`Topics of ${title}`, longestOption),
          options: shown.map(({ id, title: name, description }) => ({
            label: clip(name, longestOption),
            value: id,
            description: clip(description, longestOption),
          })),
        },
      ],
    }));
}
