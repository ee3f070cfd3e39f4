import type { KeyvStoreAdapter } from 'keyv';
import type { Logger } from 'pino';
import { expect } from 'vitest';
import type { Memory } from '../../src/store/held.js';
import { KeyvStore } from '../../src/store/keyv-store.js';
import type { Store } from '../../src/store/store.js';
import { same } from './same.js';

/** A database in memory whose next writes and reads can be told to fail, and which takes its time. */
export class FlakyDatabase {
  readonly rows = new Map<string, unknown>();
  /** Whether this write, or this read of keys, fails. */
  failsWrite: (keys: readonly string[]) => boolean = () => false;
  failsRead: (keys: readonly string[]) => boolean = () => false;
  /** Whether what was removed cannot be tidied away, as when the process is killed before it: husks are left. */
  failsTidying: (keys: readonly string[]) => boolean = () => false;
  /** Turns of the event loop that each call takes. */
  turns: () => number = () => 1;

  /** The same data as a process that starts finds it. */
  open(log: Logger): Store {
    return new KeyvStore(this.#adapter(), log);
  }

  #adapter(): KeyvStoreAdapter {
    const wait = async (): Promise<void> => {
      for (let turn = this.turns(); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    };
    const read = async (keys: readonly string[]): Promise<unknown[]> => {
      await wait();
      if (this.failsRead(keys)) throw new Error('the disk cannot be read');
      return keys.map((key) => this.rows.get(key));
    };
    const adapter = {
      opts: {},
      get: async (key: string) => (await read([key]))[0],
      getMany: (keys: string[]) => read(keys),
      setMany: async (entries: { key: string; value: unknown }[]) => {
        await wait();
        if (this.failsWrite(entries.map(({ key }) => key))) throw new Error('the disk is full');
        for (const { key, value } of entries) this.rows.set(key, value);
      },
      set: async (key: string, value: unknown) => void this.rows.set(key, value),
      delete: async (key: string) => this.rows.delete(key),
      deleteMany: async (keys: string[]) => {
        await wait();
        if (this.failsTidying(keys)) throw new Error('the process is dead');
        for (const key of keys) this.rows.delete(key);
        return true;
      },
      clear: async () => this.rows.clear(),
      disconnect: async () => {},
      on: () => adapter,
    };
    return adapter as unknown as KeyvStoreAdapter;
  }
}

/** Holds everything that lies in memory against what the disk says. */
export async function expectMemoryIsDisk(memory: Memory): Promise<void> {
  for (const { source, id, value } of memory.settled()) {
    const [stored] = await source.load(memory.store, [id]);
    same(withoutBoards(value), withoutBoards(stored), `${source.name} ${id}`);
  }
}

/** Boards and the last pairs of a ledger are made on demand, so they differ between a log held long and a new one. */
function withoutBoards(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('index' in value)) return value;
  const { index, ...rest } = value;
  const isLedger = typeof index === 'object' && index !== null && 'boards' in index;
  return isLedger ? rest : value;
}

/**
 * Fails when the event loop does not turn for so long while the process works: something spins in microtasks. A machine
 * that is busy with other things is no fault.
 * @returns ends the watch
 */
export function watchTurns(longestMs = 1_000): () => void {
  let last = process.cpuUsage();
  let longest = 0;
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.cpuUsage();
  }, 20);
  return () => {
    clearInterval(timer);
    expect(longest, 'the event loop stood still').toBeLessThan(longestMs);
  };
}
