import type { Card } from 'local-discord';
import { expect, it } from 'vitest';
import { Ledger } from '../../src/ledger/service.js';
import { isRight } from '../../src/quiz/awards.js';
import { entriesFold } from '../../src/quiz/entries.js';
import type { Game } from '../../src/quiz/game.js';
import { countingVotes, givenFold, type QuizAnswer } from '../../src/quiz/given.js';
import { playersOf, type QuizState } from '../../src/quiz/players.js';
import { entriesLog, gameRecord, quizAnswersLog } from '../../src/quiz/records.js';
import { Memory } from '../../src/store/held.js';
import { readRows } from '../../src/store/log-segments.js';
import { seedsTo } from '../helpers/long.js';
import { Crowd, isResultsCard, type QuizScenario } from './scenario-play.js';
import type { Phase } from './scenario-witness.js';

const seeds = seedsTo(1, 30);
const isLong = seeds.length > 1;

/** Every option with every other one, as the seeds go on. */
const scenarios = seeds.flatMap((seed) =>
  [2, 8, ...(isLong ? [200] : [])].map((people, nth): QuizScenario => {
    const at = seed * 3 + nth;
    const pick = (of: readonly string[], every: number): string =>
      of[Math.floor(at / every) % of.length] ?? '';
    const mode = pick(['mode:discuss', 'mode:race'], 1);
    const kinds = pick(['kinds:all', 'kinds:choice'], 2);
    const scoring = pick(['scoring:accuracy', 'scoring:speed'], 3);
    const teams = pick(['teams:2', '', 'teams:4', 'teams:3'], 1);
    const from = pick(['from:missed', 'from:weak', 'Retry missed', 'Play again'], 1);
    const options = ['rounds:2 seconds:20', mode, kinds, scoring, teams].join(' ');
    const next = from.startsWith('from') ? `/quiz start ${options} ${from}` : from;
    return { seed: seed * 1_000 + people, people, options, next };
  }),
);
const atOnce = 40;
const killed = new Set<Phase>();

it.each(scenarios)(
  '$people play $options, then $next, and it holds (seed $seed)',
  { timeout: 120_000 },
  async (one) => {
    const crowd = await Crowd.start(one);
    await crowd.host.slash(`/quiz start ${one.options}`);
    await playQuiz(crowd);
    const results = crowd.drills.messages.findLast(isResultsCard) as Card;
    if (one.next.startsWith('/')) await crowd.host.slash(one.next);
    else await crowd.press(crowd.host, results, one.next);
    await crowd.settle();
    if (crowd.phase !== 'waiting') await playQuiz(crowd);
    for (const phase of crowd.killed) killed.add(phase);
    await expectSound(crowd);
    const surprising = crowd.bot.complaints.filter(({ msg }) => !/stored|next step/.test(String(msg)));
    expect(surprising).toEqual([]);
  },
);

it('was killed in the middle, over many seeds in every phase', () => {
  const phases: Phase[] = ['lobby', 'open', 'discussing', 'second', 'between', 'paused', 'results'];
  expect(killed.size).toBeGreaterThan(0);
  if (isLong) expect([...killed]).toEqual(expect.arrayContaining(phases));
});

/** From the lobby to the results, and a kill after them now and then. */
async function playQuiz(crowd: Crowd): Promise<void> {
  const teams = new Map<string, number>();
  for (let nth = 0; crowd.phase !== 'results'; nth++) {
    expect(nth, `it comes to its end: ${crowd.phase}`).toBeLessThan(300);
    const { phase } = crowd;
    const isWild = nth < 40 && crowd.chance(0.3);
    const act = isWild ? () => wild(crowd) : () => sensible(crowd, phase);
    const isNew = !crowd.killed.has(phase) && phase !== 'waiting';
    if (isNew && crowd.chance(crowd.scenario.people > 100 ? 0.2 : 0.4)) await crowd.kill(phase, act);
    else await act();
    await crowd.settle();
    await expectTeamsKept(crowd, teams);
  }
  crowd.resultsSeen++;
  if (crowd.chance(0.5)) await crowd.kill('results', () => crowd.pry());
}

