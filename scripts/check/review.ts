import { type Fault, inOrder } from '../../src/bank/faults.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { imbalances } from './balance.js';
import { gaps, readCoverage, strangers } from './coverage.js';
import { located, placed } from './finding.js';
import { brokenLinks, readKnownPages } from './links.js';
import { misspelt } from './names.js';
import { readOutline, shortfalls } from './outline.js';
import { unreadable } from './reading.js';
import { twins } from './twins.js';

/**
 * What the project asks of its own questions beyond what any bank must hold; nothing of a folder that has no
 * plan. Faults of single questions come in the order of files and lines, then those of the whole.
 */
export async function review(dir: string, topics: readonly TopicSource[]): Promise<Fault[]> {
  const [coverage, outline] = await Promise.all([readCoverage(dir), readOutline(dir)]);
  if (!coverage && !outline) return [];
  const all = placed(topics);
  const findings = [
    ...brokenLinks(all, await readKnownPages()),
    ...misspelt(all),
    ...unreadable(all),
    ...twins(all),
    ...(coverage ? strangers(all, coverage) : []),
  ];
  return [
    ...inOrder(await located(findings)),
    ...imbalances(all.map(({ question }) => question)).map((fault) => ({ file: dir, line: 1, ...fault })),
    ...(outline ? shortfalls(dir, topics, outline) : []),
    ...(coverage ? await gaps(dir, all, coverage) : []),
  ];
}
