import type { Logger } from 'pino';
import { KeyvStore } from '../../src/store/keyv-store.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/store.js';
import { parseStoreUrl } from '../../src/store/url.js';

/** Decides which writes of a real SQLite file fail, and which wait. */
export class Disk {
  /** Whether a write of these keys fails; what it held is not on the disk then. */
  fails: (keys: readonly string[]) => boolean = () => false;
  /** Whether a reading of these keys fails. */
  failsRead: (keys: readonly string[]) => boolean = () => false;
  /** Resolves when a write of these keys may go on. */
  waits: (keys: readonly string[]) => Promise<void> = async () => {};
  /** Learns what each write that has not failed wrote, by key. */
  wrote: (values: ReadonlyMap<string, string>) => void = () => {};

  async open(path: string, log: Logger): Promise<Store> {
    const adapter = await openSqlite(parseStoreUrl(`sqlite://${path}`));
    const write = adapter.setMany.bind(adapter);
    adapter.setMany = async (entries) => {
      const keys = entries.map(({ key }) => key);
      await this.waits(keys);
      if (this.fails(keys)) throw new Error('the disk is full');
      await write(entries);
      this.wrote(new Map(entries.map(({ key, value }) => [key, String(value)])));
    };
    const read = adapter.getMany.bind(adapter);
    const readable = (keys: readonly string[]): void => {
      if (this.failsRead(keys)) throw new Error('the disk cannot be read');
    };
    adapter.getMany = async <Value>(keys: string[]) => {
      readable(keys);
      return read<Value>(keys);
    };
    const readOne = adapter.get.bind(adapter);
    adapter.get = async <Value>(key: string) => {
      readable([key]);
      return readOne<Value>(key);
    };
    return new KeyvStore(adapter, log);
  }
}
