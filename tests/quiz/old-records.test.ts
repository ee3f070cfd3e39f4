import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rightPicks } from '../../src/asking/asked.js';
import { loadBank } from '../../src/bank/load.js';
import { playersOf } from '../../src/quiz/players.js';
import { entriesLog } from '../../src/quiz/records.js';
import { logType, readRows } from '../../src/store/log-segments.js';
import { Batch, recordType } from '../../src/store/store.js';
import { demoQuestions } from '../helpers/bot.js';
import { guildId, quizWorld } from './world.js';

/** As version 1 wrote them: all questions drawn in the lobby, one right letter, one letter an answer. */
const oldGame = recordType('game', z.unknown());
const oldGiven = logType('given', z.unknown());
const running = recordType('running', z.unknown());
const games = logType('games', z.unknown());

const id = '900000000000000001';
const [ada, ben, cyd] = ['10', '11', '12'];
const nowMs = Date.parse('2026-03-04T12:00:00Z');
const settings = { topic: 'queries', rounds: 3, seconds: 20, lobby: 30 };
const player = (name: string, points = 0, right = 0, answered = 0) => ({
  name,
  present: true,
  points,
  right,
  answered,
});

/** Three rounds over the demo bank's single choices, whose right letter is B. */
async function oldRounds() {
  const bank = await loadBank(demoQuestions);
  const pool = bank.pool({ topic: 'queries', kinds: ['single-choice'] }).slice(0, 3);
  return pool.map((question) => {
    const [right = 0] = rightPicks(question);
    const others = ('options' in question ? question.options : []).map((_, index) => index);
    const order = others.filter((index) => index !== right).toSpliced(1, 0, right);
    const asked = { questionId: question.id, rev: question.rev, order };
    return { asked, level: question.level, topic: question.topic, right: 1 };
  });
}

const opened = { messageId: '555', openedAt: nowMs - 5_000, endsAt: nowMs + 15_000 };

/** A bot that finds this game, with Ada's and Ben's presses of the first round. */
async function found(over: object, rows: object[] = [], type = oldGame) {
  const world = await quizWorld();
  const game = {
    id,
    guildId,
    channelId: '2',
    hostId: ada,
    createdAt: nowMs - 60_000,
    settings,
    lobbyMessageId: '444',
    players: { [ada]: player('Ada') },
    quietRounds: 0,
    ...over,
  };
  const batch = new Batch()
    .put(type, id, () => game)
    .put(running, guildId, () => [id])
    .put(games.segment, `${guildId}:0`, () => [id])
    .put(games.head, `${guildId}:head`, () => ({ rows: 1 }))
    .put(oldGiven.segment, `${id}:0`, () => rows)
    .put(oldGiven.head, `${id}:head`, () => ({ rows: rows.length }));
  await world.store.commit(batch);
  await world.restart();
  await world.clock.settle();
  return world;
}

const press = (member: string, letter: number, round = 0, more = {}) => ({
  round,
  member,
  letter,
  at: nowMs - 3_000,
  ...more,
});

/** As version 2 wrote them: everybody stands in the record at any time. */
const game2 = recordType('game', z.unknown(), 2);

const peopleOf = (world: Awaited<ReturnType<typeof found>>) =>
  world.quizzes.look(id, (state) =>
    Object.fromEntries(Object.entries(playersOf(state)).map(([member, { present }]) => [member, present])),
  );

describe('a quiz stored by version 2, in its lobby', () => {
  const lobby = () => {
    const players = { [ada]: player('Ada'), [ben]: player('Ben') };
    const phase = { name: 'lobby', endsAt: nowMs + 10_000 };
    return found({ rounds: [], players, planned: 3, phase }, [], game2);
  };

  it('goes on with those who are in it, who can leave and come again, and with others behind them', async () => {
    const world = await lobby();
    expect(await world.quizzes.act(id, { kind: 'join', member: ben, name: 'Ben' })).toMatchObject({
      outcome: 'already',
    });
    await world.quizzes.act(id, { kind: 'join', member: cyd, name: 'Cyd' });
    await world.quizzes.act(id, { kind: 'leave', member: ada });
    expect(await peopleOf(world)).toEqual({ [ben]: true, [cyd]: true });
    await world.restart();
    await world.quizzes.act(id, { kind: 'join', member: ada, name: 'Ada' });
    await world.restart();
    expect(await peopleOf(world)).toEqual({ [ada]: true, [ben]: true, [cyd]: true });
  });

  it('is none of a version 2 bot’s any more when somebody has come or gone', async () => {
    const world = await lobby();
    await world.quizzes.act(id, { kind: 'join', member: cyd, name: 'Cyd' });
    await expect(world.store.get(game2, id)).rejects.toThrow('newer version');
  });

  it('that ends has everybody in its record, and nothing beside it', async () => {
    const world = await lobby();
    await world.quizzes.act(id, { kind: 'join', member: cyd, name: 'Cyd' });
    await world.quizzes.act(id, { kind: 'leave', member: ben });
    await world.quizzes.act(id, { kind: 'end', ending: 'stopped' });
    await world.restart();
    const stored = await world.quizzes.look(id, ({ game }) => Object.keys(game.players));
    expect(stored).toEqual([ada, cyd]);
    for await (const row of readRows(world.store, entriesLog, id)) expect(row).toBeUndefined();
  });
});

