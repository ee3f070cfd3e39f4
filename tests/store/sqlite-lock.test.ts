import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Batch, recordType } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const note = recordType('note', z.object({ n: z.int() }));
const locker = fileURLToPath(new URL('fixtures/locker.mjs', import.meta.url));

/** Far above what a busy machine does to a timer, far below what waiting inside the driver did (1.3 s and more). */
const longestLagMs = 400;

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
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
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
  lag.disable();
  expect(lag.max / 1e6).toBeLessThan(longestLagMs);
  expect(await store.get(note, 'new')).toEqual({ n: 2 });
});
