import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { changedNight } from '../../src/night/change.js';
import { NightRunner, type NightRunnerParts } from '../../src/night/runner.js';
import { ManualClock } from '../helpers/clock.js';
import { admin, channel, guild } from './world.js';

it('a night whose steps come to no end does not spin: it is told, and looked at again later', async () => {
  const clock = new ManualClock('2026-01-09T12:00:00Z');
  const change = { days: 1 << 4, minute: 20 * 60, zone: 'UTC', quiz: {} };
  const night = changedNight(undefined, change, {
    by: admin,
    here: channel,
    nowMs: clock.now(),
    zone: 'UTC',
  });
  const warnings: { readonly err?: { readonly message: string } }[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(JSON.parse(line)) });
  let steps = 0;
  const book = {
    nights: { get: async () => night },
    // As if every change were lost.
    async step() {
      steps += 1;
      return night;
    },
  };
  const parts = { clock, log, book, random: Math.random, reminding: {} } as unknown as NightRunnerParts;
  const runner = new NightRunner(parts);
  onTestFinished(() => runner.stop());
  runner.arrived(guild, night);
  await runner.idle();
  expect(steps).toBe(20);
  expect(warnings.map(({ err }) => err?.message)).toEqual([expect.stringContaining('after 20 steps')]);
  await clock.advance('1m');
  await runner.idle();
  expect(steps).toBe(40);
});