async function sensible(crowd: Crowd, phase: Phase): Promise<void> {
  const { host, lobby, openCard } = crowd;
  switch (phase) {
    case 'lobby':
      await Promise.all(crowd.part(0.5).map((one) => crowd.press(one, lobby, 'Join')));
      if (crowd.chance(0.5)) await crowd.press(crowd.some(crowd.members), lobby, 'Switch team');
      if (crowd.chance(0.4)) await crowd.press(host, lobby, 'Start now');
      else await crowd.wait(5_000);
      return;
    case 'open':
    case 'second': {
      // A finger that slips: the first press counts.
      const twice = crowd.chance(0.3) ? 2 : 1;
      const presses = crowd.part(0.7).flatMap((one) => Array.from({ length: twice }, () => one));
      // Not more at once than one machine can be both Discord and its bot for.
      for (let from = 0; openCard && from < presses.length; from += atOnce)
        await Promise.all(presses.slice(from, from + atOnce).map((one) => crowd.answer(one, openCard)));
      if (crowd.chance(0.2)) await crowd.press(host, openCard, '+15 s');
      return crowd.wait(crowd.some([1_000, 5_000, 15_000]));
    }
    case 'between':
      await crowd.press(host, crowd.find('Next'), crowd.some(['Next', 'Pause', 'Pause']));
      return crowd.wait(crowd.some([0, 2_000, 8_000]));
    case 'paused':
      if (crowd.chance(0.5)) await crowd.press(host, crowd.find('Go on'), 'Go on');
      else await crowd.wait(crowd.some([60_000, 31 * 60_000]));
      return;
    default:
      return crowd.wait(crowd.some([1_000, 4_000]));
  }
}

async function wild(crowd: Crowd): Promise<void> {
  const dice = crowd.random();
  const by = crowd.some(crowd.members);
  if (dice < 0.3) await crowd.press(by, crowd.lobby, crowd.some(['Join', 'Leave', 'Leave']));
  else if (dice < 0.35) await crowd.host.slash('/quiz skip', { channel: crowd.drills });
  else if (dice < 0.36) await crowd.host.slash('/quiz stop', { channel: crowd.drills });
  else await crowd.pry();
}

interface Stored extends QuizState {
  readonly rows: QuizAnswer[];
}

/** All quizzes of the channel, as the disk has them. */
async function gamesOf({ store, drills }: Crowd): Promise<Stored[]> {
  const ids = new Set(
    drills.messages.flatMap(({ buttons }) =>
      buttons.flatMap(({ customId }) => /^quiz:[a-z]+:(\d+)/.exec(customId ?? '')?.[1] ?? []),
    ),
  );
  const found: Stored[] = [];
  for (const id of ids) {
    const game = await store.get(gameRecord, id);
    if (!game) continue;
    const rows: QuizAnswer[] = [];
    const given = givenFold.empty([]);
    for await (const row of readRows(store, quizAnswersLog, id)) {
      rows.push(row);
      givenFold.add(given, row);
    }
    const entries = entriesFold.empty([]);
    for await (const row of readRows(store, entriesLog, id)) entriesFold.add(entries, row);
    found.push({ game, given, entries, rows });
  }
  return found;
}

async function expectTeamsKept(crowd: Crowd, teams: Map<string, number>): Promise<void> {
  if (!crowd.scenario.options.includes('teams') || crowd.phase === 'lobby') return;
  for (const state of await gamesOf(crowd))
    for (const [member, { team = -1 }] of Object.entries(playersOf(state))) {
      const key = `${state.game.id} ${member}`;
      if (state.game.phase.name === 'lobby') continue;
      expect(team, `the team of ${key}`).toBe(teams.get(key) ?? team);
      teams.set(key, team);
    }
}

