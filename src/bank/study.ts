import type { Bank } from './bank.js';
import { gradedKinds, type Level, levels, type Stage, stages } from './question.js';

/** A topic as something to study, and how many questions of it are told right from wrong, by level. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** What it is called where there is little room. */
  readonly short: string;
  readonly stage: Stage;
  readonly levels: Readonly<Record<Level, number>>;
}

type Studied = Pick<Bank, 'packs' | 'topics' | 'pool'>;

/** By the topics of a bank, which are others once it was read again: thousands may ask within one change. */
const known = new WeakMap<Studied['topics'], readonly Subject[]>();

/** The topics that are asked by default, in the order in which to study them: by stage, then as their packs say. */
export function subjectsOf(bank: Studied): readonly Subject[] {
  const subjects = known.get(bank.topics) ?? subjectsIn(bank);
  known.set(bank.topics, subjects);
  return subjects;
}

function subjectsIn(bank: Studied): Subject[] {
  const { packs, topics } = bank;
  const subjects = packs
    .filter(({ askedByDefault }) => askedByDefault)
    .flatMap(({ id: pack, study = [] }) => {
      const own = topics.filter((topic) => topic.pack === pack);
      const placed = study.flatMap(({ stage, topics: named }) =>
        named.flatMap((id) => own.filter((topic) => topic.id === id).map((topic) => ({ topic, stage }))),
      );
      const left = own.filter((topic) => !placed.some((one) => one.topic === topic));
      return [...placed, ...left.map((topic) => ({ topic, stage: 'core' as const }))];
    })
    .map(({ topic: { id, title, short = title }, stage }) => ({
      id,
      title,
      short,
      stage,
      levels: graded(bank, id),
    }));
  return stages.flatMap((stage) => subjects.filter((subject) => subject.stage === stage));
}

/** Nobody is told whether an answer to an open question is right, so it moves no plan on. */
const graded = (bank: Pick<Bank, 'pool'>, topic: string): Record<Level, number> =>
  Object.fromEntries(
    levels.map((level) => [level, bank.pool({ topic, level, kinds: gradedKinds }).length]),
  ) as Record<Level, number>;
