import { afterEach, expect, it, vi } from 'vitest';
import { Heard, moment } from '../../src/store/heard.js';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['a moment later', 1_000, 1_000, false],
  ['when the process was frozen', 7_000, 7_000, true],
  ['when the machine was suspended, and its steady clock with it', 100, 3_600_000, true],
  ['when the wall clock was set back meanwhile', 7_000, -3_600_000, true],
  ['when the wall clock was set back, but not for long', 100, -3_600_000, false],
])('what a database said counts for six seconds by both clocks: %s', (_, steadyMs, wallMs, isOver) => {
  const steady = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const wall = vi.spyOn(Date, 'now').mockReturnValue(5_000_000);
  const heard = new Heard();
  steady.mockReturnValue(1_000 + steadyMs);
  wall.mockReturnValue(5_000_000 + wallMs);
  expect(heard.mayBeSilentFor(6_000)).toBe(isOver);
  heard.note(moment());
  expect(heard.mayBeSilentFor(6_000)).toBe(false);
});

it('an answer that comes after a later one takes nothing back', () => {
  const steady = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const early = moment();
  const heard = new Heard();
  steady.mockReturnValue(8_000);
  heard.note(moment());
  heard.note(early);
  expect(heard.silentMs).toBe(0);
});
