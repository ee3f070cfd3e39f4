import { isCurrent, toBank } from '../asking/asked.js';
import { rightAnswerText, whyWrongText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import { cut } from '../discord/text.js';
import { awardOf, isRight } from './awards.js';
import { answersIn, countingVotes } from './given.js';
import { type QuizState, standingOf } from './players.js';
import * as words from './words.js';

/** Of Discord's 2,000 characters. */
const longestWhy = 600;
const longestAnswer = 400;

/** What a round brought one member, for them alone; undefined for somebody who did not answer it. */
export function ownResult(state: QuizState, index: number, member: string, bank: Bank): string | undefined {
  const { game } = state;
  const round = game.rounds[index];
  const answer = countingVotes(state, index).get(member);
  if (!round?.ended) return undefined;
  if (!answer) return round.second ? onlyFirst(state, index, member, bank) : undefined;
  const award = awardOf(game, round, answer);
  if (!award) return words.voidOwnWords;
  const right = isRight(round, answer);
  const question = bank.get(round.asked.questionId, round.asked.rev);
  const known = isCurrent(question, round.asked) ? question : undefined;
  const why = known && !right && whyWrongText(known, round.asked, toBank(round.asked, answer.shown));
  return [
    right ? words.ownRightWords(award.points, award.tookMs) : words.ownWrongWords,
    ...(known && !right
      ? [words.ownAnswerWords(cut(rightAnswerText(known, round.asked), longestAnswer))]
      : []),
    ...(why ? [cut(why, longestWhy)] : []),
    ...placeOf(state, member),
    ...(round.practice ? [words.practiceLine] : []),
    ...(round.again?.includes(member) ? [words.ownAgainLine] : []),
  ].join('\n');
}

/** Of two votes, somebody gave the first alone: it counts for nothing. */
function onlyFirst(state: QuizState, index: number, member: string, bank: Bank): string | undefined {
  const asked = state.game.rounds[index]?.asked;
  if (!asked || !answersIn(state.given, index).has(member)) return undefined;
  const question = bank.get(asked.questionId, asked.rev);
  const known = isCurrent(question, asked) ? question : undefined;
  return [
    words.onlyFirstWords,
    ...(known ? [words.ownAnswerWords(cut(rightAnswerText(known, asked), longestAnswer))] : []),
    ...placeOf(state, member),
  ].join('\n');
}

/** The place so far, and how far the next one is. */
function placeOf(state: QuizState, member: string): string[] {
  const me = standingOf(state, member);
  if (!me) return [];
  const { ahead, place, points } = me;
  return [
    ahead
      ? words.behindWords(place, points, ahead.points - points, ahead.member)
      : words.leadWords(points, me.isShared),
  ];
}
