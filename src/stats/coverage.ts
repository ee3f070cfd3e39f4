import { levels } from '../bank/question.js';
import type { Cell, Tally } from '../profiles/readiness.js';
import { enoughAnswers, type Offered } from '../profiles/tallies.js';

/** How well one level of a topic is known: `few` have too few answers to tell. */
export type CellStanding = 'unmet' | 'few' | 'weak' | 'partly' | 'known';

export interface CoverageTally extends Tally {
  readonly standing: CellStanding;
}

export interface CoverageRow {
  /** Short: it stands in a picture. */
  readonly title: string;
  /** By level; undefined where the bank has no questions. */
  readonly cells: readonly (CoverageTally | undefined)[];
}

const knownFrom = 0.8;
const partlyFrom = 0.5;

/** Answers by topic and level, a row for each topic that is offered. */
export const coverageRows = (cells: readonly Cell[], topics: readonly Offered[]): CoverageRow[] =>
  topics.map(({ id, title, short = title, levels: counts }) => ({
    title: short,
    cells: levels.map((level) => {
      if (counts[level] === 0) return undefined;
      const { right = 0, total = 0 } = cells.find((cell) => cell.topic === id && cell.level === level) ?? {};
      return { right, total, standing: standingOf({ right, total }) };
    }),
  }));

function standingOf({ right, total }: Tally): CellStanding {
  if (total === 0) return 'unmet';
  if (total < enoughAnswers) return 'few';
  const share = right / total;
  return share >= knownFrom ? 'known' : share >= partlyFrom ? 'partly' : 'weak';
}

/** How many cells there are of each standing. */
export function countStandings(rows: readonly CoverageRow[]): Readonly<Record<CellStanding, number>> {
  const counts = { unmet: 0, few: 0, weak: 0, partly: 0, known: 0 };
  for (const { cells } of rows) for (const cell of cells) if (cell) counts[cell.standing] += 1;
  return counts;
}
