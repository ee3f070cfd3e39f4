import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Timer } from '../../src/time/clock.js';
import { ManualClock } from '../helpers/clock.js';
import { guildId, type QuizWorld, quizWorld } from './world.js';

const game = '900000000000000001';
const [ada, ben, cyd] = ['10', '11', '12'];

const answerOf = (status: number, code: number) =>
  new DiscordAPIError({ code, message: 'Said by Discord' }, code, status, 'POST', 'https://discord', {});

/** Timers of Node come a millisecond early now and then: here each does, the first time that it is set. */
class HastyClock extends ManualClock {
  readonly #set = new Set<number>();

  override at(atMs: number, run: () => void): Timer {
    const isAgain = this.#set.has(atMs);
    this.#set.add(atMs);
    return super.at(isAgain ? atMs : atMs - 1, run);
  }
}

async function openRound(rounds = 2, clock?: ManualClock): Promise<QuizWorld> {
  const world = await quizWorld(clock);
  await world.start(game, '2', ada, { lobby: 0, rounds });
  await world.clock.settle();
  return world;
}

const texts = ({ board }: QuizWorld): string[] => [...board.messages.values()].map(({ text }) => text);
const isSaid = (world: QuizWorld, part: string): boolean => texts(world).some((text) => text.includes(part));
const liveLetters = (world: QuizWorld): number =>
  texts(world).filter((text) => text.includes('quiz:a:') && !text.includes('"disabled":true')).length;

describe('Discord away over the end of a round', () => {
  it.each([0.5, 10, 200])('for %s minutes: the quiz waits for it and goes on', async (minutes) => {
    const world = await openRound();
    for (const member of [ben, cyd]) await world.press(game, 0, member, 0);
    world.board.refuses = () => {
      throw answerOf(503, 0);
    };
    await world.clock.advanceBy(22_000 + minutes * 60_000);
    expect(await world.phase(game)).toEqual({ name: 'closed', round: 0 });
    world.board.refuses = () => {};
    await world.clock.advance('1m');
    expect(isSaid(world, 'Standings after round 1')).toBe(true);
    await world.clock.advance('6s');
    expect(isSaid(world, 'Round 2 of 2')).toBe(true);
    await world.clock.advance('1m');
    expect(isSaid(world, 'Quiz results')).toBe(true);
    expect(liveLetters(world)).toBe(0);
    expect(world.clock.pending).toBe(0);
    expect(world.board.posted).toHaveLength(new Set(world.board.posted).size);
  });

  it('and a restart of ours meanwhile: what was to be shown is shown', async () => {
    const world = await openRound();
    await world.press(game, 0, ben, 0);
    world.board.refuses = () => {
      throw answerOf(500, 0);
    };
    await world.clock.advance('23s');
    await world.restart();
    world.board.refuses = () => {};
    await world.clock.advance('1m');
    expect(isSaid(world, 'Standings after round 1')).toBe(true);
  });
});

it('a timer that comes a moment too early is set again', async () => {
  const world = await openRound(2, new HastyClock('2026-03-04T12:00:00Z'));
  await world.clock.advanceBy(3 * 60_000);
  expect(isSaid(world, 'Quiz results')).toBe(true);
});

