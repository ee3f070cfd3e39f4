import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { KeyvStore } from '../../src/store/keyv-store.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { Batch, recordType, StoreError } from '../../src/store/store.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { listeningLog, tempDir } from '../helpers/store.js';

const page = recordType('page', z.object({ n: z.number(), text: z.string() }));

test('a full disk rejects what does not fit, keeps what was acknowledged, and passes', async () => {
  const adapter = await openSqlite(parseStoreUrl(`sqlite://${join(await tempDir(), 'drills.sqlite')}`));
  const store = new KeyvStore(adapter, listeningLog().log);
  onTestFinished(() => store.close());
  await adapter.query('PRAGMA max_page_count = 60');

  const kept: string[] = [];
  const refused: unknown[] = [];
  let rollbacks = 0;
  store.onRollback(() => rollbacks++);
  const put = async (n: number): Promise<void> => {
    const batch = new Batch();
    for (const half of ['a', 'b']) batch.put(page, `${n}${half}`, () => ({ n, text: 'x'.repeat(5_000) }));
    await store.commit(batch).then(
      () => kept.push(`${n}a`, `${n}b`),
      (error: unknown) => refused.push(error),
    );
  };
  for (let n = 0; n < 30; n++) await put(n);
  expect(kept.length).toBeGreaterThan(0);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((error) => error instanceof StoreError && /full/.test(error.message))).toBe(true);
  expect(rollbacks).toBe(refused.length);

  const ids = Array.from({ length: 30 }, (_, n) => [`${n}a`, `${n}b`]).flat();
  expect([...(await store.getMany(page, ids)).keys()]).toEqual(kept);

  await adapter.query('PRAGMA max_page_count = 1000000');
  await put(30);
  expect(await store.get(page, '30b')).toMatchObject({ n: 30 });
});
