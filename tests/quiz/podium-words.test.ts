import { expect, it } from 'vitest';
import { podiumWords } from '../../src/quiz/words.js';

it.each([
  ['a name that would ping everybody', '@everyone', '＠everyone'],
  ['a name that turns the text around', '\u202eadA', 'adA'],
  ['a name that shows nothing', '\u3164\u200b', 'Somebody'],
])('what is read aloud of the podium is harmless for %s', (_, name, read) => {
  expect(podiumWords([{ name, points: 150, place: 1 }])).toBe(`Podium: 1. ${read} with 150 points`);
});
