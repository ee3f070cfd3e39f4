import {
  kinds,
  type Level,
  levels,
  type Pack,
  type Question,
  type QuestionKind,
  type Topic,
} from './question.js';

/** A topic with the number of its questions. */
export interface CountedTopic extends Topic {
  readonly questions: number;
  readonly levels: Readonly<Record<Level, number>>;
  readonly kinds: Readonly<Record<QuestionKind, number>>;
}

export function counted(topic: Topic, questions: readonly Question[]): CountedTopic {
  return {
    ...topic,
    questions: questions.length,
    levels: tally(levels, questions, ({ level }) => level),
    kinds: tally(kinds, questions, ({ kind }) => kind),
  };
}

function tally<K extends string>(
  keys: readonly K[],
  questions: readonly Question[],
  keyOf: (question: Question) => K,
): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const question of questions) counts[keyOf(question)] += 1;
  return counts;
}

/** The packs of the topics, in their order; those that nobody describes are asked by default, under their own id. */
export function packsOf(topics: readonly Topic[], known: readonly Pack[]): Pack[] {
  const ids = [...new Set(topics.map(({ pack }) => pack))];
  return ids.map(
    (id) =>
      known.find((pack) => pack.id === id) ?? {
        id,
        title: id,
        description: `The pack ${id}`,
        askedByDefault: true,
      },
  );
}

/** Where the questions of some packs stand. */
export const positionsIn = (questions: readonly Question[], packs: ReadonlySet<string>): number[] =>
  questions.flatMap(({ pack }, position) => (packs.has(pack) ? [position] : []));
