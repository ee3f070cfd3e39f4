import { dailyAnswersLog, holdsPoints, postId, postRecord, postsLog } from '../../../src/daily/records.js';
import { dailySource, type StoredRow, toStored } from '../../../src/ledger/rows.js';
import { readRows } from '../../../src/store/log-segments.js';
import type { Store } from '../../../src/store/store.js';
import { differences, type Expected, keyOfRow, shortened } from './expected.js';

/**
 * Holds the answers to a server's daily questions against its ledger.
 * @returns what does not agree, and the rows that the ledger gets when the open question closes
 */
export async function auditDailies(
  store: Store,
  guildId: string,
  rows: readonly StoredRow[],
): Promise<{ readonly faults: string[]; readonly held: StoredRow[] }> {
  const expected: Expected = new Map();
  const faults: string[] = [];
  const held: StoredRow[] = [];
  for await (const date of readRows(store, postsLog, guildId)) {
    const id = postId(guildId, date);
    const post = await store.get(postRecord, id);
    if (!post) faults.push(`the daily question of ${date} is listed, and not there`);
    const waits = post?.counts && holdsPoints(post) ? post.counts : undefined;
    for await (const { member, points, right, at } of readRows(store, dailyAnswersLog, id)) {
      const key = keyOfRow(dailySource(date), member);
      if (waits) held.push(toStored({ source: dailySource(date), member, points, right, at, ...waits }, at));
      else if (expected.has(key)) faults.push(`${key} is answered twice`);
      else expected.set(key, { points, right });
    }
  }
  return { faults: [...shortened(faults), ...differences(rows, expected, 'daily:')], held };
}
