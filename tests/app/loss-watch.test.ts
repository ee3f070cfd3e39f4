import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { LossWatch } from '../../src/app/loss-watch.js';
import { listeningLog } from '../helpers/store.js';

// It goes by the machine's stopwatch, which no clock of the bot's stands for.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const minuteMs = 60_000;

function watching(isWell: () => boolean) {
  const { log, lines } = listeningLog();
  let losses = 0;
  const watch = new LossWatch(isWell, log, () => losses++);
  onTestFinished(() => watch.stop());
  watch.start();
  return { lines, losses: () => losses };
}

it('tells once, and says so, when Discord stays lost for ten minutes', () => {
  const { lines, losses } = watching(() => false);
  vi.advanceTimersByTime(10 * minuteMs - 1);
  expect(losses()).toBe(0);
  vi.advanceTimersByTime(30 * minuteMs);
  expect(losses()).toBe(1);
  expect(lines).toEqual([expect.objectContaining({ level: 60 })]);
});

it('does not tell of one that comes back in time, however often', () => {
  let isWell = true;
  const { losses } = watching(() => isWell);
  for (let outage = 0; outage < 5; outage++) {
    isWell = false;
    vi.advanceTimersByTime(9 * minuteMs);
    isWell = true;
    vi.advanceTimersByTime(minuteMs);
  }
  expect(losses()).toBe(0);
});
