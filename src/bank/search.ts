import type { Topic } from './question.js';

/** A choice of Discord's autocomplete: at most 100 characters each. */
export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

const mostChoices = 25;
const longestChoice = 100;

/** Those whose names have what was typed in them: those that start so first. */
export function namedLike<T extends { readonly id: string; readonly title: string }>(
  all: readonly T[],
  text: string,
): T[] {
  const typed = text.trim().toLowerCase();
  return all
    .map((one) => ({ one, rank: rankOf(one, typed) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** 0: starts with what was typed; 1: a word in it does; 2: contains it; 3: does not. */
function rankOf({ id, title }: { readonly id: string; readonly title: string }, typed: string): number {
  const names = [id, title.toLowerCase()];
  if (names.some((name) => name.startsWith(typed))) return 0;
  if (names.some((name) => name.split(/[^\p{L}\p{N}_]+/u).some((word) => word.startsWith(typed)))) return 1;
  return names.some((name) => name.includes(typed)) ? 2 : 3;
}

/** As choices, as many as fit. */
export const choicesOf = (topics: readonly Pick<Topic, 'id' | 'title' | 'description'>[]): TopicChoice[] =>
  topics
    .slice(0, mostChoices)
    .map(({ id, title, description }) => ({ name: clip(`${title}: ${description}`), value: id }));

const clip = (text: string): string =>
  text.length <= longestChoice ? text : `${text.slice(0, longestChoice - 1).trimEnd()}…`;
