import { number } from './figures.js';

const unbroken = '\u00a0';

/** Words that no end of a line tears apart, e.g. `3 of 5`. */
export const tied = (words: string): string => words.replaceAll(' ', unbroken);

export interface PointsRow {
  /** Place or medal. */
  readonly mark: string;
  /** A mention, or what a team is called. */
  readonly who: string;
  readonly points: number;
  /** What stands below it in small print. */
  readonly small?: readonly string[];
}

/** `**1.**`. */
export const placeMark = (place: number): string => `**${number(place)}.**`;

/**
 * A row of a table of people: `**3.** @Ada · **1,250** points`, and small print below it. With a name of ten letters it
 * fits a line of a phone; a longer name wraps, and the points stay with their word.
 */
export function pointsRow({ mark, who, points, small = [] }: PointsRow): string {
  const word = points === 1 ? 'point' : 'points';
  const line = `${mark} ${who} · **${number(points)}**${unbroken}${word}`;
  return small.length === 0 ? line : `${line}\n-# ${small.join(' · ')}`;
}
