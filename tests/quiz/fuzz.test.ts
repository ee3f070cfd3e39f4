import { seeded } from 'local-discord';
import { afterAll, expect, it } from 'vitest';
import { answersIn, countingVotes } from '../../src/quiz/given.js';
import { StoreError } from '../../src/store/store.js';
import { watchTurns } from '../helpers/flaky-store.js';
import { seedsTo } from '../helpers/long.js';
import { guildId, type QuizWorld, quizWorld } from './world.js';

const seeds = seedsTo(3, 50);
const channels = ['2', '3', '4'];
const members = ['10', '11', '12', '13', '14'];

/** What people were told, to be held against the disk. */
interface Told {
  /** By quiz, round and member: the letters that were acknowledged, one for each vote. */
  readonly recorded: Map<string, number[]>;
  readonly games: string[];
}

const chance = (random: () => number, of: number): boolean => random() < of;
const pick = <T>(random: () => number, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;

async function refusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError || (error as Error).name === 'UserError') return undefined;
    throw error;
  }
}

async function oneStep(world: QuizWorld, random: () => number, told: Told): Promise<void> {
  const game = told.games.length > 0 ? pick(random, told.games.slice(-4)) : undefined;
  const member = pick(random, members);
  const dice = random();
  if (!game || dice < 0.1) {
    const id = `9${String(told.games.length).padStart(17, '0')}`;
    told.games.push(id);
    const chosen = {
      lobby: chance(random, 0.7) ? 0 : 10,
      seconds: 10,
      rounds: 3,
      mode: pick(random, ['race', 'discuss'] as const),
      ...(chance(random, 0.3) && { teams: 2 }),
    };
    await refusable(world.start(id, pick(random, channels), member, chosen));
  } else if (dice < 0.55) await pressSome(world, random, told, game);
  else if (dice < 0.62) await refusable(world.quizzes.act(game, { kind: 'join', member, name: member }));
  else if (dice < 0.68) await refusable(world.quizzes.act(game, { kind: 'leave', member }));
  else if (dice < 0.72) await refusable(world.quizzes.act(game, { kind: 'close', ended: 'skip' }));
  else if (dice < 0.74) await refusable(world.quizzes.act(game, { kind: 'end', ending: 'stopped' }));
  else if (dice < 0.78) await world.restart();
  else await world.clock.advanceBy(Math.floor(random() * 8_000));
}

/** Some members press at once, some of them twice. */
async function pressSome(world: QuizWorld, random: () => number, told: Told, game: string): Promise<void> {
  const found = await refusable(world.quizzes.look(game, (state) => state.game.phase));
  const round = found && 'round' in found ? found.round : 0;
  const presses = Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({
    member: pick(random, members),
    letter: Math.floor(random() * 2),
  }));
  await Promise.all(
    presses.map(async ({ member, letter }) => {
      const done = await refusable(world.press(game, round, member, letter));
      const key = `${game} ${round} ${member}`;
      if (done?.outcome === 'done') {
        told.recorded.set(key, [...(told.recorded.get(key) ?? []), letter]);
      }
    }),
  );
}

/** Everything comes to its end, and the disk, memory and what people were told agree. */
async function holdAll(world: QuizWorld, told: Told): Promise<void> {
  world.disk.fails = () => false;
  await world.clock.advanceBy(10 * 60_000);
  const booked = new Set<string>();
  for await (const { source, member } of world.ledger.rows(guildId)) {
    expect(booked.has(`${source} ${member}`), 'booked once').toBe(false);
    booked.add(`${source} ${member}`);
  }
  for (const id of told.games) {
    const state = await world.quizzes.look(id, ({ game, given }) => ({
      game,
      rows: game.rounds.map((_, round) => [...countingVotes({ game, given }, round).values()]),
      all: game.rounds.flatMap((_, round) => [
        ...answersIn(given, round).values(),
        ...(given.second.get(round)?.values() ?? []),
      ]),
    }));
    if (!state) continue;
    const { game, rows, all } = state;
    expect(game.phase).toMatchObject({ name: 'over', told: true });
    expect(world.board.posted.filter((nonce) => nonce === `${id}end`)).toHaveLength(1);
    const stored = new Map<string, number[]>();
    for (const { round, member, shown } of all) {
      const key = `${id} ${round} ${member}`;
      stored.set(key, [...(stored.get(key) ?? []), shown[0] ?? -1]);
    }
    if (game.settings.mode === 'race') for (const letters of stored.values()) expect(letters).toHaveLength(1);
    const acknowledged = new Map([...told.recorded].filter(([key]) => key.startsWith(`${id} `)));
    expect(stored, 'acknowledged = stored, refused = absent').toEqual(acknowledged);
    for (const [index, round] of game.rounds.entries()) {
      const answers = rows[index] ?? [];
      const isRanked = answers.length > 1 && round.ended !== 'void';
      for (const { member } of answers)
        expect(booked.has(`quiz:${id}:${index + 1} ${member}`), `${id} ${index} ${member}`).toBe(isRanked);
    }
    const answered = Object.values(game.players).reduce((sum, player) => sum + player.answered, 0);
    expect(answered).toBe(rows.filter((_, index) => game.rounds[index]?.ended !== 'void').flat().length);
  }
  expect(await world.ledger.audit(guildId)).toMatchObject({ duplicates: [], sound: true });
  for (const channel of channels) expect(await world.quizzes.inChannel(guildId, channel)).toBeUndefined();
  expect(world.clock.pending, 'timers left').toBe(0);
  for (const { source, id, value } of world.memory.settled()) {
    if (source.name.includes('ledger')) continue;
    const [fresh] = await source.load(world.store, [id]);
    expect(value, `${source.name} ${id}`).toEqual(fresh);
  }
}

let recorded = 0;
afterAll(() => expect(recorded, 'answers in all runs').toBeGreaterThan(seeds.length));

it.each(seeds)(
  'whatever write fails at whatever step, what was acknowledged is stored and nothing else (seed %s)',
  { timeout: 60_000 },
  async (seed) => {
    const random = seeded(seed * 7_919);
    const world = await quizWorld();
    const told: Told = { recorded: new Map(), games: [] };
    const endWatch = watchTurns(3_000);
    try {
      for (let step = 0; step < 120; step++) {
        const failing = chance(random, 0.3) ? 0.5 : 0.02;
        world.disk.fails = () => chance(random, failing);
        await oneStep(world, random, told);
      }
      await holdAll(world, told);
    } finally {
      endWatch();
    }
    recorded += told.recorded.size;
  },
);
