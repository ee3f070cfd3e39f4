/** Told of each answer that was stored. */
export interface AnswerMetrics {
  answer(feature: 'quiz' | 'daily' | 'practice'): void;
}

/** What was promised for a time. */
export type Promised = 'round opened' | 'round closed' | 'daily';

/** Told how much later than it was due Discord had taken something. */
export interface LatenessMetrics {
  late(what: Promised, lateMs: number): void;
}
