import { expect, it } from 'vitest';
import { plain } from '../../src/discord/components.js';
import type { Outgoing } from '../../src/discord/outgoing.js';
import { isStale } from '../../src/discord/stale.js';
import { listeningLog } from '../helpers/store.js';

const card = (text: string): Outgoing => plain(text);
const { log } = listeningLog();

it.each<[string, () => Outgoing | undefined, boolean]>([
  ['the same', () => card('2 people in, starts <t:1772625630:R>'), false],
  ['a moment later than foretold', () => card('2 people in, starts <t:1772625632:R>'), false],
  ['much later than foretold', () => card('2 people in, starts <t:1772625633:R>'), true],
  ['said with other words', () => card('3 people in, starts <t:1772625630:R>'), true],
  ['without its time', () => card('2 people in, starts'), true],
  ['nothing to be shown', () => undefined, false],
  [
    'not to be known',
    () => {
      throw new Error('The disk is away');
    },
    true,
  ],
])('a message that is by now %s', async (_, render, expected) => {
  expect(await isStale(card('2 people in, starts <t:1772625630:R>'), render, log)).toBe(expected);
});
