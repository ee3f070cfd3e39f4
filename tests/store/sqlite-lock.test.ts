import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Batch, recordType } from '../../src/store/store.js';
import { watchOwnLag } from '../helpers/own-lag.js';
import { tempStore } from '../helpers/store.js';

const note = recordType('note', z.object({ n: z.int() }));
const locker = fileURLToPath(new URL('fixtures/locker.mjs', import.meta.url));

/** Alone it is some 20 ms; waiting inside the driver made it 1.3 s and more. */
const longestLagMs = 200;

/** Another process takes the write lock; resolves when it has it. */
async function lock(path: string, forMs: number): Promise<{ released: Promise<unknown> }> {
  const child = spawn(process.execPath, [locker, path, String(forMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const released = once(child, 'exit');
  await once(child.stdout, 'data');
  return { released };
}

test('while another process holds the write lock, the bot reads, answers, and writes when it is free', async () => {
  const { store, path } = await tempStore();
  await store.commit(new Batch().put(note, 'kept', () => ({ n: 1 })));
  const { released } = await lock(path, 1_500);
  const lag = watchOwnLag();
  let written = false;
  const writing = store.commit(new Batch().put(note, 'new', () => ({ n: 2 }))).then(() => {
    written = true;
  });
  for (let n = 0; n < 40; n++) {
    expect(await store.get(note, 'kept')).toEqual({ n: 1 });
    await delay(20);
  }
  expect(written).toBe(false);
  await released;
  await writing;
  expect(lag.stop()).toBeLessThan(longestLagMs);
  expect(await store.get(note, 'new')).toEqual({ n: 2 });
});

test('a loop that is held is seen to be, whatever else has the cores', async () => {
  const lag = watchOwnLag();
  await delay(10);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, longestLagMs + 50);
  await delay(10);
  expect(lag.stop()).toBeGreaterThan(longestLagMs);
});
