/** Answers of 2,000 people in 20 quizzes, and in one. See {@link compare}. */
import { answers, compare, steady } from './presses.js';

/** Rounds that count, of each kind: the machines that this runs on are noisy. */
const measured = 5;

await compare(20, [answers, ...Array.from({ length: measured }, () => [steady, answers]).flat()]);
await compare(1, [answers, ...Array.from({ length: measured }, () => answers)]);
