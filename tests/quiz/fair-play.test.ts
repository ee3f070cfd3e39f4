import { describe, expect, it } from 'vitest';
import { guildId, type QuizWorld, quizWorld, settings } from './world.js';

const game = '900000000000000001';
const other = '900000000000000002';
const [ada, ben, cyd] = ['10', '11', '12'];
const oneQuestion = { topic: 'queries', level: 'advanced', rounds: 1, lobby: 0 } as const;

const drawElsewhere = ({ memory, draws, clock }: QuizWorld) =>
  memory.use((change) =>
    draws.draw(change, {
      scope: guildId,
      filter: { topic: 'queries', level: 'advanced' },
      opener: 'card:1',
      nowMs: clock.now(),
      untilMs: clock.now() + 1_000,
    }),
  );

/** The letter of the right option, as only the record knows it. */
const rightLetter = async ({ quizzes }: QuizWorld, id: string) =>
  (await quizzes.look(id, (state) => state.game.rounds[0]?.right[0])) ?? -1;

async function played(world: QuizWorld, id: string, members: readonly string[]): Promise<void> {
  await world.start(id, '2', ada, oneQuestion);
  await world.clock.settle();
  const letter = await rightLetter(world, id);
  for (const member of members) await world.press(id, 0, member, letter);
  await world.clock.advance('1m');
  expect(await world.phase(id)).toMatchObject({ name: 'over', told: true });
}

async function rows({ ledger }: QuizWorld) {
  const found: [string, number][] = [];
  for await (const { member, points } of ledger.rows(guildId)) found.push([member, points]);
  return found;
}

describe('a quiz’s questions', () => {
  it('are drawn as their rounds open: in the lobby none is known yet', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada, { ...oneQuestion, lobby: 30 });
    expect(await world.quizzes.look(game, (state) => state.game.rounds)).toEqual([]);
    expect(await drawElsewhere(world)).toBeDefined();
  });

  it('are neither asked nor revealed elsewhere while they are open, and free afterwards', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada, oneQuestion);
    await world.clock.settle();
    expect(await drawElsewhere(world)).toBeUndefined();
    const isOpen = () =>
      world.memory.use((change) =>
        world.draws.isOpenElsewhere(change, {
          scope: guildId,
          question: 'single-advanced',
          opener: 'card:1',
          nowMs: world.clock.now(),
        }),
      );
    expect(await isOpen()).toBe(true);
    await world.clock.advance('22s');
    expect(await isOpen()).toBe(false);
  });

  it('that are all open elsewhere end the quiz in words', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada, oneQuestion);
    await world.clock.settle();
    await world.start(other, '3', ben, oneQuestion);
    await world.clock.settle();
    const said = [...world.board.messages.values()].filter(({ channelId }) => channelId === '3');
    expect(said.some(({ text }) => text.includes('no other question of the bank is free'))).toBe(true);
  });

  it('never come twice in one quiz', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada, { rounds: 30, lobby: 0, seconds: 5 });
    for (let round = 0; round < 4; round++) {
      await world.clock.settle();
      await world.press(game, round, ben, 0);
      await world.clock.advanceBy(7_000 + 6_000);
    }
    const asked = await world.quizzes.look(game, (state) =>
      state.game.rounds.map((round) => round.asked.questionId),
    );
    expect(asked).toHaveLength(4);
    expect(new Set(asked).size).toBe(4);
  });
});

describe('the leaderboard', () => {
  it('counts nothing of what one member played alone, and the card says so', async () => {
    const world = await quizWorld();
    await played(world, game, [ada]);
    expect(await rows(world)).toEqual([]);
    expect(
      [...world.board.messages.values()].some(({ text }) => text.includes('this round was practice')),
    ).toBe(true);
    const { topics } = await world.profiles.get(guildId, ada);
    expect(topics['queries']?.advanced).toEqual([0, 0, 1, 1]);
  });

  it('gives points for a question once in seven days, and the card says why not', async () => {
    const world = await quizWorld();
    await played(world, game, [ben, cyd]);
    const first = await rows(world);
    expect(first.every(([, points]) => points > 0)).toBe(true);
    await played(world, other, [ben, '13']);
    const second = (await rows(world)).slice(2);
    expect(second.find(([member]) => member === ben)?.[1]).toBe(0);
    expect(second.find(([member]) => member === '13')?.[1]).toBeGreaterThan(0);
    expect(
      [...world.board.messages.values()].some(({ text }) =>
        text.includes(`No leaderboard points for <@${ben}>: a question earns them once in seven days`),
      ),
    ).toBe(true);
    await world.clock.advanceBy(7 * 24 * 60 * 60_000);
    await played(world, '900000000000000003', [ben, '13']);
    expect((await rows(world)).slice(4).find(([member]) => member === ben)?.[1]).toBeGreaterThan(0);
  });

  it('tells nothing of an answer before its round is over', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada, oneQuestion);
    await world.clock.settle();
    for (const member of [ben, cyd]) await world.press(game, 0, member, 1);
    expect(await world.profiles.get(guildId, ben)).toMatchObject({ topics: {} });
    expect(JSON.stringify(await world.quizzes.exportMember(guildId, ben))).not.toContain('right":true');
    expect(await rows(world)).toEqual([]);
  });

  it('counts an answer for the local day on which it was given', async () => {
    const world = await quizWorld();
    await world.clock.advanceTo('2026-03-04T23:59:50Z');
    await world.start(game, '2', ada, oneQuestion);
    await world.clock.settle();
    await world.press(game, 0, ben, 1);
    await world.clock.advance('1m');
    expect((await world.profiles.get(guildId, ben)).days.last).toBe('2026-03-04');
  });
});

describe('how many quizzes', () => {
  it('a member may open a lobby of, is one', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada);
    await expect(world.start(other, '3', ada)).rejects.toThrow('You have a lobby open in <#2> already');
    await world.quizzes.act(game, { kind: 'begin' });
    await world.start(other, '3', ada);
  });

  it('a member may open a lobby of, is one in each of their servers, which know nothing of each other', async () => {
    const world = await quizWorld();
    await world.start(game, '2', ada);
    const place = { id: other, guildId: '100000000000000002', channelId: '9' };
    const host = { id: ada, name: 'Ada' };
    await world.quizzes.start(place, host, { ...settings, lobby: 30 }, async () =>
      world.board.send('9', { components: [] }),
    );
    expect(await world.phase(other)).toMatchObject({ name: 'lobby' });
    await expect(world.start('900000000000000007', '3', ada)).rejects.toThrow(
      'You have a lobby open in <#2> already',
    );
  });

  it('a server may have at once, is five, also when they come in the same instant', async () => {
    const world = await quizWorld();
    const starts = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        world.start(`90000000000000001${index}`, `${index}`, `${20 + index}`),
      ),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(starts.find((one) => one.status === 'rejected')?.reason.message).toContain(
      '5 quizzes are on in this server already',
    );
  });

  it('have room again when one is over', async () => {
    const world = await quizWorld();
    for (let index = 0; index < 5; index++)
      await world.start(`90000000000000001${index}`, `${index}`, `${20 + index}`);
    await world.quizzes.act('900000000000000010', { kind: 'end', ending: 'stopped' });
    await world.start(other, '99', '99');
  });
});
