import { describe, expect, it } from 'vitest';
import { apiError } from '../daily/world.js';
import { channel, guild, startPractice } from './world.js';

/** Asks as `1`; Discord takes the card or not, and answers so. */
function askRefused(world: ReturnType<typeof startPractice>, id: string, error: Error, arrives = false) {
  const place = { id, guildId: guild, channelId: channel, askerId: '1', isPrivate: false };
  return world.practice.ask({ ...place, atMs: world.clock.now() }, {}, async (card) => {
    if (arrives) await world.board.send(channel, card);
    throw error;
  });
}

describe('a card that Discord refuses', () => {
  it.each([
    ['because AutoMod blocks it', apiError(400, 200_000, 'Blocked by AutoMod'), 'AutoMod'],
    ['because the interaction is gone', apiError(404, 10_062, 'Unknown interaction'), 'Unknown interaction'],
    ['because the bot may not', apiError(403, 50_013, 'Missing Permissions'), 'Missing Permissions'],
  ])('%s leaves no question open, and the asker is told why', async (_, error, told) => {
    const world = startPractice();
    await expect(askRefused(world, '900', error)).rejects.toThrow(told);
    expect(world.clock.pending).toBe(0);
    expect(JSON.stringify(world.database.rows.get(`open:${guild}`))).not.toContain('card:900');
  });

  it('for a second time, after an answer that was lost, is there: it stays open and can be answered', async () => {
    const world = startPractice();
    await expect(
      askRefused(world, '900', apiError(400, 40_060, 'Already acknowledged'), true),
    ).rejects.toThrow();
    expect(await world.practice.open('900', '2')).toHaveProperty('question');
    await world.answer('900', '2', 0);
    await world.clock.advanceBy(24 * 3_600_000);
    const [messageId = ''] = world.board.messages.keys();
    expect(world.text(messageId)).toContain('1 of 1 right');
  });
});
