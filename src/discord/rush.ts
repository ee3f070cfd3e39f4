/** From here on, to announce everybody's answer would take as long as to give it. */
const many = 1_000;
/** Answers are being given as long as there was one in so much time. */
const movingMs = 250;

/**
 * Whether so many interactions are under way that their answers come later only because there are so many. False also
 * for many of which none gets on, as when the database stands still: those wait for something else.
 * @param sinceAnsweredMs how long ago the last one was dealt with
 */
export const isRush = (underWay: number, sinceAnsweredMs: number): boolean =>
  underWay > many && sinceAnsweredMs <= movingMs;