describe('a quiz stored by version 1', () => {
  it('in its lobby starts by itself, with questions drawn as its rounds open', async () => {
    const world = await found({
      rounds: await oldRounds(),
      phase: { name: 'lobby', endsAt: nowMs + 10_000 },
    });
    expect(await world.quizzes.look(id, ({ game }) => [game.planned, game.rounds])).toEqual([3, []]);
    await world.clock.advance('10s');
    expect(await world.phase(id)).toEqual({ name: 'open', round: 0 });
    expect([...world.board.messages.values()].some(({ text }) => text.includes('Round 1 of 3'))).toBe(true);
  });

  it('in an open round goes on in it: what was answered counts, also of who joined by it', async () => {
    const [first, ...others] = await oldRounds();
    const rounds = [{ ...first, ...opened }, ...others];
    const rows = [press(ada, 1), press(ben, 0, 0, { name: 'Ben' })];
    const players = { [ada]: player('Ada'), [cyd]: player('Cyd') };
    const world = await found({ rounds, players, phase: { name: 'open', round: 0 } }, rows);
    expect(await world.press(id, 0, ada, 0)).toMatchObject({ outcome: 'already', earlier: { shown: [1] } });
    expect(await world.press(id, 0, cyd, 1)).toMatchObject({ outcome: 'done' });
    await world.clock.settle();
    const state = await world.quizzes.look(id, ({ game }) => ({
      rounds: game.rounds.length,
      right: Object.fromEntries(Object.entries(game.players).map(([member, { right }]) => [member, right])),
    }));
    expect(state).toEqual({ rounds: 1, right: { [ada]: 1, [ben]: 0, [cyd]: 1 } });
    const board = await world.ledger.page(guildId, { period: 'all', zone: 'UTC' }, { index: 0 });
    expect(board.rows.map(({ member, right }) => [member, right]).sort()).toEqual([
      [ada, 1],
      [ben, 0],
      [cyd, 1],
    ]);
  });

  it('whose card was on its way posts it once', async () => {
    const world = await found({ rounds: await oldRounds(), phase: { name: 'opening', round: 0 } });
    expect(world.board.posted).toHaveLength(1);
    expect(await world.phase(id)).toEqual({ name: 'open', round: 0 });
  });

  it('between two rounds goes on with the next, and shows nothing twice', async () => {
    const [first, ...others] = await oldRounds();
    const rounds = [{ ...first, ...opened, ended: 'all', told: true }, ...others];
    const world = await found(
      {
        rounds,
        players: { [ada]: player('Ada', 150, 1, 1) },
        phase: { name: 'closed', round: 0, nextAt: nowMs + 4_000 },
      },
      [press(ada, 1)],
    );
    expect(world.board.posted).toEqual([]);
    await world.clock.advance('4s');
    expect(await world.phase(id)).toEqual({ name: 'open', round: 1 });
    const asked = await world.quizzes.look(id, ({ game }) =>
      game.rounds.map((round) => round.asked.questionId),
    );
    expect(new Set(asked).size).toBe(2);
    expect(asked?.[0]).toBe(first?.asked.questionId);
  });

  it('that is over keeps its answers for who asks, and its results are posted where they were not', async () => {
    for (const told of [true, false]) {
      const all = (await oldRounds()).map((round) => ({ ...round, ...opened, ended: 'time', told: true }));
      const world = await found(
        {
          rounds: all,
          players: { [ada]: player('Ada', 150, 1, 3) },
          phase: { name: 'over', ending: 'finished', at: nowMs - 1_000, told },
        },
        [press(ada, 1), press(ada, 0, 1), press(ada, 2, 2)],
      );
      expect(world.board.posted).toEqual(told ? [] : [`${id}end`]);
      expect(await world.quizzes.exportMember(guildId, ada)).toMatchObject([
        {
          points: 150,
          answers: [
            { round: 1, right: true },
            { round: 2, right: false },
            { round: 3, right: false },
          ],
        },
      ]);
    }
  });

  it('is written as it is now with its next change, and read again', async () => {
    const [first, ...others] = await oldRounds();
    const rounds = [{ ...first, ...opened }, ...others];
    const players = { [ada]: player('Ada'), [cyd]: player('Cyd') };
    const world = await found({ rounds, players, phase: { name: 'open', round: 0 } }, [press(ada, 1)]);
    await world.press(id, 0, ben, 1);
    await world.quizzes.act(id, { kind: 'leave', member: cyd });
    await world.restart();
    const read = await world.quizzes.look(id, ({ game, given }) => ({
      right: game.rounds.map(({ right }) => right),
      shown: [...(given.byRound.get(0)?.values() ?? [])].map(({ shown }) => shown),
      players: Object.keys(game.players),
    }));
    expect(read).toEqual({ right: [[1]], shown: [[1], [1]], players: [ada, ben, cyd] });
  });
});
