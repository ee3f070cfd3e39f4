import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { accent, button, buttonRows, clip, container, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import { direct, type Wish, type WishPlace } from './records.js';
import * as words from './words.js';

export const privacyFeature = 'privacy';
/** Discord's limits: options of a select, and characters of one. */
const mostOptions = 25;
const longestOption = 100;
/** Of 4,000 characters of text in a message; the rest is for what stands around the places. */
const longestPlaces = 2_800;
const pendingShown = 5;
/** Fields of the form. */
export const wordField = 'word';
export const placeField = 'place';
export const everywhereValue = 'everywhere';

/** A place with its name, as its member reads it. */
export interface NamedPlace {
  readonly place: WishPlace;
  readonly name: string;
}

/** An erasure that is to come, with the name of its place. */
export type NamedWish = Wish & { readonly name?: string | undefined };

interface PlaceLines extends NamedPlace {
  readonly lines: readonly string[];
}

/** What is stored, by place. With `choices`, one of them can be chosen. */
export function showCard(view: {
  readonly places: readonly PlaceLines[];
  readonly isEverywhere: boolean;
  readonly choices: readonly NamedPlace[];
  readonly pending: readonly NamedWish[];
  /** False where some process has not told what it has. */
  readonly isWhole: boolean;
}): Outgoing {
  const { places, isEverywhere, choices, pending, isWhole } = view;
  const texts = isEverywhere
    ? fitting(places.map(({ name, lines }) => words.placeWords(codeSpan(name, longestOption), lines)))
    : places.map(({ lines }) => words.linesWords(lines));
  return {
    components: [
      container(
        [
          text([words.showTitle(isEverywhere), ...texts].join('\n')),
          ...(places.length === 0 && isWhole ? [text(words.nothingStored)] : []),
          ...(isWhole ? [] : [text(words.notWhole)]),
          ...(choices.length > 1 ? [placeSelect('show', choices)] : []),
          ...pendingParts(pending),
          text(words.whatNext),
        ],
        accent,
      ),
    ],
  };
}

/** As many as fit a message; how many do not is said. */
function fitting(texts: readonly string[]): string[] {
  const shown: string[] = [];
  let length = 0;
  for (const one of texts) {
    length += one.length + 1;
    if (length > longestPlaces) return [...shown, words.morePlaces(texts.length - shown.length)];
    shown.push(one);
  }
  return shown;
}

function placeSelect(
  action: 'show' | 'export',
  choices: readonly NamedPlace[],
): APIActionRowComponent<APIStringSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(privacyFeature, action),
        placeholder: words.choosePlace,
        options: [{ label: words.everywhereOption, value: everywhereValue }, ...choices.map(optionOf)].slice(
          0,
          mostOptions,
        ),
      },
    ],
  };
}

const optionOf = ({ place, name }: NamedPlace) => ({ label: clip(name, longestOption), value: place });

export function exportCard(
  file: { readonly name: string; readonly data: Buffer },
  places: number,
  choices: readonly NamedPlace[],
  isWhole: boolean,
): Outgoing {
  return {
    components: [
      container(
        [
          text(`${words.exportTitle}\n${words.exportWords(places)}`),
          ...(isWhole ? [] : [text(words.notWhole)]),
          { type: ComponentType.File, file: { url: `attachment://${file.name}` } },
          ...(choices.length > 1 ? [placeSelect('export', choices)] : []),
        ],
        accent,
      ),
    ],
    files: [file],
  };
}

/** What will be erased, each with the button that calls it off. */
export function pendingCard(pending: readonly NamedWish[]): Outgoing {
  return {
    components: [container([...pendingParts(pending).slice(1), text(words.backupWords)], accent)],
  };
}

function pendingParts(pending: readonly NamedWish[]): APIComponentInContainer[] {
  if (pending.length === 0) return [];
  return [
    separator(),
    text(words.pendingTitle),
    ...pending
      .slice(0, pendingShown)
      .flatMap(({ id, place, name, dueAt }) => [
        text(words.pendingWords(words.pendingWhere(place, name && codeSpan(name, longestOption)), dueAt)),
        ...buttonRows([
          button(words.keepLabel, customId(privacyFeature, 'keep', id), { style: ButtonStyle.Primary }),
        ]),
      ]),
  ];
}

/**
 * The form in which the word is typed.
 * @param choices in direct messages: the places of which one is chosen
 */
export function confirmForm(
  id: string,
  isEverywhere: boolean,
  choices: readonly NamedPlace[],
): APIModalInteractionResponseCallbackData {
  const where = isEverywhere ? 'everywhere' : 'here';
  const offered = [...choices].sort((a, b) => Number(b.place === direct) - Number(a.place === direct));
  return {
    // A form that is opened again under the same id shows what was typed before.
    custom_id: customId(privacyFeature, 'erase', where, id.slice(-8)),
    title: words.formTitle,
    components: [
      {
        type: ComponentType.TextDisplay,
        content: words.formWords(!isEverywhere && offered.length > 0 ? 'direct' : where),
      },
      ...(offered.length > 0
        ? [
            {
              type: ComponentType.Label as const,
              label: words.formPlaceLabel,
              component: {
                type: ComponentType.StringSelect as const,
                custom_id: placeField,
                options: offered.slice(0, mostOptions).map(optionOf),
              },
            },
          ]
        : []),
      {
        type: ComponentType.Label,
        label: words.formLabel,
        component: {
          type: ComponentType.TextInput,
          custom_id: wordField,
          style: TextInputStyle.Short,
          min_length: 1,
          max_length: 20,
          required: true,
        },
      },
    ],
  };
}
