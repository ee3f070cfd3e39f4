import { expect, test } from 'vitest';
import { spokenName, tidyName } from '../../src/podium/names.js';

test.each([
  ['Ada', 'Ada'],
  ['  Ada \n Lovelace ', 'Ada Lovelace'],
  ['\u202eadA', 'adA'],
  ['A\u00adda', 'A da'],
  ['👩\u200d💻', '👩\u200d💻'],
  ['\u200b\u2060', ''],
  ['\u3164', ''],
  ['\u2800\u2800', ''],
  ['\u200d', ''],
])('the name %j is drawn as %j', (name, drawn) => {
  expect(tidyName(name)).toBe(drawn);
});

test('a name in a description mentions nobody, and one that shows nothing is somebody', () => {
  expect(spokenName('@everyone')).toBe('＠everyone');
  expect(spokenName('\u3164')).toBe('Somebody');
});
