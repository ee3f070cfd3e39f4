import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { playersOf, presentMembers } from '../../src/quiz/players.js';
import { StoreError } from '../../src/store/store.js';
import { type QuizWorld, quizWorld } from './world.js';

const game = '900000000000000001';
/** As Discord's: objects keep the order of such keys. */
const idOf = (index: number): string => String(800_000_000_000_000_000n + BigInt(index));
const host = idOf(0);
const crowd = Array.from({ length: 1_000 }, (_, index) => idOf(1_000 + index));
const other = idOf(1);

const join = ({ quizzes }: QuizWorld, member: string) =>
  quizzes.act(game, { kind: 'join', member, name: `Name of ${member}` });
const leave = ({ quizzes }: QuizWorld, member: string) => quizzes.act(game, { kind: 'leave', member });
const present = (world: QuizWorld) => world.quizzes.look(game, presentMembers);

/** What is written while this is done: by write, the bytes of all and of the game's record. */
async function written(world: QuizWorld, work: () => Promise<unknown>) {
  const writes: { all: number; record: number }[] = [];
  world.disk.wrote = (values) => {
    const record = values.get(`game:${game}`)?.length ?? 0;
    writes.push({ all: [...values.values()].reduce((sum, value) => sum + value.length, 0), record });
  };
  await work();
  world.disk.wrote = () => {};
  const sum = (of: 'all' | 'record') => writes.reduce((total, one) => total + one[of], 0);
  return { bytes: sum('all'), ofRecord: sum('record'), most: Math.max(0, ...writes.map(({ all }) => all)) };
}

describe('1,000 people', () => {
  /** A segment of a log. */
  const mostBytes = 20_000;

  it.each([{}, { teams: 3 }])(
    'who join and leave at once cost each a few bytes, however many are in (%o)',
    async (chosen) => {
      const world = await quizWorld();
      await world.start(game, '2', host, { lobby: 300, ...chosen });
      await world.clock.settle();
      await join(world, other);
      const joined = await written(world, () => Promise.all(crowd.map((member) => join(world, member))));
      expect(joined.ofRecord, 'the record is not written').toBe(0);
      expect(joined.bytes / crowd.length).toBeLessThan(1_000);
      expect(await present(world)).toEqual([host, other, ...crowd]);
      const left = await written(world, () => Promise.all(crowd.map((member) => leave(world, member))));
      expect(left.ofRecord).toBe(0);
      expect(left.bytes / crowd.length).toBeLessThan(1_000);
      expect(await present(world)).toEqual([host, other]);
    },
  );

  it('one after the other write no more when many are in than when few are', async () => {
    const world = await quizWorld();
    await world.start(game, '2', host, { lobby: 300 });
    await world.clock.settle();
    await join(world, other);
    const some = (from: number) => async () => {
      for (const member of crowd.slice(from, from + 128)) await join(world, member);
    };
    const first = await written(world, some(0));
    await Promise.all(crowd.slice(128, 800).map((member) => join(world, member)));
    const last = await written(world, some(800));
    expect(last.bytes).toBeLessThan(1.1 * first.bytes);
    expect(last.most).toBeLessThan(mostBytes);
    expect(last.ofRecord).toBe(0);
  });

  it('who come into a quiz with teams by their answers write nothing of each other, and play in even teams', async () => {
    const world = await quizWorld();
    await world.start(game, '2', host, { lobby: 0, teams: 2, rounds: 1 });
    await world.clock.settle();
    await world.press(game, 0, other, 0);
    const { bytes, ofRecord } = await written(world, () =>
      Promise.all(crowd.map((member) => world.press(game, 0, member, 0))),
    );
    expect(ofRecord).toBe(0);
    expect(bytes / crowd.length).toBeLessThan(1_500);
    const teams = await world.quizzes.look(game, (state) =>
      Object.values(playersOf(state)).map(({ team }) => team),
    );
    expect([0, 1].map((team) => teams?.filter((one) => one === team).length)).toEqual([501, 501]);
  });

  it('are all in the record of a quiz that is over, in the order in which they came', async () => {
    const world = await quizWorld();
    await world.start(game, '2', host, { lobby: 300 });
    await Promise.all(crowd.map((member) => join(world, member)));
    await world.restart();
    await Promise.all(crowd.slice(0, 10).map((member) => leave(world, member)));
    await join(world, crowd[0] ?? '');
    await world.quizzes.act(game, { kind: 'end', ending: 'stopped' });
    await world.restart();
    const players = await world.quizzes.look(game, (state) => Object.keys(state.game.players));
    expect(players).toEqual([host, ...crowd.slice(10), crowd[0]]);
  });
});

it.each([1, 2, 3])(
  'whatever write of a join fails, who was told that they are in is in, once, and nobody else (seed %s)',
  async (seed) => {
    const random = seeded(seed * 104_729);
    const world = await quizWorld();
    await world.start(game, '2', host, { lobby: 300, ...(seed % 2 === 0 && { teams: 2 }) });
    await world.clock.settle();
    const members = crowd.slice(0, 40);
    const told = new Map<string, boolean>();
    let refused = 0;
    const one = async (member: string): Promise<void> => {
      const joins = told.get(member) !== true || random() < 0.2;
      try {
        const { outcome } = await (joins ? join : leave)(world, member);
        expect(outcome).toBe(joins && told.get(member) ? 'already' : 'done');
        told.set(member, joins);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        refused++;
      }
    };
    for (let turn = 0; turn < 60; turn++) {
      world.disk.fails = () => random() < 0.3;
      // Each at most once in a moment, so that it is known what they were told last.
      await Promise.all(members.filter(() => random() < 0.3).map(one));
      if (random() < 0.1) {
        world.disk.fails = () => false;
        await world.restart();
      }
    }
    world.disk.fails = () => false;
    const inIt = [host, ...members.filter((member) => told.get(member))].sort();
    expect((await present(world))?.sort()).toEqual(inIt);
    await world.restart();
    expect((await present(world))?.sort()).toEqual(inIt);
    await world.quizzes.act(game, { kind: 'end', ending: 'stopped' });
    const stored = await world.quizzes.look(game, (state) =>
      Object.entries(state.game.players).flatMap(([id, player]) => (player.present ? [id] : [])),
    );
    expect(stored?.sort()).toEqual(inIt);
    expect(refused, 'presses that were refused').toBeGreaterThan(10);
  },
);