/** Acknowledged is stored and counted once; what was refused is not there; results once; points by the rules. */
async function expectSound(crowd: Crowd): Promise<void> {
  const { witness, world } = crowd;
  const games = await gamesOf(crowd);
  expect(games.length).toBeGreaterThan(0);
  const stored = games.flatMap(({ game, rows }) =>
    rows.map(({ round, member }) => `${game.id} ${round} ${member}`),
  );
  const told = witness.votes.map(({ quiz, round, member }) => `${quiz} ${round} ${member.id}`);
  expect(stored.sort()).toEqual(told.sort());
  for (const { game, rows } of games)
    expect(new Set(rows.map(({ round, vote = 1, member }) => `${round} ${vote} ${member}`)).size).toBe(
      game.settings.mode === 'race'
        ? new Set(rows.map(({ round, member }) => `${round} ${member}`)).size
        : rows.length,
    );
  const ledger = new Ledger({ memory: new Memory(crowd.store), clock: world.clock });
  const booked = new Map<string, number>();
  for await (const { source, member, points } of ledger.rows(world.server.id)) {
    expect(booked.has(`${source} ${member}`), `${source} ${member} is booked once`).toBe(false);
    booked.set(`${source} ${member}`, points);
  }
  for (const { game, given } of games) {
    expect(game.phase).toMatchObject({ name: 'over', told: true });
    const asked = game.rounds.map((round) => round.asked.questionId);
    expect(new Set(asked).size).toBe(asked.length);
    const answered = new Map<string, number>();
    const right = new Map<string, number>();
    for (const [index, round] of game.rounds.entries()) {
      const votes = countingVotes({ game, given }, index);
      const isRanked = votes.size > 1 && round.ended !== 'void';
      for (const [member, vote] of votes) {
        const points = booked.get(`quiz:${game.id}:${index + 1} ${member}`);
        expect(points !== undefined, `${game.id} ${index} ${member} is ranked`).toBe(isRanked);
        if (round.ended === 'void') continue;
        answered.set(member, (answered.get(member) ?? 0) + 1);
        if (isRight(round, vote)) right.set(member, (right.get(member) ?? 0) + 1);
        if (points === undefined) continue;
        if (game.settings.scoring === 'accuracy') expect([0, 100, 150, 200]).toContain(points);
        if (!isRight(round, vote)) expect(points).toBe(0);
      }
    }
    for (const [member, player] of Object.entries(game.players))
      expect([player.answered, player.right], `${game.id} ${member}`).toEqual([
        answered.get(member) ?? 0,
        right.get(member) ?? 0,
      ]);
    for (const member of answered.keys()) expect(game.players[member]).toBeDefined();
    await expectShown(crowd, game, answered);
  }
  expect(await ledger.audit(world.server.id)).toMatchObject({ duplicates: [], sound: true });
}

/** The results stand once, with the teams' means; everybody finds their own answers. */
async function expectShown(crowd: Crowd, game: Game, answered: Map<string, number>): Promise<void> {
  const results = crowd.drills.messages.filter(
    (card) => isResultsCard(card) && card.buttons.some(({ customId }) => customId === `quiz:mine:${game.id}`),
  );
  expect(results).toHaveLength(1);
  const [card] = results as [Card];
  const { teams = 0 } = game.settings;
  for (let team = 0; team < teams; team++) {
    const own = Object.values(game.players).filter(
      (one) => one.team === team && (one.present || one.answered > 0),
    );
    const mean = own.reduce((sum, { points }) => sum + points, 0) / own.length;
    if (own.length > 0)
      expect(card.text).toMatch(
        new RegExp(`\\*\\*${Math.round(mean)}\\*\\*\\spoints?\n-# mean\\sof\\s${own.length}\\splayer`),
      );
  }
  for (const member of crowd.members.slice(0, 5)) {
    const count = answered.get(member.id) ?? 0;
    const mine = (await member.press(card, 'My answers')).text;
    const isIn = game.players[member.id] !== undefined;
    const closed = game.rounds.filter(({ ended }) => ended !== 'void').length;
    if (isIn) expect(mine.split('no answer').length - 1, mine).toBe(closed - count);
    else expect(mine).toMatch(/did not take part|No round was played/);
  }
}
