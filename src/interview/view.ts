import { isCurrent } from '../asking/asked.js';
import { nobody } from '../asking/nobody.js';
import type { Bank } from '../bank/bank.js';
import type { OpenQuestion } from '../bank/question.js';
import type { HiddenMembers } from '../people/hidden.js';
import type { InterviewSession, InterviewSheet, InterviewTurn } from './session.js';

/** One turn with its question as the bank has it. */
export interface TurnView {
  readonly session: InterviewSession;
  readonly turn: InterviewTurn;
  /** From 0 among all turns, and as people count: without those that came to nothing. */
  readonly index: number;
  readonly number: number;
  readonly question: OpenQuestion;
  readonly topicTitle: string;
  /** For what a card promises before Discord has it. */
  readonly now: number;
  /** Members who are not named for what they did. */
  readonly hidden: HiddenMembers;
}

/** What cards are drawn with, besides the interview. */
export interface Drawing {
  readonly bank: Bank;
  readonly now: number;
  readonly hidden: HiddenMembers;
}

/** Undefined where there is no such turn, or the bank's question is another one now. */
export function viewTurn(
  session: InterviewSession,
  index: number,
  { bank, now, hidden }: Drawing,
): TurnView | undefined {
  const turn = session.turns[index];
  const question = turn && bank.get(turn.asked.questionId, turn.asked.rev);
  if (!turn || !isCurrent(question, turn.asked) || question.kind !== 'open') return undefined;
  const topicTitle = bank.titleOf(question.topic);
  return { session, turn, index, number: numberOf(session, index), question, topicTitle, now, hidden };
}

/** The member, unless they do not want to be named for what they did. */
export const named = (hidden: HiddenMembers, member: string): string =>
  hidden.has(member) ? nobody : member;

/** How people count turns, from 1. */
export const numberOf = ({ turns }: Pick<InterviewSession, 'turns'>, index: number): number =>
  turns.slice(0, index).filter(({ ended }) => ended !== 'void').length + 1;

/** Those who are here and are neither candidate nor interviewer. */
export const observersOf = (
  { people }: InterviewSession,
  { candidate, interviewer }: InterviewTurn,
): string[] => Object.keys(people).filter((id) => people[id]?.here && id !== candidate && id !== interviewer);

export interface Coverage {
  readonly covered: boolean;
  readonly ticks: number;
  readonly raters: number;
}

/**
 * Which key points an answer named: those that at least half of the others ticked; where no other rated it, those
 * that its author did.
 */
export function coverageOf(
  { points, sheets }: Pick<InterviewTurn, 'points' | 'sheets'>,
  of: string,
): Coverage[] {
  const all = sheets.filter((sheet) => sheet.of === of);
  const others = all.filter(({ by }) => by !== of);
  const counting = others.length > 0 ? others : all;
  return Array.from({ length: points }, (_, point) => {
    const ticks = ticksOf(counting, point);
    return { covered: ticks > 0 && ticks * 2 >= counting.length, ticks, raters: counting.length };
  });
}

const ticksOf = (sheets: readonly InterviewSheet[], point: number): number =>
  sheets.filter(({ points }) => points.includes(point)).length;

export const coveredCount = (coverage: readonly Coverage[]): number =>
  coverage.filter(({ covered }) => covered).length;

export const answerLetterAt = (index: number): string => 'ABCDEFGH'.charAt(index);
