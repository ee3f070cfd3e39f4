import type { Asked } from '../asking/asked.js';
import type { Question } from '../bank/question.js';

/** The question of a round, as the bank has it. */
export interface RoundView {
  readonly question: Question;
  readonly topicTitle: string;
  readonly round: number;
}

/** A round's question as it was put. */
export interface AskedQuestion {
  readonly question: Question;
  readonly asked: Asked;
}
