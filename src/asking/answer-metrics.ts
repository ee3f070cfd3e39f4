/** Told of each answer that was stored. */
export interface AnswerMetrics {
  answer(feature: 'quiz' | 'daily' | 'practice'): void;
}
