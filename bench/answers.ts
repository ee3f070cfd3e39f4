/** Answers of 2,000 people in 20 quizzes, and in one. See {@link compare}. */
import { answers, compare, steady } from './presses.js';

await compare(20, [answers, steady, answers, steady, answers, steady, answers]);
await compare(1, [answers, answers, answers, answers]);
