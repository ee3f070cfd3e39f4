import { describe, expect, it } from 'vitest';
import { answersIn, countingVotes } from '../../src/quiz/given.js';
import { sharesOf } from '../../src/quiz/votes.js';
import { guildId, quizWorld } from './world.js';

const game = '900000000000000001';
const crowd = Array.from({ length: 1_000 }, (_, index) => String(1_000_000 + index));

it('a round with 1,000 votes twice loses none and doubles none, also over a restart in the discussion', async () => {
  const world = await quizWorld();
  await world.start(game, '2', crowd[0] ?? '', { lobby: 0, rounds: 1, mode: 'discuss', level: 'basic' });
  await world.clock.settle();
  const letters = await world.quizzes.look(game, ({ game: { rounds } }) => ({
    right: rounds[0]?.right[0] ?? 0,
    wrong: rounds[0]?.right[0] === 0 ? 1 : 0,
  }));
  const { right = 0, wrong = 0 } = letters ?? {};
  const outcomes = new Map<string, number>();
  const vote = async (isRight: (index: number) => boolean): Promise<void> => {
    const presses = crowd.flatMap((member, index) => [
      world.press(game, 0, member, isRight(index) ? right : wrong),
      // Somebody's finger slips: the first press counts.
      ...(index % 10 === 0 ? [world.press(game, 0, member, wrong)] : []),
    ]);
    for (const { outcome } of await Promise.all(presses))
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  await vote((index) => index % 2 === 0);
  expect(Object.fromEntries(outcomes)).toEqual({ done: 1_000, already: 100 });
  await world.clock.settle();
  expect(await world.phase(game)).toMatchObject({ name: 'discussing', round: 0 });
  await world.restart();
  await world.clock.advance('10s');
  expect(await world.phase(game)).toEqual({ name: 'open', round: 0 });
  outcomes.clear();
  await vote((index) => index % 4 !== 3);
  expect(Object.fromEntries(outcomes)).toEqual({ done: 1_000, already: 100 });
  await world.clock.settle();
  await world.restart();
  await world.clock.advance('1s');
  const found = await world.quizzes.look(game, (state) => ({
    first: answersIn(state.given, 0).size,
    second: countingVotes(state, 0).size,
    shares: sharesOf(state, 0),
    right: Object.values(state.game.players).filter((player) => player.right === 1).length,
  }));
  expect(found).toEqual({
    first: 1_000,
    second: 1_000,
    shares: [
      { right: 500, all: 1_000 },
      { right: 750, all: 1_000 },
    ],
    right: 750,
  });
  const { members, rows } = await world.ledger.page(guildId, { period: 'all', zone: 'UTC' }, { index: 0 });
  expect(members).toBe(1_000);
  expect(rows.every((row) => row.right === 1)).toBe(true);
});

describe('a round that fifty have answered', () => {
  const fifty = crowd.slice(0, 50);
  const answered = async () => {
    const world = await quizWorld();
    await world.start(game, '2', fifty[0] ?? '', { lobby: 30, rounds: 2, level: 'basic' });
    for (const member of fifty) await world.quizzes.act(game, { kind: 'join', member, name: member });
    await world.clock.advance('30s');
    await Promise.all(fifty.map((member) => world.press(game, 0, member, 0)));
    await world.clock.settle();
    return world;
  };

  it('ends a second later: the receipts of the last go first', async () => {
    const world = await answered();
    expect(await world.phase(game)).toMatchObject({ name: 'open', round: 0 });
    await world.clock.advance('1s');
    expect(await world.phase(game)).toMatchObject({ name: 'closed', round: 0 });
  });

  it('ends so too where they came in by their answers, the host last', async () => {
    const world = await quizWorld();
    const [host = '', ...others] = fifty;
    await world.start(game, '2', host, { lobby: 0, rounds: 2, level: 'basic' });
    await Promise.all(others.map((member) => world.press(game, 0, member, 0)));
    await world.press(game, 0, host, 0);
    await world.clock.settle();
    expect(await world.phase(game)).toMatchObject({ name: 'open', round: 0 });
    await world.clock.advance('1s');
    expect(await world.phase(game)).toMatchObject({ name: 'closed', round: 0 });
  });

  it('goes on for whoever comes in meanwhile', async () => {
    const world = await answered();
    await world.quizzes.act(game, { kind: 'join', member: '7', name: 'Late' });
    await world.clock.advance('1s');
    expect(await world.phase(game)).toMatchObject({ name: 'open', round: 0 });
    await world.press(game, 0, '7', 1);
    await world.clock.advance('1s');
    expect(await world.phase(game)).toMatchObject({ name: 'closed', round: 0 });
  });
});
