import { bytesOf } from './bytes.js';

/** Rows of a segment: few enough to be rewritten at each append, many enough to read a million rows quickly. */
export const segmentRows = 128;
/** What an object takes for each character of its JSON, roughly. */
const bytesPerCharacter = 3;

/**
 * The last, unfinished segment of a log. It knows its rows as JSON from the first append on, so that a further one
 * takes no longer for many rows than for few.
 */
export class Tail<R> {
  readonly index: number;
  readonly rows: readonly R[];
  #text: string | undefined;

  constructor(index: number, rows: readonly R[] = [], text?: string) {
    this.index = index;
    this.rows = rows;
    this.#text = text;
  }

  /** Rows of the log up to its end. */
  get length(): number {
    return this.index * segmentRows + this.rows.length;
  }

  /** The segment as it is written. */
  get json(): string {
    return `[${this.#elements}]`;
  }

  /** Roughly, and without looking at the rows once there is a text: it is asked after every append. */
  get bytes(): number {
    return this.#text === undefined ? bytesOf(this.rows) : this.#text.length * (1 + bytesPerCharacter);
  }

  /** As many of these rows, from one on, as still go in, at the end. */
  with(rows: readonly R[], from: number): Tail<R> {
    const added = rows.slice(from, from + segmentRows - this.rows.length);
    const text = this.rows.length === 0 ? textOf(added) : `${this.#elements},${textOf(added)}`;
    return new Tail(this.index, [...this.rows, ...added], text);
  }

  /** The segment behind this one. */
  next(): Tail<R> {
    return new Tail(this.index + 1);
  }

  get #elements(): string {
    this.#text ??= textOf(this.rows);
    return this.#text;
  }
}

const textOf = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join();
