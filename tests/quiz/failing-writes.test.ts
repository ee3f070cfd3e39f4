import { describe, expect, it } from 'vitest';
import { answersIn } from '../../src/quiz/given.js';
import { gameRecord } from '../../src/quiz/records.js';
import { Batch, StoreError } from '../../src/store/store.js';
import { guildId, type QuizWorld, quizWorld, settings } from './world.js';

const game = '900000000000000001';
const [ada, ben] = ['10', '11'];

async function openRound(): Promise<QuizWorld> {
  const world = await quizWorld();
  await world.start(game, '2', ada, { lobby: 0 });
  await world.clock.settle();
  expect(await world.phase(game)).toEqual({ name: 'open', round: 0 });
  return world;
}

const answers = ({ quizzes }: QuizWorld, round = 0) =>
  quizzes.look(game, ({ given }) => [...answersIn(given, round).values()].map(({ shown }) => shown[0]));

const resultsPosted = ({ board }: QuizWorld): number =>
  board.posted.filter((nonce) => nonce === `${game}end`).length;

describe('a press whose write fails', () => {
  it('is refused, does not count, and can be made again', async () => {
    const world = await openRound();
    world.disk.fails = (keys) => keys.some((key) => key.startsWith('given:'));
    await expect(world.press(game, 0, ada, 1)).rejects.toThrow(StoreError);
    world.disk.fails = () => false;
    expect(await answers(world)).toEqual([]);
    expect((await world.press(game, 0, ada, 0)).outcome).toBe('done');
    expect(await answers(world)).toEqual([0]);
  });

  it('takes down the press behind it, which is told nothing before the disk has spoken', async () => {
    const world = await openRound();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    world.disk.waits = () => gate;
    world.disk.fails = () => true;
    const told: string[] = [];
    const presses = [0, 1].map((letter) =>
      world.press(game, 0, ben, letter).then(
        ({ outcome }) => told.push(outcome),
        (error: Error) => told.push(error.name),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toEqual([]);
    release();
    await Promise.all(presses);
    expect(told).toEqual(['StoreError', 'StoreError']);
    world.disk.waits = async () => {};
    world.disk.fails = () => false;
    expect(await answers(world)).toEqual([]);
  });

  it('of two in the same instant the first counts', async () => {
    const world = await openRound();
    const outcomes = await Promise.all([1, 0, 1].map((letter) => world.press(game, 0, ben, letter)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'already', 'already']);
    expect(await answers(world)).toEqual([1]);
  });
});

describe('a step whose write fails', () => {
  it('of a timer is tried again until it works, and books once', async () => {
    const world = await openRound();
    for (const member of [ben, '12']) await world.press(game, 0, member, 0);
    world.disk.fails = () => true;
    await world.clock.advance('1m');
    expect(await world.phase(game)).toEqual({ name: 'open', round: 0 });
    world.disk.fails = () => false;
    await world.clock.advance('3s');
    expect(await world.phase(game)).not.toEqual({ name: 'open', round: 0 });
    await world.clock.advance('1m');
    expect(await world.ledger.audit(guildId)).toMatchObject({ rows: 2, duplicates: [], sound: true });
  });

  it('at the very end posts the results once, and the quiz is over after all', async () => {
    const world = await openRound();
    await world.press(game, 0, ben, 0);
    world.disk.fails = (keys) => keys.some((key) => key.startsWith('running:'));
    await world.quizzes.act(game, { kind: 'end', ending: 'stopped' });
    await world.clock.advance('30s');
    expect(resultsPosted(world)).toBe(1);
    expect(await world.phase(game)).toMatchObject({ name: 'over', told: false });
    expect(world.lines.some(({ msg }) => msg.includes('could not take its next step'))).toBe(true);
    world.disk.fails = () => false;
    await world.clock.advance('3s');
    expect(await world.phase(game)).toMatchObject({ name: 'over', told: true });
    await world.restart();
    await world.clock.advance('1m');
    expect(resultsPosted(world)).toBe(1);
    expect(world.clock.pending).toBe(0);
  });

  it('at the start leaves no quiz and no locked channel', async () => {
    const world = await quizWorld();
    world.disk.fails = () => true;
    await expect(world.start(game, '2', ada)).rejects.toThrow(StoreError);
    world.disk.fails = () => false;
    expect(await world.quizzes.inChannel(guildId, '2')).toBeUndefined();
    await world.start('900000000000000002', '2', ada);
  });

  it('behind a lobby that Discord refuses locks no channel for longer than it lasts', async () => {
    const world = await quizWorld();
    world.board.refuses = () => {
      world.disk.fails = () => true;
      throw new Error('refused');
    };
    await expect(world.start(game, '2', ada)).rejects.toThrow('refused');
    await world.clock.advance('20s');
    world.disk.fails = () => false;
    world.board.refuses = () => {};
    await world.clock.advance('3s');
    expect(await world.quizzes.inChannel(guildId, '2')).toBeUndefined();
    await world.start('900000000000000002', '2', ada);
    expect(world.board.posted).toEqual(['lobby']);
  });

  it('behind a lobby that Discord refuses is not made up for when another process has shown it meanwhile', async () => {
    const world = await quizWorld();
    world.board.refuses = () => {
      world.disk.fails = () => true;
      throw new Error('refused');
    };
    await expect(world.start(game, '2', ada)).rejects.toThrow('refused');
    await world.clock.advance('7s');
    world.disk.fails = () => false;
    const { store } = world;
    const stored = await store.get(gameRecord, game);
    if (!stored) throw new Error('The quiz is not stored');
    await store.commit(new Batch().put(gameRecord, game, () => ({ ...stored, lobbyMessageId: '77' })));
    await world.clock.advance('6s');
    expect(await world.quizzes.inChannel(guildId, '2')).toBe(game);
  });

  it('behind a lobby of which Discord’s answer is lost takes back nothing into which people have come', async () => {
    const world = await quizWorld();
    const { clock, quizzes } = world;
    const join = { kind: 'join', member: ben, name: 'M11' } as const;
    const starting = quizzes.start(
      { id: game, guildId, channelId: '2' },
      { id: ada, name: 'M10' },
      settings,
      async () => {
        expect((await quizzes.act(game, join)).outcome).toBe('done');
        throw new Error('lost');
      },
    );
    await expect(starting).rejects.toThrow('lost');
    await clock.settle();
    expect((await quizzes.act(game, join)).outcome).toBe('already');
    await clock.advance('30s');
    expect(await world.phase(game)).toEqual({ name: 'open', round: 0 });
  });

  it('of the lobby’s own card is made up for', async () => {
    const world = await quizWorld();
    let writes = 0;
    world.disk.fails = () => ++writes === 2;
    await world.start(game, '2', ada);
    await world.clock.advance('3s');
    expect(await world.quizzes.look(game, (state) => state.game.lobbyMessageId)).toBeDefined();
    expect(world.board.posted.filter((nonce) => nonce.includes('lobby'))).toHaveLength(1);
  });
});

describe('a database that cannot be read', () => {
  it('just when a quiz has been stored locks no channel', async () => {
    const world = await quizWorld();
    world.disk.failsRead = (keys) => keys.some((key) => key.startsWith('given:'));
    await expect(world.start(game, '2', ada)).rejects.toThrow(StoreError);
    world.disk.failsRead = () => false;
    await world.start('900000000000000002', '2', ada);
    expect(world.board.posted).toEqual(['lobby']);
  });

  it('is not taken for a quiz that is over, and the quiz goes on when it is back', async () => {
    const world = await openRound();
    world.disk.failsRead = (keys) => keys.some((key) => key.startsWith('game:'));
    await world.restart();
    await expect(world.press(game, 0, ada, 0)).rejects.toMatchObject({ name: 'StoreError', fault: 'read' });
    await expect(world.quizzes.inChannel(guildId, '2')).rejects.toMatchObject({ fault: 'read' });
    await world.clock.advance('9s');
    expect(world.quizzes.healthy()).toBe(false);
    world.disk.failsRead = () => false;
    await world.clock.advance('3s');
    expect(world.quizzes.healthy()).toBe(true);
    expect((await world.press(game, 0, ben, 0)).outcome).toBe('done');
    await world.clock.advance('30s');
    expect(await world.phase(game)).not.toEqual({ name: 'open', round: 0 });
  });
});
