import {
  type APIActionRowComponent,
  type APIStringSelectComponent,
  ComponentType,
  chatInputApplicationCommandMention,
} from 'discord.js';
import type { Bank, CountedTopic } from '../bank/bank.js';
import { levelDescriptions, levels } from '../bank/question.js';
import { clip, container, count, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';

export const helpFeature = 'help';
const accent = 0x5865f2;
/** Discord's limits of a select. */
const optionsInSelect = 25;
const longestOption = 100;

/** What the reader needs to know of where they are. */
export interface HelpView {
  readonly bank: Bank;
  readonly inGuild: boolean;
  /** Ids of the registered commands by name. */
  readonly commandIds: ReadonlyMap<string, string>;
}

/** What the bot can do, with commands to click on and topics to choose from. */
export function helpCard(view: HelpView): Outgoing {
  const { all, topics } = view.bank;
  return {
    components: [
      container(
        [
          text('### Interview Drills\nDrill interview questions together, from basic to advanced.'),
          text(commandLines(view)),
          text(
            `**The bank** has ${count(all.length, 'question')} on ${count(topics.length, 'topic')}.\n${levels
              .map((level) => `- ${level}: ${levelDescriptions[level]}`)
              .join('\n')}`,
          ),
          ...topicSelects(topics),
          text(
            '-# Answers are private until the reveal. Right answers in quizzes and daily questions earn points: 100, 150 or 200 by level, more for speed and for a streak of days.',
          ),
        ],
        accent,
      ),
    ],
  };
}

/** One topic: what it is about, how much there is, and how to practise it. */
export function topicCard(topic: CountedTopic, { commandIds }: Pick<HelpView, 'commandIds'>): Outgoing {
  const amounts = levels.map((level) => `${topic.levels[level]} ${level}`).join(', ');
  return {
    components: [
      container(
        [
          text(`### ${topic.title}\n${topic.description}`),
          text(`${count(topic.questions, 'question')}: ${amounts}.`),
          text(`-# ${mention(commandIds, 'question any')} with \`topic: ${topic.id}\` asks one of them.`),
        ],
        accent,
      ),
    ],
  };
}

function topicSelects(topics: readonly CountedTopic[]): APIActionRowComponent<APIStringSelectComponent>[] {
  return [...byPack(topics).values()]
    .flatMap((ofPack) =>
      Array.from({ length: Math.ceil(ofPack.length / optionsInSelect) }, (_, page) =>
        ofPack.slice(page * optionsInSelect, (page + 1) * optionsInSelect),
      ),
    )
    .map((shown, index) => ({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: customId(helpFeature, 'topic', index),
          placeholder: clip(`Topics: ${shown.map(({ title }) => title).join(', ')}`, longestOption),
          options: shown.map(({ id, title, description }) => ({
            label: clip(title, longestOption),
            value: id,
            description: clip(description, longestOption),
          })),
        },
      ],
    }));
}

function byPack(topics: readonly CountedTopic[]): Map<string, CountedTopic[]> {
  const packs = new Map<string, CountedTopic[]>();
  for (const topic of topics) packs.set(topic.pack, [...(packs.get(topic.pack) ?? []), topic]);
  return packs;
}

function mention(ids: ReadonlyMap<string, string>, command: string): string {
  const [name = '', sub] = command.split(' ');
  const id = ids.get(name);
  if (!id) return `\`/${command}\``;
  return sub
    ? chatInputApplicationCommandMention(name, sub, id)
    : chatInputApplicationCommandMention(name, id);
}

function commandLines({ inGuild, commandIds }: HelpView): string {
  const to = (command: string): string => mention(commandIds, command);
  const question = `${to('question any')} asks a question; everybody answers once, then reveal it together. \`private: True\` keeps it to yourself.`;
  const stats = `${to('stats')} shows how ready you are: accuracy by topic and level, streaks, weak spots.`;
  const inServers = [
    `${to('quiz start')} opens a timed quiz for the whole channel. ${to('quiz status')}, ${to('quiz skip')} and ${to('quiz stop')} steer it.`,
    `${to('leaderboard')} ranks the server: all time, this month, this week, or one topic.`,
    `${to('daily set')} posts a question every day at your hour (needs Manage Server). ${to('daily status')} tells when the next one comes.`,
  ];
  const lines = inGuild ? [question, ...inServers, stats] : [question, stats];
  const note = inGuild
    ? ''
    : '\n-# Quizzes, daily questions and leaderboards belong to a server: use them there.';
  return lines.map((line) => `- ${line}`).join('\n') + note;
}
