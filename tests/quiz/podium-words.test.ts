import { expect, it } from 'vitest';
import { picture } from '../../src/quiz/results-cards.js';

it.each([
  ['a name that would ping everybody', '@everyone', '＠everyone'],
  ['a name that turns the text around', '\u202eadA', 'adA'],
  ['a name that shows nothing', '\u3164\u200b', 'Somebody'],
])('what is read aloud of the podium is harmless for %s', (_, name, read) => {
  const [item] = (picture([{ name, points: 150, place: 1 }]) as { items: { description: string }[] }).items;
  expect(item?.description).toBe(`Podium: 1. ${read} with 150 points`);
});
