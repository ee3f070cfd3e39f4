import type { HiddenMembers } from '../people/hidden.js';
import type { Board, BoardLine } from './board.js';

interface HiddenPlace {
  readonly place: number;
  readonly points: number;
}

/**
 * A board as it is without its hidden members, but for the reader if they are one: everybody else moves up, so that
 * no gap tells of them. Costs some look-ups for each hidden member.
 */
export class VisibleBoard {
  readonly #board: Board;
  /** Places on the whole board from 0, in order, and points. */
  readonly #hidden: readonly HiddenPlace[];

  /** @param reader who may see their own line, though nobody else does */
  constructor(board: Board, hidden: HiddenMembers, reader?: string) {
    this.#board = board;
    this.#hidden = hidden.size === 0 ? [] : placesOf(board, hidden, reader);
  }

  get size(): number {
    return this.#board.size - this.#hidden.length;
  }

  /** The member's line; undefined for somebody who never answered. */
  standing(member: string): BoardLine | undefined {
    const line = this.#board.standing(member);
    return line && this.#closedUp(line);
  }

  /** At which place from 0 a member's line stands who is to be seen. */
  placeOf(member: string): number | undefined {
    const place = this.#board.placeOf(member);
    return place === undefined ? undefined : place - this.#hidden.filter((one) => one.place < place).length;
  }

  /** Up to `count` lines from a place on. */
  slice(start: number, count: number): BoardLine[] {
    if (this.#hidden.length === 0) return this.#board.slice(start, count);
    let place = start;
    for (const one of this.#hidden) if (one.place <= place) place++;
    const places = new Set(this.#hidden.map((one) => one.place));
    const found: BoardLine[] = [];
    while (found.length < count) {
      const lines = this.#board.slice(place, count);
      for (const [index, line] of lines.entries())
        if (!places.has(place + index) && found.length < count) found.push(this.#closedUp(line));
      if (lines.length < count) break;
      place += count;
    }
    return found;
  }

  #closedUp(line: BoardLine): BoardLine {
    const ahead = this.#hidden.filter(({ points }) => points > line.points).length;
    return ahead === 0 ? line : { ...line, rank: line.rank - ahead };
  }
}

function placesOf(board: Board, hidden: HiddenMembers, reader: string | undefined): HiddenPlace[] {
  return [...hidden]
    .filter((member) => member !== reader)
    .flatMap((member) => {
      const place = board.placeOf(member);
      const line = place === undefined ? undefined : board.standing(member);
      return place === undefined || !line ? [] : [{ place, points: line.points }];
    })
    .sort((a, b) => a.place - b.place);
}
