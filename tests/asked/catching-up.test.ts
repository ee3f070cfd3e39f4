import { seeded } from 'local-discord';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { CatchingUp } from '../../src/asked/catching-up.js';
import { learnPast } from '../../src/asked/learning.js';
import { type AnswerOutcome, type Occasion, Outcomes } from '../../src/asked/outcomes.js';
import type { PastAsking } from '../../src/asked/past.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { Decks } from '../../src/review/decks.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { systemClock } from '../../src/time/clock.js';
import { startTheBot } from '../helpers/bot.js';
import { firstRound, isResults, letterOf, nextRound, stage } from '../helpers/stage.js';
import { tempStore } from '../helpers/store.js';
import { recordsIn } from '../retention/records.js';
import { forgetIndex } from './index-records.js';

const scope = '900000000000000001';
const hourMs = 60 * 60_000;

interface Asking {
  readonly occasion: Occasion;
  readonly outcomes: AnswerOutcome[];
}

/** What happened in a server: rounds and cards that are over, and daily questions that are answered one by one. */
function happened(random: () => number): Asking[] {
  return Array.from({ length: 90 }, (_, index) => {
    const where = (['quiz', 'question', 'daily'] as const)[Math.floor(random() * 3)] ?? 'quiz';
    const at = index * hourMs;
    const members = ['1', '2', '3', '4', '5'].filter(() => random() < 0.6);
    return {
      occasion: {
        id: `${where}:${index}`,
        where,
        question: `q${Math.floor(random() * 12)}`,
        rev: 'r1',
        topic: 'orm',
        level: 'basic',
        at,
      },
      outcomes: members.map((member, place) => ({
        member,
        right: random() < 0.5,
        at: at + place,
        day: new Date(at).toISOString().slice(0, 10),
      })),
    };
  });
}

function open(store: Store) {
  const memory = new Memory(store);
  const asked = new AskedIndex(memory);
  const decks = new Decks(memory, asked);
  const takers = [asked, decks];
  return { memory, asked, decks, takers, outcomes: new Outcomes(new Profiles(memory), takers) };
}

const sourceOf = (all: readonly Asking[]) => ({
  async *pastAskings(): AsyncGenerator<PastAsking> {
    for (const { occasion, outcomes } of all)
      if (outcomes.length > 0)
        yield {
          id: occasion.id,
          where: occasion.where,
          at: occasion.at,
          read: async () => ({ occasion, outcomes: [...outcomes] }),
        };
  },
});

/** How often the index has each answer of a member to a question. */
async function timesOf({ asked }: ReturnType<typeof open>): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const member of ['1', '2', '3', '4', '5'])
    for (const [question, met] of await asked.history(scope, member))
      times[`${member} ${question}`] = met?.times ?? 0;
  return times;
}

function expected(all: readonly Asking[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { occasion, outcomes } of all)
    for (const { member } of outcomes) {
      const key = `${member} ${occasion.question}`;
      times[key] = (times[key] ?? 0) + 1;
    }
  return times;
}

