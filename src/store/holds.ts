import type { Logger } from 'pino';
import type { Store } from './store.js';

/** The right to write what belongs to one shard; the database gives it to one process at a time. */
export interface Hold {
  readonly shard: number;
  /** Resolves, with the reason, when the right is gone without having been given back. Nothing is written from then on. */
  readonly lost: Promise<Error>;
  /** True while the right is there beyond doubt, by what the database said last. */
  isSure(): boolean;
  /** A store whose writes the database takes only while the right is there. What was read under another is not in it. */
  open(log: Logger, wrote?: (durationMs: number) => void): Promise<Store>;
  /** Gives the right back. Close the store before. Never rejects. */
  release(): Promise<void>;
}

/** How the shards are spread among the processes on one database, at a moment. */
export interface HoldsView {
  /** Shards that some process runs. */
  readonly held: ReadonlySet<number>;
  /** Shards that a process waits for because they are its own. */
  readonly claimed: ReadonlySet<number>;
  /** Of how many shards they are; more than one number only for a moment. */
  readonly counts: readonly number[];
  /** For how many more milliseconds a shard should not identify, because it has done so too often. */
  readonly restingMs: ReadonlyMap<number, number>;
}

/** Rejected with by {@link Holds.take} when the processes on the database do not agree on the number of shards. */
export class ShardCountError extends Error {
  override readonly name = 'ShardCountError';

  /** @param running of how many shards those are that other processes run */
  constructor(wanted: number, running: number) {
    super(
      `Other processes on this database run shards of ${running}, this one is to run shards of ${wanted}. Stop them first, or set SHARD_COUNT=${running}.`,
    );
  }
}

/** Who writes what, held by the database itself for all processes on it. */
export interface Holds {
  view(): Promise<HoldsView>;
  /**
   * Takes a shard; undefined when another process has it.
   * @throws ShardCountError when others run shards of another number
   */
  take(shard: number, count: number): Promise<Hold | undefined>;
  /** Tells the others which of their shards this process waits for, in place of those of the call before. */
  claim(shards: ReadonlySet<number>): Promise<void>;
  /**
   * Asks for leave to identify: one shard of a bucket in five seconds, whatever process it is in.
   * @returns 0 when it is given, or how many milliseconds to wait before asking again
   */
  identify(shard: number, bucket: number): Promise<number>;
  close(): Promise<void>;
}
