import { type Fault, faultsInOrder } from '../../src/bank/faults.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { type Imbalance, imbalances } from './balance.js';
import { gaps, readCoverage, strangers } from './coverage.js';
import { type Finding, located, placed } from './finding.js';
import { type Gate, gates, hard, tally } from './gates.js';
import { guessedTopics } from './guessing.js';
import { changedAnswers, readIds, unrecordedIds } from './ids.js';
import { brokenLinks, readKnownPages } from './links.js';
import { misspelt } from './names.js';
import { packShortfalls, readOutline, shortfalls } from './outline.js';
import { unreadable } from './reading.js';
import { leanings } from './spread.js';
import { twins } from './twins.js';

export interface Review {
  readonly faults: Fault[];
  /** For people: what is left to be worked off before the plan can be strict. */
  readonly lines: string[];
}

/**
 * What the project asks of its own questions beyond what any bank must hold; nothing of a folder that has no
 * plan. Faults of single questions come in the order of files and lines, then those of the whole.
 *
 * @param tried gates whose findings come by running something; waited for when everything else is done
 * @param isComplete false: files of the bank did not load, so nothing is said of what the whole has or lacks
 */
export async function review(
  dir: string,
  topics: readonly TopicSource[],
  tried: readonly Gate[] | Promise<readonly Gate[]> = [],
  isComplete = true,
): Promise<Review> {
  const [coverage, outline, ids] = await Promise.all([readCoverage(dir), readOutline(dir), readIds(dir)]);
  if (!coverage && !outline) return { faults: [], lines: [] };
  const strict = outline?.strict ?? false;
  const all = placed(topics);
  const pages = await readKnownPages();
  const still = gates(all, pages);
  const findings: Finding[] = [
    ...brokenLinks(all, pages),
    ...misspelt(all),
    ...unreadable(all),
    ...twins(all),
    ...(coverage ? strangers(all, coverage) : []),
    ...(ids ? changedAnswers(all, ids) : []),
  ];
  const written = all.map(({ question }) => question);
  const whole = isComplete
    ? [
        ...ofBank(dir, [...leanings(written), ...guessedTopics(all)]),
        ...(outline ? packShortfalls(dir, topics, outline) : []),
        ...(ids ? unrecordedIds(dir, all, ids) : []),
      ]
    : [];
  const every = [...still, ...(await tried)];
  findings.push(...every.flatMap((gate) => hard(gate, strict)));
  const faults = faultsInOrder(await located(findings));
  if (isComplete)
    faults.push(
      ...ofBank(dir, imbalances(written)),
      ...(outline ? shortfalls(dir, topics, outline) : []),
      ...(coverage ? await gaps(dir, all, coverage) : []),
      ...(strict ? whole : []),
    );
  return { faults, lines: strict ? [] : leftOver(every, whole) };
}

const ofBank = (dir: string, found: readonly Imbalance[]): Fault[] =>
  found.map(({ message, remedy }) => ({ file: dir, line: 1, message, remedy }));

function leftOver(every: readonly Gate[], whole: readonly Fault[]): string[] {
  const left = tally(every, false);
  return [
    ...(left === '' ? [] : [`To be worked off, no faults yet: ${left} (npm run questions:report).`]),
    ...whole.map(({ message, remedy }) => `Of the whole, no fault yet: ${message} → ${remedy}`),
  ];
}
