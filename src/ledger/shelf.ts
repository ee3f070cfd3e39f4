import { LRUCache } from 'lru-cache';
import type { HeldBoard } from './held-board.js';

/** What an empty board weighs in memory (8 KB), in members. */
const emptyWeight = 200;

/** The boards in memory, of all servers: those used longest ago go when together they hold too many members. */
export class Shelf {
  readonly #drops: LRUCache<HeldBoard, () => void>;

  constructor(mostMembers: number) {
    this.#drops = new LRUCache({
      maxSize: mostMembers,
      sizeCalculation: (_, { board }) => board.size + emptyWeight,
      dispose: (drop, _, reason) => {
        if (reason === 'evict') drop();
      },
    });
  }

  /** Says that a board is used, as large as it is now, and how to let go of it. */
  put(held: HeldBoard, drop: () => void): void {
    this.#drops.set(held, drop);
  }
}
