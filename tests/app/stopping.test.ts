import type { LocalDiscord } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { isRound, letterOf } from '../helpers/stage.js';

type Fault = Parameters<LocalDiscord['faults']['next']>[1];

const patienceMs = 100;
/** Less than Discord keeps it waiting. */
const mostMs = 25_000;

async function server() {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const group = discord.server('Study group', { channels: ['drills'] });
  const ada = discord.member('Ada', { server: group, permissions: ['ManageGuild'] });
  const bot = await startTheBot(discord, { clock, patienceMs });
  return { clock, discord, ada, bot, drills: group.channel('drills') };
}

type World = Awaited<ReturnType<typeof server>>;

/** Resolves when a request that matches is held up; it is for as long as the process has to live. */
function heldUp(discord: LocalDiscord, route: string | RegExp, fault: Fault): Promise<void> {
  return new Promise((resolve) => {
    const matches = typeof route === 'string' ? new RegExp(`^${route}$`) : route;
    discord.faults.next(
      ({ method, path }) => {
        const isIt = matches.test(`${method} ${path}`);
        if (isIt) resolve();
        return isIt;
      },
      { times: 1_000, ...fault },
    );
  });
}

const message = /^POST \/channels\/\d+\/messages$/;
const edit = /^PATCH \/channels\/\d+\/messages\/\d+$/;
const firstReply = /^POST \/interactions\/\d+\/[^/]+\/callback$/;

const sends: Record<string, (world: World, fault: Fault) => Promise<void>> = {
  'the card of a round': async ({ ada, discord }, fault) => {
    const held = heldUp(discord, message, fault);
    await ada.slash('/quiz start lobby:0 topic:queries');
    await held;
  },
  'the answer of a round': async ({ ada, discord, drills }, fault) => {
    const opened = drills.next(isRound(1));
    await ada.slash('/quiz start lobby:0 topic:queries');
    const round = await opened;
    const held = heldUp(discord, edit, fault);
    await ada.press(round, letterOf(round, true));
    await held;
  },
  'the reply to a command': async ({ ada, discord }, fault) => {
    const held = heldUp(discord, firstReply, fault);
    await ada.slash('/question any', { wait: false });
    await held;
  },
  'a daily question': async ({ ada, discord, clock }, fault) => {
    await ada.slash('/daily set time:12:01 timezone:UTC');
    const held = heldUp(discord, message, fault);
    void clock.advance('1m');
    await held;
  },
};

describe('a stop while Discord keeps the bot waiting', () => {
  const faults: [string, Fault][] = [
    ['by a rate limit', { status: 429, retryAfter: 30 }],
    ['by not answering', { delayMs: 30_000 }],
  ];
  it.each(Object.keys(sends).flatMap((what) => faults.map(([how, fault]) => [what, how, fault] as const)))(
    'with %s %s is over in time',
    async (what, _, fault) => {
      const world = await server();
      await sends[what]?.(world, fault);
      const startedMs = performance.now();
      await world.bot.stop();
      expect(performance.now() - startedMs).toBeLessThan(mostMs);
    },
  );
});
