import { type InterviewHistory, pointsOf } from './history.js';
import { readinessLine } from './history-words.js';

/**
 * What mock interviews say of how ready somebody is, in a line of its own: what others tick is not mixed with right
 * and wrong. Undefined for somebody without feedback.
 */
export function interviewLine({ sessions, answers }: InterviewHistory): string | undefined {
  return answers.length === 0 ? undefined : readinessLine(sessions, pointsOf(answers));
}
