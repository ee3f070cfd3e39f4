import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { logType, readRows } from '../../src/store/log-segments.js';
import { openStore } from '../../src/store/open.js';
import { recordType, type Store } from '../../src/store/store.js';
import { startPostgres, startRedis } from '../helpers/databases.js';
import { killsOf } from '../helpers/long.js';
import { listeningLog, tempDir } from '../helpers/store.js';

const kills = killsOf(2);
const program = fileURLToPath(new URL('fixtures/committer.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../dist/src/store/open.js', import.meta.url));

const part = recordType('part', z.number());
const total = recordType('total', z.number());
const numbers = logType('log', z.number());

/** Starts the committer, kills it after so many acknowledgements, and gives back all it acknowledged. */
function killed(url: string, after: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'pipe'] });
    let acknowledged = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      acknowledged += chunk.toString();
      if (acknowledged.split('\n').length > after) child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(acknowledged.split('\n').slice(0, -1).map(Number));
      else reject(new Error(`the committer ended by itself: ${errors}`));
    });
  });
}

/** Every acknowledged batch is there, every batch is whole, and the total agrees with the rows. */
async function check(store: Store, acknowledged: readonly number[]): Promise<void> {
  const rows: number[] = [];
  for await (const n of readRows(store, numbers, 'all')) rows.push(n);
  expect(rows).toEqual(rows.map((_, n) => n));
  expect(rows.length).toBeGreaterThan(Math.max(...acknowledged));
  expect(await store.get(total, 'all')).toBe(rows.length);
  const ids = rows.flatMap((n) => ['a', 'b', 'c'].map((half) => `${n}${half}`));
  expect([...(await store.getMany(part, ids)).keys()]).toEqual(ids.slice(-60));
}

async function killAndCheck(url: string): Promise<void> {
  if (!existsSync(built)) throw new Error('the killed process runs what was built: npm run build');
  for (let round = 0; round < kills; round++) {
    // Any moment will do; these spread over the first segments of the log and the writes between them.
    const acknowledged = await killed(url, 1 + ((round * 97) % 389));
    const store = await openStore(url, listeningLog().log);
    await check(store, acknowledged);
    await store.close();
  }
}

const patience = { timeout: 90_000 + kills * 8_000 };

test('what SQLite acknowledged survives a kill at any instant', patience, async () => {
  await killAndCheck(`sqlite://${join(await tempDir(), 'drills.sqlite')}`);
});

test.each([
  ['PostgreSQL', startPostgres],
  ['Redis', startRedis],
])('what %s acknowledged survives a kill of the bot at any instant', patience, async (_name, start) => {
  const database = await start();
  if (database === undefined) return;
  onTestFinished(() => database.stop());
  await killAndCheck(database.url);
});
