/** Answers of 10,000 people in the same instant, in one quiz. See {@link compare}. */
import { compare, multitude } from './presses.js';

await compare(1, [multitude, multitude]);
