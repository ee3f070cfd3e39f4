import { expect, it } from 'vitest';
import { Patience } from '../../src/discord/patience.js';
import { ManualClock } from '../helpers/clock.js';

it('runs each that has waited for too long, once, at its own time', async () => {
  const clock = new ManualClock();
  const patience = new Patience(clock, 1_500);
  const startedAt = clock.now();
  const ran: [string, number][] = [];
  const wait = (name: string) => patience.wait(() => ran.push([name, clock.now() - startedAt]));
  wait('a');
  await clock.advanceBy(100);
  const endB = wait('b');
  const endC = wait('c');
  await clock.advanceBy(100);
  wait('d');
  endB();
  await clock.advanceBy(5_000);
  endC();
  wait('e');
  await clock.advanceBy(1_500);
  expect(ran).toEqual([
    ['a', 1_500],
    ['c', 1_600],
    ['d', 1_700],
    ['e', 6_700],
  ]);
});

it('keeps no timer for what has come to an end', () => {
  const clock = new ManualClock();
  const patience = new Patience(clock, 1_500);
  const ends = Array.from({ length: 1_000 }, () => patience.wait(() => {}));
  expect(clock.pending).toBe(1);
  for (const end of ends) end();
  expect(clock.pending).toBe(0);
});
