import type { Card, Channel, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import type { openStore } from '../../src/store/open.js';
import { startTheBot, tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { isLong } from '../helpers/long.js';
import { isResults, isRound, letterOf } from '../helpers/stage.js';
import { Disk } from './flaky-sqlite.js';

/** A quiz of five before a disk that can be made to take nothing more. */
async function scene() {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills'] });
  const drills = server.channel('drills');
  const members = ['Ada', 'Ben', 'Cyd', 'Dan', 'Eve'].map((name) => discord.member(name, { server }));
  const disk = new Disk();
  const databaseUrl = await tempDatabaseUrl();
  const open: typeof openStore = (url, log) => disk.open(url.slice('sqlite://'.length), log);
  const start = async () => {
    const bot = await startTheBot(discord, { clock, databaseUrl, open });
    const stopSettling = clock.settleWith(() => bot.app.idle());
    return async () => {
      stopSettling();
      await bot.stop();
    };
  };
  let stop = await start();
  return {
    clock,
    discord,
    drills,
    members: members as [Member, ...Member[]],
    /** From the moment at which such a message stands, nothing of the quiz is stored any more. */
    dieAt(stands: (card: Card) => boolean) {
      disk.fails = (keys) => keys.some((key) => key.startsWith('game')) && drills.messages.some(stands);
    },
    async restart(awayMs: number) {
      await clock.settle();
      await stop();
      disk.fails = () => false;
      clock.jumpTo(clock.now() + awayMs);
      stop = await start();
      await clock.settle();
    },
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const isSecond = (card: Card): boolean => card.text.includes('Second vote') && isRound(1)(card);
const isStandings = ({ text }: Card): boolean => text.includes('Standings after round 1');
const answer = (members: readonly Member[], card: Card, right: (nth: number) => boolean) =>
  Promise.all(members.map((member, nth) => member.press(card, letterOf(card, right(nth)))));
const cardIn = (drills: Channel, fits: (card: Card) => boolean): Card => {
  const found = drills.messages.filter(fits);
  expect(found.map(({ text }) => text)).toHaveLength(1);
  return found[0] as Card;
};

/** What leads up to a message, and what has to come of it. */
const moments: Record<
  string,
  {
    readonly stands: (card: Card) => boolean;
    lead(world: Scene): Promise<void>;
    after?(world: Scene): Promise<void>;
  }
> = {
  'a round’s card': {
    stands: isRound(1),
    async lead({ members: [ada] }) {
      await ada.slash('/quiz start lobby:0 topic:queries rounds:1 level:basic');
    },
    after: (world) => canAnswer(world, isRound(1)),
  },
  'the card of a second vote': {
    stands: isSecond,
    async lead({ members, drills, clock }) {
      const opened = drills.next(isRound(1));
      await members[0].slash('/quiz start lobby:0 topic:queries rounds:1 level:basic mode:discuss');
      await answer(members.toReversed(), await opened, (nth) => nth < 2);
      await clock.settle();
      await clock.advanceBy(10_000);
    },
    after: (world) => canAnswer(world, isSecond),
  },
  standings: {
    stands: isStandings,
    async lead({ members, drills }) {
      const opened = drills.next(isRound(1));
      await members[0].slash('/quiz start lobby:0 topic:queries rounds:2');
      await answer(members.toReversed(), await opened, () => true);
    },
  },
  results: {
    stands: isResults,
    async lead({ members, drills, clock }) {
      const opened = drills.next(isRound(1));
      await members[0].slash('/quiz start lobby:0 topic:queries rounds:1');
      await answer(members.toReversed(), await opened, () => true);
      await clock.settle();
      await clock.advanceBy(6_000);
    },
  },
};

/** Everybody has at least five seconds, by the card's own countdown, and what they press counts. */
async function canAnswer({ members, drills, clock }: Scene, fits: (card: Card) => boolean): Promise<void> {
  await clock.advanceBy(4_900);
  const card = cardIn(drills, fits);
  const [, ends = '0'] = /<t:(\d+):R>/.exec(card.text) ?? [];
  expect(Number(ends) * 1_000).toBeGreaterThanOrEqual(clock.now() - 1_000);
  for (const { text } of await answer(members, card, () => true)) expect(text).toContain('Recorded');
  await clock.settle();
  await drills.waitFor(({ text }) => text.includes('5 of 5 right'));
}

describe('what Discord has taken and the disk has not', () => {
  // Discord knows a nonce for a few minutes only. Within these, at once or after two; with both in the long suite.
  it.each(
    Object.keys(moments).flatMap((name, nth) =>
      (isLong ? [0, 2, 12] : [nth % 2 === 0 ? 0 : 2, 12]).map((minutes) => [name, minutes] as const),
    ),
  )('of %s, over a kill and %i minutes away, stands once', async (name, minutes) => {
    const world = await scene();
    const { stands, lead, after } = moments[name] as (typeof moments)[string];
    world.dieAt(stands);
    await lead(world);
    await world.restart(minutes * 60_000);
    cardIn(world.drills, stands);
    await after?.(world);
    await world.clock.advanceBy(60_000);
    cardIn(world.drills, isResults);
    const live = world.drills.messages.filter(({ buttons }) =>
      buttons.some(({ customId, disabled }) => !disabled && customId?.startsWith('quiz:a:')),
    );
    expect(live).toEqual([]);
  });

  it('because Discord took the results without a word, and for minutes nothing after them, stands once', async () => {
    const { drills, clock, discord, members } = await scene();
    const opened = drills.next(isRound(1));
    await members[0].slash('/quiz start lobby:0 topic:queries rounds:1');
    await answer(members.toReversed(), await opened, () => true);
    await clock.settle();
    const post = 'POST /channels/:id/messages';
    discord.faults.next(post, { status: 502, after: true });
    discord.faults.next(post, { status: 502, times: 40 });
    discord.faults.next('GET /channels/:id/messages', { status: 502, times: 40 });
    await clock.advanceBy(20 * 60_000);
    const results = cardIn(drills, isResults);
    expect((await members[0].press(results, 'My answers')).text).toContain('right');
  });
});