describe('a fault of our own', () => {
  it('is not retried as if Discord were away: the quiz ends and says so', async () => {
    const world = await openRound();
    await world.press(game, 0, ben, 0);
    let tries = 0;
    world.board.refuses = (what) => {
      if (!what.endsWith('s0')) return;
      tries++;
      throw new RangeError('a component too many');
    };
    await world.clock.advance('2m');
    expect(tries).toBe(1);
    expect(isSaid(world, 'Quiz ended: something went wrong on our side')).toBe(true);
    expect(await world.quizzes.inChannel(guildId, '2')).toBeUndefined();
    expect(world.clock.pending).toBe(0);
    expect(world.lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it('in showing an answer leaves no live letters behind', async () => {
    const world = await openRound();
    await world.press(game, 0, ben, 0);
    // The counter on the card is shown; the next edit is the answer.
    await world.clock.advance('5s');
    let isFirst = true;
    world.board.refuses = (what) => {
      if (!what.startsWith('edit') || !isFirst) return;
      isFirst = false;
      throw new RangeError('a component too many');
    };
    await world.clock.advance('2m');
    expect(liveLetters(world)).toBe(0);
    expect(isSaid(world, 'Quiz ended: something went wrong on our side')).toBe(true);
  });
});

describe('a channel that is closed to the bot', () => {
  it.each([
    ['gone', 10_003],
    ['without permission', 50_013],
  ])('because it is %s ends the quiz, tells its host, and is free', async (_, code) => {
    const world = await openRound();
    for (const member of [ben, cyd]) await world.press(game, 0, member, 0);
    world.board.refuses = (what) => {
      if (what !== 'direct') throw answerOf(404, code);
    };
    await world.clock.advance('1m');
    expect(world.board.direct).toEqual([expect.stringContaining('has ended: Said by Discord')]);
    expect(await world.quizzes.inChannel(guildId, '2')).toBeUndefined();
    expect(await world.ledger.audit(guildId)).toMatchObject({ rows: 2, sound: true });
    expect(world.clock.pending).toBe(0);
  });

  it('tells the host once, though the process ends right after it has', async () => {
    const world = await openRound();
    world.board.refuses = (what) => {
      if (what !== 'direct') throw answerOf(404, 10_003);
    };
    world.disk.fails = (keys) => world.board.direct.length > 0 && keys.some((key) => key.startsWith('game:'));
    await world.clock.advance('1m');
    await world.restart();
    world.disk.fails = () => false;
    await world.clock.advance('1m');
    expect(await world.phase(game)).toMatchObject({ ending: 'unreachable', told: true });
    expect(world.board.direct).toHaveLength(1);
  });

  it('only at the results tells the host as well', async () => {
    const world = await openRound(1);
    await world.press(game, 0, ben, 0);
    world.board.refuses = (what) => {
      if (what.endsWith('end')) throw answerOf(403, 50_013);
    };
    await world.clock.advance('1m');
    expect(world.board.direct).toHaveLength(1);
    expect(await world.phase(game)).toMatchObject({ ending: 'unreachable', told: true });
  });
});

describe('an archived thread', () => {
  it('gets the answer in a message of its own', async () => {
    const world = await openRound();
    await world.press(game, 0, ben, 0);
    world.board.refuses = (what) => {
      if (what.startsWith('edit')) throw answerOf(400, 50_083);
    };
    await world.clock.advance('23s');
    expect(world.board.posted).toContain(`${game}a0`);
    expect(world.board.posted).toContain(`${game}s0`);
  });
});

describe('a question that AutoMod refuses', () => {
  it('costs one round, not the quiz', async () => {
    const world = await quizWorld();
    world.board.refuses = (what) => {
      if (what.endsWith('r0')) throw answerOf(400, 200_000);
    };
    await world.start(game, '2', ada, { lobby: 0 });
    await world.clock.advance('6s');
    expect(await world.phase(game)).toEqual({ name: 'open', round: 1 });
  });
});

describe('two clocks', () => {
  it.each([-3_000, 3_000, -3_600_000, 3_600_000])(
    'with Discord %s ms ahead of ours a round lasts as long as it says, and presses are judged by Discord’s',
    async (aheadMs) => {
      const world = await quizWorld();
      world.board.aheadMs = aheadMs;
      await world.start(game, '2', ada, { lobby: 0 });
      await world.clock.settle();
      const press = (member: string, afterMs: number) =>
        world.quizzes.answer(game, {
          round: 0,
          member,
          name: 'x',
          shown: [0],
          at: Date.parse('2026-03-04T12:00:00Z') + aheadMs + afterMs,
        });
      await world.clock.advance(21_500);
      expect((await press(ben, 19_900)).outcome).toBe('done');
      expect((await press(cyd, 20_100)).outcome).toBe('late');
      expect(await world.phase(game)).toEqual({ name: 'open', round: 0 });
      await world.clock.advance(500);
      expect(await world.phase(game)).not.toEqual({ name: 'open', round: 0 });
    },
  );
});
