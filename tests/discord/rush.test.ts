import { expect, it } from 'vitest';
import { Rush } from '../../src/discord/rush.js';

const rushOf = (underWay: number, answeredAt?: number): Rush => {
  const rush = new Rush();
  for (let one = 0; one < underWay; one++) rush.began();
  if (answeredAt !== undefined) {
    rush.began();
    rush.ended(answeredAt);
  }
  return rush;
};

it.each([
  ['a thousand and one, one answered just now', rushOf(1_001, 900), true],
  ['a thousand, one answered just now', rushOf(1_000, 900), false],
  ['a thousand and one, none answered yet', rushOf(1_001), false],
  ['a thousand and one, none answered for a while', rushOf(1_001, 700), false],
])('of %s', (_, rush, isOn) => {
  expect(rush.isOn(1_000)).toBe(isOn);
});
