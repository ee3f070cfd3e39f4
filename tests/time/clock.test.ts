import { expect, test } from 'vitest';
import { shiftableClock } from '../../src/time/clock.js';
import { ManualClock } from '../helpers/clock.js';

const hourMs = 3_600_000;

test('a clock set ahead shows that time, and goes on at the pace of the one beneath', async () => {
  const beneath = new ManualClock('2026-03-04T12:00:00Z');
  const clock = shiftableClock(beneath);
  clock.shift(24 * hourMs);
  await beneath.advanceBy(hourMs);
  expect(new Date(clock.now()).toISOString()).toBe('2026-03-05T13:00:00.000Z');
  expect(clock.aheadMs).toBe(24 * hourMs);
});

test('timers that fall due by a shift run in the order of their times, the others at theirs', async () => {
  const beneath = new ManualClock('2026-03-04T12:00:00Z');
  const clock = shiftableClock(beneath);
  const ran: string[] = [];
  const start = clock.now();
  clock.at(start + 3 * hourMs, () => ran.push('three'));
  clock.at(start + 2 * hourMs, () => ran.push('two'));
  clock.at(start + 6 * hourMs, () => ran.push('six'));
  clock.at(start + hourMs, () => ran.push('one, cancelled')).cancel();
  clock.shift(5 * hourMs);
  await beneath.advance(0);
  expect(ran).toEqual(['two', 'three']);
  await beneath.advanceBy(hourMs);
  expect(ran).toEqual(['two', 'three', 'six']);
});

test('a timer set again by its own run falls due in the same shift', async () => {
  const beneath = new ManualClock('2026-03-04T12:00:00Z');
  const clock = shiftableClock(beneath);
  const start = clock.now();
  const ran: number[] = [];
  clock.at(start + hourMs, () => {
    ran.push(1);
    clock.at(start + 2 * hourMs, () => ran.push(2));
  });
  clock.shift(4 * hourMs);
  await beneath.advance(0);
  expect(ran).toEqual([1, 2]);
});