describe('earlier answers', () => {
  it.each([1, 2, 3, 4])('are learned once, with kills and new answers in between (seed %i)', async (seed) => {
    const random = seeded(seed);
    const all = happened(random);
    const temp = await tempStore();
    let world = open(temp.store);
    // A daily question stays open while others come, so its last answers can be told of by the index already.
    const live = all.filter(({ occasion }) => occasion.where === 'daily' && random() < 0.5);
    const tell = async (): Promise<void> => {
      const one = live[Math.floor(random() * live.length)];
      if (!one) return;
      const outcome: AnswerOutcome = {
        member: `${1 + Math.floor(random() * 5)}`,
        right: random() < 0.5,
        at: 1_000 * hourMs + Math.floor(random() * hourMs),
        day: '2026-01-01',
      };
      one.outcomes.push(outcome);
      await world.memory.use((change) => world.outcomes.take(change, scope, one.occasion, [outcome]));
    };
    await tell();
    for (let isDone = false; !isDone; ) {
      const killAt = random() < 0.7 ? Math.floor(random() * 4) : Number.POSITIVE_INFINITY;
      let steps = 0;
      const telling: Promise<void>[] = [];
      const learned = await learnPast({ ...world, sources: () => [sourceOf(all)] }, scope, {
        isOver: () => steps > killAt,
        isGone: () => false,
        progress: () => {
          steps += 1;
          if (random() < 0.5) telling.push(tell());
        },
      });
      await Promise.all(telling);
      isDone = learned !== undefined;
      world = open(await temp.reopen());
    }
    expect(await timesOf(world)).toEqual(expected(all));
    const again = await learnPast({ ...world, sources: () => [sourceOf(all)] }, scope, {
      isOver: () => false,
      isGone: () => false,
      progress: () => {},
    });
    expect(again).toBeDefined();
    expect(await timesOf(world)).toEqual(expected(all));
  });

  it('nothing is learned of a member who was forgotten meanwhile', async () => {
    const all = happened(seeded(9));
    const world = open((await tempStore()).store);
    await learnPast({ ...world, sources: () => [sourceOf(all)] }, scope, {
      isOver: () => false,
      isGone: (member) => member === '2',
      progress: () => {},
    });
    expect((await world.asked.history(scope, '2')).size).toBe(0);
    expect((await world.decks.cards(scope, '2')).size).toBe(0);
    expect((await world.asked.history(scope, '1')).size).toBeGreaterThan(0);
  });

  it('of many servers, only those with a past are looked through, and each of them once', async () => {
    const world = open((await tempStore()).store);
    const looked: string[] = [];
    const source = {
      pastAskings: (server: string) => {
        looked.push(server);
        return sourceOf([]).pastAskings();
      },
      scopesWithPast: async (servers: readonly string[]) => servers.filter((server) => server.endsWith('7')),
    };
    const servers = Array.from({ length: 1_200 }, (_, n) => `${n}`);
    const parts = { ...world, clock: systemClock, log: pino({ level: 'silent' }), sources: () => [source] };
    const first = new CatchingUp(parts);
    await first.serversReady(servers);
    await first.idle();
    expect(looked).toEqual(servers.filter((server) => server.endsWith('7')));
    const again = new CatchingUp({ ...parts, memory: new Memory(world.memory.store) });
    await again.serversReady(servers);
    await again.idle();
    expect(looked).toHaveLength(120);
  });

  it('of quizzes, cards and daily questions make the index and decks that the answers themselves made', async () => {
    const world = await stage();
    const { ada, ben, cyd, clock, drills, discord, bot } = world;
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:13:00 timezone:UTC topic:queries channel:#lounge');
    const first = await firstRound(world);
    for (const [member, right] of [
      [ben, false],
      [cyd, false],
      [ada, true],
    ] as const)
      await member.press(first, letterOf(first, right));
    const second = await nextRound(world, 2);
    await ben.press(second, letterOf(second, false));
    const results = drills.next(isResults);
    await clock.advance('1m');
    await results;
    const card = await ada.slash('/question advanced topic:queries');
    await cyd.press(card, letterOf(card, false));
    await ada.press(card, 'Reveal');
    const own = await ben.slash('/question basic topic:queries private:true');
    await ben.press(own, letterOf(own, false));
    const lounge = world.server.channel('lounge');
    const daily = lounge.next(({ buttons }) => buttons.length > 0);
    clock.jumpTo('2026-03-04T12:59:30Z');
    await clock.advance('1m');
    const post = await daily;
    await ben.press(post, letterOf(post, false));
    await bot.app.idle();
    await bot.stop();

    const before = await forgetIndex(bot.databaseUrl);
    expect(before.filter(({ key }) => key.startsWith('deck:')).length).toBeGreaterThan(2);
    const again = await startTheBot(discord, { clock, databaseUrl: bot.databaseUrl });
    clock.settleWith(() => again.app.idle());
    await clock.settle();
    await again.stop();
    const rebuilt = (await recordsIn(bot.databaseUrl)).map(({ key }) => key);
    for (const { key } of before) expect(rebuilt).toContain(key);
    expect(await forgetIndex(bot.databaseUrl)).toEqual(before);
  });
});
