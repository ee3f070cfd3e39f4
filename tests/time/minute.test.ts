import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shiftableClock, systemClock } from '../../src/time/clock.js';
import { everyMinute } from '../../src/time/minute.js';
import { ManualClock } from '../helpers/clock.js';

const log = pino({ level: 'silent' });

describe('every minute', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-03-29T00:58:30Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('node-cron runs it at the full minute of the machine, across a change of clocks, until stopped', async () => {
    const runs: string[] = [];
    const minutes = everyMinute(() => runs.push(new Date().toISOString().slice(11, 19)), systemClock, log);
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(runs).toEqual(['00:59:00', '01:00:00', '01:01:00', '01:02:00']);
    minutes.stop();
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(runs).toHaveLength(4);
  });

  it('makes up for a minute that begins before node-cron is there', async () => {
    vi.setSystemTime(Date.parse('2026-03-29T00:58:59.500Z'));
    const runs: string[] = [];
    const minutes = everyMinute(() => runs.push(new Date().toISOString().slice(11, 19)), systemClock, log);
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toEqual(['00:59:00', '01:00:00']);
    minutes.stop();
  });

  it('stopped before node-cron is there, runs nothing', async () => {
    let runs = 0;
    everyMinute(() => runs++, systemClock, log).stop();
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect(runs).toBe(0);
  });

  it('goes on when one run throws', async () => {
    let runs = 0;
    const minutes = everyMinute(
      () => {
        runs++;
        throw new Error('once');
      },
      systemClock,
      log,
    );
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(runs).toBe(3);
    minutes.stop();
  });

  it.each([
    ['ahead of', 20_000, ['00:59:40', '01:00:40', '01:01:40']],
    ['behind', -20_000, ['00:59:20', '01:00:20', '01:01:20']],
  ])('keeps Discord’s full minutes where that is %s the machine', async (_, aheadMs, expected) => {
    const runs: string[] = [];
    const discord = shiftableClock(systemClock);
    discord.shift(aheadMs);
    const run = (): void => void runs.push(new Date().toISOString().slice(11, 19));
    const minutes = everyMinute(run, discord, log, systemClock);
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(3.5 * 60_000 - 1_000);
    expect(runs).toEqual(expected);
    minutes.stop();
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(runs).toHaveLength(3);
  });

  it('goes by a clock that is moved by hand', async () => {
    const clock = new ManualClock('2026-01-05T08:58:30Z');
    const runs: number[] = [];
    const minutes = everyMinute(() => runs.push(clock.now()), clock, log);
    vi.useRealTimers();
    await clock.advanceTo('2026-01-05T09:01:10Z');
    expect(runs.map((ms) => new Date(ms).toISOString().slice(11, 19))).toEqual([
      '08:59:00',
      '09:00:00',
      '09:01:00',
    ]);
    minutes.stop();
    expect(clock.pending).toBe(0);
  });
});
