import { isCurrent, toBank } from '../asking/asked.js';
import { rightAnswerText, whyWrongText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import { cut } from '../discord/text.js';
import { awards, isRight } from './awards.js';
import { countingVotes } from './given.js';
import { type QuizState, standings } from './players.js';
import * as words from './words.js';

/** Of Discord's 2,000 characters. */
const longestWhy = 600;
const longestAnswer = 400;

/** What a round brought one member, for them alone; undefined for somebody who did not answer it. */
export function ownResult(state: QuizState, index: number, member: string, bank: Bank): string | undefined {
  const { game } = state;
  const round = game.rounds[index];
  const answer = countingVotes(state, index).get(member);
  const award = awards(state, index).find((one) => one.member === member);
  if (!round?.ended || !answer) return undefined;
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

/** The place so far, and how far the next one is. */
function placeOf(state: QuizState, member: string): string[] {
  const rows = standings(state, member);
  const me = rows.find((row) => row.member === member);
  if (!me) return [];
  const ahead = rows.findLast(({ points }) => points > me.points);
  return [
    ahead
      ? words.behindWords(me.place, me.points, ahead.points - me.points, ahead.member)
      : words.leadWords(me.points, rows.filter(({ place }) => place === 1).length > 1),
  ];
}
