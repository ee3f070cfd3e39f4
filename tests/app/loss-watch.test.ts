import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { LossWatch } from '../../src/app/loss-watch.js';
import { listeningLog } from '../helpers/store.js';

function watching(isWell: () => boolean) {
  const { log, lines } = listeningLog();
  let losses = 0;
  const watch = new LossWatch(isWell, log, () => losses++, 80);
  onTestFinished(() => watch.stop());
  watch.start();
  return { lines, losses: () => losses };
}

it('tells once, and says so, when Discord stays lost', async () => {
  const { lines, losses } = watching(() => false);
  await expect.poll(losses).toBe(1);
  await delay(200);
  expect(losses()).toBe(1);
  expect(lines).toEqual([expect.objectContaining({ level: 60 })]);
});

it('does not tell of one that comes back in time', async () => {
  let looks = 0;
  // Away for two looks of three.
  const { losses } = watching(() => ++looks % 3 === 0);
  await expect.poll(() => looks).toBeGreaterThan(8);
  expect(losses()).toBe(0);
});
