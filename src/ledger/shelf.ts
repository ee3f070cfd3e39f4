import type { HeldBoard } from './held-board.js';

/** What an empty board weighs, in members. */
const emptyWeight = 50;

/** The boards in memory, of all servers: those used longest ago go when together they hold too many members. */
export class Shelf {
  readonly #drops = new Map<HeldBoard, () => void>();

  readonly #mostMembers: number;

  constructor(mostMembers: number) {
    this.#mostMembers = mostMembers;
  }

  /** Says that a board is used, and how to let go of it. */
  use(held: HeldBoard, drop: () => void): void {
    this.#drops.delete(held);
    this.#drops.set(held, drop);
  }

  /** Lets go of what is too much, but never of the board used last. */
  trim(): void {
    let members = 0;
    for (const { board } of this.#drops.keys()) members += board.size + emptyWeight;
    for (const [held, drop] of this.#drops) {
      if (members <= this.#mostMembers || this.#drops.size === 1) return;
      members -= held.board.size + emptyWeight;
      this.#drops.delete(held);
      drop();
    }
  }
}
