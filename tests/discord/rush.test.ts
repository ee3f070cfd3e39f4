import { expect, it } from 'vitest';
import { isRush } from '../../src/discord/rush.js';

it.each([
  ['a thousand and one, one answered just now', 1_001, 100, true],
  ['a thousand, one answered just now', 1_000, 100, false],
  ['a thousand and one, none answered yet', 1_001, Number.POSITIVE_INFINITY, false],
  ['a thousand and one, none answered for a while', 1_001, 300, false],
])('of %s', (_, underWay, sinceAnsweredMs, isOn) => {
  expect(isRush(underWay, sinceAnsweredMs)).toBe(isOn);
});
