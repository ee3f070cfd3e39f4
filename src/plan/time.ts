/** Reading a question, answering it, and reading why: about a minute and a half. */
const minutesPerQuestion = 1.5;
/** What was met before goes twice as fast. */
const minutesPerReview = 0.75;
const mockQuestionMinutes = 10;
const mostMockQuestions = 3;
/** At most so many questions are due for review on one day. */
const mostReviews = 20;
/** The last practice interview is two days before the real one, others come weekly before it. */
const lastMock = { daysLeft: 2, everyDays: 7, next: 6 } as const;

/** What fits into one day of a plan. */
export interface DayRoom {
  /** New questions. */
  readonly questions: number;
  /** For which a third of the day is kept: what was missed today is due tomorrow. */
  readonly reviews: number;
  /** Questions of a practice interview; 0 on days without one. */
  readonly mock: number;
}

/**
 * @param daysLeft to the interview, from 1 on
 * @param length of the whole plan in days
 */
export function roomOf(minutes: number, daysLeft: number, length: number): DayRoom {
  const mock = isMockDay(daysLeft, length) ? mockQuestionsIn(minutes) : 0;
  const slots = Math.floor((minutes - mock * mockQuestionMinutes) / minutesPerQuestion);
  const kept = Math.min(mostReviews / 2, Math.floor(slots / 3));
  return { questions: slots - kept, reviews: 2 * kept, mock };
}

/** In the second half of a plan: two and six days before the interview, and every week before that. */
function isMockDay(daysLeft: number, length: number): boolean {
  if (2 * daysLeft > length) return false;
  const { daysLeft: last, next, everyDays } = lastMock;
  return daysLeft === last || (daysLeft >= next && (daysLeft - next) % everyDays === 0);
}

/** Practice interviews take ten minutes for each question; 0 where a day has less. */
const mockQuestionsIn = (minutes: number): number =>
  Math.min(mostMockQuestions, Math.floor(minutes / mockQuestionMinutes));

export interface Load {
  readonly questions: number;
  readonly reviews: number;
  readonly mock: number;
}

/** Minutes, with halves and quarters. */
export const minutesOf = ({ questions, reviews, mock }: Load): number =>
  questions * minutesPerQuestion + reviews * minutesPerReview + mock * mockQuestionMinutes;
