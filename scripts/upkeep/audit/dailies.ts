import { dailyAnswersLog, postId, postRecord, postsLog } from '../../../src/daily/records.js';
import { dailySource, type StoredRow } from '../../../src/ledger/rows.js';
import { readRows } from '../../../src/store/log-segments.js';
import type { Store } from '../../../src/store/store.js';
import { differences, type Expected, keyOfRow, shortened } from './expected.js';

/** Holds the answers to a server's daily questions against its ledger. */
export async function auditDailies(
  store: Store,
  guildId: string,
  rows: readonly StoredRow[],
): Promise<string[]> {
  const expected: Expected = new Map();
  const faults: string[] = [];
  for await (const date of readRows(store, postsLog, guildId)) {
    const id = postId(guildId, date);
    if (!(await store.get(postRecord, id)))
      faults.push(`the daily question of ${date} is listed, and not there`);
    for await (const { member, points, right } of readRows(store, dailyAnswersLog, id)) {
      const key = keyOfRow(dailySource(date), member);
      if (expected.has(key)) faults.push(`${key} is answered twice`);
      else expected.set(key, { points, right });
    }
  }
  return [...shortened(faults), ...differences(rows, expected, 'daily:')];
}
