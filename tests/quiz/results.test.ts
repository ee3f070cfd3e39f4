import { expect, it } from 'vitest';
import { drawPodium, podiumOf } from '../../src/quiz/podium.js';
import { resultsCard, standingsCard } from '../../src/quiz/results-cards.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { over } from './over.js';

const silent = { error: (...all: unknown[]) => expect(all).toEqual([]) };
const stepsOf = (state: Parameters<typeof podiumOf>[0]) => podiumOf(state).map(({ place }) => place);

it('right answers are counted out of the rounds that were played, not of those that somebody answered', async () => {
  const bank = await bankIn(shippedQuestions);
  const state = over({ '10': [100, 1, 1], '11': [0, 0, 3] });
  const card = JSON.stringify(resultsCard(state, bank, undefined));
  expect(card).toContain('**100**\u00a0points\\n-# 1\u00a0of\u00a03\u00a0right');
  expect(card).toContain('**0**\u00a0points\\n-# 0\u00a0of\u00a03\u00a0right');
  // Between rounds places are what is looked for: one line each, which fits a phone.
  const standings = JSON.stringify(standingsCard(state, 2)).replaceAll('\u00a0', ' ');
  expect(standings).toContain('🥇 <@10> · **100** points\\n**2.** <@11> · **0** points"');
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
