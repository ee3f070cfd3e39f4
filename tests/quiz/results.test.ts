import { expect, it } from 'vitest';
import { type Game, newPlayer } from '../../src/quiz/game.js';
import { drawPodium, podiumOf } from '../../src/quiz/podium.js';
import { resultsCard, standingsCard } from '../../src/quiz/results-cards.js';
import { createGame } from '../../src/quiz/rules.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';

const silent = { error: (...all: unknown[]) => expect(all).toEqual([]) };
const settings = {
  rounds: 4,
  seconds: 20,
  lobby: 0,
  kinds: 'choice',
  mode: 'race',
  scoring: 'speed',
  from: 'bank',
} as const;

/** A quiz of four rounds that is over, of which one did not count, with players of these points, rights and answers. */
function over(players: Record<string, readonly [points: number, right: number, answered: number]>) {
  const game = createGame(
    { id: '9', guildId: '1', channelId: '2' },
    { id: '10', name: 'Ada' },
    { settings, planned: 4, now: 0 },
  );
  const round = { asked: { questionId: 'gone' }, ended: 'all', right: [0] };
  return {
    game: {
      ...game,
      players: Object.fromEntries(
        Object.entries(players).map(([id, [points, right, answered]]) => [
          id,
          { ...newPlayer(`P${id}`), points, right, answered },
        ]),
      ),
      rounds: [round, { ...round, ended: 'void' }, round, round],
      phase: { name: 'over', ending: 'finished', at: 0, told: true },
    } as unknown as Game,
    given: { byRound: new Map(), second: new Map(), newcomers: new Map() },
  };
}

const stepsOf = (state: Parameters<typeof podiumOf>[0]) => podiumOf(state).map(({ place }) => place);

it('right answers are counted out of the rounds that were played, not of those that somebody answered', async () => {
  const bank = await bankIn(shippedQuestions);
  const state = over({ '10': [100, 1, 1], '11': [0, 0, 3] });
  const card = JSON.stringify(resultsCard(state, bank, undefined));
  expect(card).toContain('**100**\\n-# 1\u00a0of\u00a03 right');
  expect(card).toContain('**0**\\n-# 0\u00a0of\u00a03 right');
  // Between rounds places are what is looked for: one line each, which fits a phone.
  expect(JSON.stringify(standingsCard(state, 2))).toContain('🥇 <@10> **100**\\n**2.** <@11> **0**"');
});

it('everybody who shares one of the first three places is on the podium', () => {
  expect(
    stepsOf(over({ '10': [300, 3, 3], '11': [100, 1, 3], '12': [100, 1, 3], '13': [100, 1, 3] })),
  ).toEqual([1, 2, 2, 2]);
  expect(stepsOf(over({ '10': [3, 1, 1], '11': [2, 1, 1], '12': [1, 1, 1], '13': [1, 1, 1] }))).toEqual([
    1, 2, 3, 3,
  ]);
  expect(stepsOf(over({ '10': [4, 1, 1], '11': [3, 1, 1], '12': [2, 1, 1], '13': [1, 1, 1] }))).toEqual([
    1, 2, 3,
  ]);
});

it('the podium’s picture has all of them, and is not drawn for no points', async () => {
  const three = await drawPodium(over({ '10': [3, 1, 1], '11': [2, 1, 1], '12': [1, 1, 1] }), silent);
  const shared = await drawPodium(
    over({ '10': [3, 1, 1], '11': [2, 1, 1], '12': [1, 1, 1], '13': [1, 1, 1] }),
    silent,
  );
  expect(shared?.equals(three as Buffer)).toBe(false);
  expect(stepsOf(over({ '10': [3, 1, 1], '11': [0, 0, 3], '12': [0, 0, 3] }))).toEqual([1]);
  expect(await drawPodium(over({ '10': [0, 0, 3], '11': [0, 0, 2] }), silent)).toBeUndefined();
});
