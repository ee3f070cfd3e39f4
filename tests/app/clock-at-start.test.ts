import { expect, it } from 'vitest';
import { shiftableClock, systemClock } from '../../src/time/clock.js';
import { startTheBot } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';

it.each([-3_600_000, 3_600_000])(
  'knows Discord’s time from the start, %i ms off, and keeps by it',
  async (aheadMs) => {
    const clock = shiftableClock();
    clock.shift(aheadMs);
    const discord = await startDiscord({ clock });
    const server = discord.server('Study group');
    const ada = discord.member('Ada', { server, permissions: ['ManageGuild'] });
    await startTheBot(discord);
    const nextMinute = new Date(systemClock.now() + aheadMs + 2 * 60_000).toISOString().slice(11, 16);
    const { text } = await ada.slash(`/daily set time:${nextMinute} timezone:UTC`);
    const runs = [...text.matchAll(/<t:(\d+)/g)].map(([, seconds]) => Number(seconds) * 1_000);
    expect((runs[0] ?? 0) - (systemClock.now() + aheadMs)).toBeLessThanOrEqual(2 * 60_000);
  },
);
