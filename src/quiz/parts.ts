import type { AnswerMetrics, LatenessMetrics } from '../asking/answer-metrics.js';
import type { Parts } from '../asking/parts.js';
import type { QuizSourcesParts } from './sources.js';

export interface QuizMetrics extends AnswerMetrics, LatenessMetrics {
  /** How many quizzes are running now. */
  games(running: number): void;
}

/** What the quiz takes of the program. */
export interface QuizParts extends Parts, Pick<QuizSourcesParts, 'unrevealed'> {
  readonly metrics: QuizMetrics;
}
