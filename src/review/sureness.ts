import type { AnswerOutcome } from '../asked/outcomes.js';
import type { Reviewer } from './records.js';

/** A topic in which somebody was sure of answers that were wrong. */
export interface SureAndWrong {
  readonly topic: string;
  readonly wrong: number;
  /** All answers of the topic that they were sure of. */
  readonly sure: number;
}

/** A member's own judgement of their answers after one more. */
export function judged(
  sureness: Reviewer['sureness'],
  topic: string,
  { guess, right }: Pick<AnswerOutcome, 'guess' | 'right'>,
): Reviewer['sureness'] {
  if (!guess) return sureness;
  const ofTopic = (Object.hasOwn(sureness, topic) && sureness[topic]) || {};
  const [rightOnes, all] = ofTopic[guess] ?? [0, 0];
  return { ...sureness, [topic]: { ...ofTopic, [guess]: [rightOnes + (right ? 1 : 0), all + 1] } };
}

/** Topics with answers that were sure and wrong, most of them first. */
export function sureAndWrong({ sureness }: Pick<Reviewer, 'sureness'>): SureAndWrong[] {
  return Object.entries(sureness)
    .map(([topic, { sure: [right, all] = [0, 0] }]) => ({ topic, wrong: all - right, sure: all }))
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.wrong - a.wrong || (a.topic < b.topic ? -1 : 1));
}
