import { decode, unwrap } from '../../src/store/record.js';
import type { Rows } from '../../src/store/rows.js';
import { type Batch, type RecordType, type Store, StoreError } from '../../src/store/store.js';

/** Rows as a store that is only read: what is damaged stays where it is, and is told. */
export class RowsStore implements Store {
  /** Keys of damaged records that were read, with what is wrong with them. */
  readonly damaged = new Map<string, string>();
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  async get<T>(type: RecordType<T>, id: string): Promise<T | undefined> {
    return (await this.getMany(type, [id])).get(id);
  }

  async getMany<T>(type: RecordType<T>, ids: readonly string[]): Promise<Map<string, T>> {
    const texts = await this.#rows.get(ids.map((id) => `${type.name}:${id}`));
    const found = new Map<string, T>();
    for (const id of ids) {
      const key = `${type.name}:${id}`;
      const text = texts.get(key);
      if (text === undefined) continue;
      const record = decode(type, unwrap(text).value);
      if (record.state === 'present') found.set(id, record.value);
      else if (record.state === 'damaged') this.damaged.set(key, record.reason);
      else if (record.state === 'newer')
        throw new StoreError(`${key} was written by a newer version of the bot. Run that version's audit.`);
    }
    return found;
  }

  commit(_batch: Batch): Promise<void> {
    return Promise.reject(new StoreError('These records are only read.', { fault: 'write' }));
  }

  onRollback(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}
}
