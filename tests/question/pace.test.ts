import { describe, expect, it } from 'vitest';
import { AskingPace } from '../../src/question/pace.js';
import { stage } from '../helpers/stage.js';

const atMs = 1_800_000_000_000;
const place = { guildId: '1', channelId: '2', askerId: '3', isPrivate: false };

describe('how many questions', () => {
  it('come of sixty presses of one button in the same instant: one a member', async () => {
    const { ada, ben, cyd, clock, drills } = await stage();
    const card = (await ada.slash('/question any')).message;
    await clock.advance('3s');
    const before = drills.messages.filter(({ ephemeral }) => !ephemeral).length;
    const presses = Array.from({ length: 60 }, (_, n) => [ada, ben, cyd][n % 3]);
    const replies = await Promise.all(presses.map((member) => member?.press(card, 'Another')));
    expect(drills.messages.filter(({ ephemeral }) => !ephemeral).length - before).toBe(3);
    const refused = replies.filter((reply) => reply?.ephemeral);
    expect(refused).toHaveLength(57);
    for (const reply of refused)
      expect(reply?.text).toContain('A moment, please: you can ask the next question in');
  });

  it.each([
    ['a channel', 10, (n: number) => ({ askerId: String(n) }), 'in this channel'],
    ['a server', 30, (n: number) => ({ askerId: String(n), channelId: String(n) }), 'in this server'],
  ])('%s takes within a minute, is %i; the next is told until when', (_, most, who, words) => {
    const pace = new AskingPace();
    for (let n = 0; n < most; n++) pace.take({ ...place, ...who(n) }, atMs + n);
    expect(() => pace.take({ ...place, ...who(most) }, atMs + 59_999)).toThrow(words);
    // By oneself one can always go on, and a minute later everybody.
    pace.take({ ...place, ...who(most), isPrivate: true }, atMs + 59_999);
    pace.take({ ...place, ...who(most + 1) }, atMs + 60_000);
  });

  it('a member asks, is one in three seconds, also in private; what could not be asked does not count', () => {
    const pace = new AskingPace();
    const giveBack = pace.take(place, atMs);
    expect(() => pace.take({ ...place, isPrivate: true, guildId: undefined }, atMs + 2_999)).toThrow(
      'in 1 second',
    );
    giveBack();
    pace.take(place, atMs + 2_999);
  });
});
