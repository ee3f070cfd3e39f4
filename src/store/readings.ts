import type { Store } from './store.js';
import { type Entry, keyOf, type Missing, type Source } from './transaction.js';

/** A reading under way, for which others may wait as well. */
interface Reading {
  readonly entries: Promise<readonly Entry[]>;
  readonly keys: readonly string[];
  waiting: number;
}

/** Reads things into memory, each once however many ask for it at the same time. */
export class Readings {
  readonly #store: Store;
  readonly #arrived: (entry: Entry) => void;
  readonly #underWay = new Map<string, Reading>();
  #distrusted = 0;

  /** @param arrived takes a thing into memory, with the pins of all who wait for it */
  constructor(store: Store, arrived: (entry: Entry) => void) {
    this.#store = store;
    this.#arrived = arrived;
  }

  /** What is read while a write fails may be of before or after it: it is left, and whoever wants it asks again. */
  distrust(): void {
    this.#distrusted++;
  }

  /** Reads what is missing, and pins it: it stays until whoever asked for it has decided. */
  async read(missing: Iterable<Missing>, pinned: Set<Entry>): Promise<void> {
    const bySource = new Map<Source, string[]>();
    const readings = new Set<Reading>();
    const wanted = new Set<string>();
    for (const { source, id } of missing) {
      const key = keyOf(source, id);
      wanted.add(key);
      const underWay = this.#underWay.get(key);
      const ids = bySource.get(source);
      if (underWay) readings.add(underWay);
      else if (ids) ids.push(id);
      else bySource.set(source, [id]);
    }
    for (const [source, ids] of bySource) readings.add(this.#load(source, ids));
    for (const reading of readings) reading.waiting++;
    const all = [...readings];
    // All of them, also when one fails: what arrived is pinned for us and has to be let go.
    const arrivals = await Promise.allSettled(all.map(({ entries }) => entries));
    for (const arrival of arrivals)
      if (arrival.status === 'fulfilled') for (const entry of arrival.value) pinned.add(entry);
    for (const [index, arrival] of arrivals.entries()) {
      // Where others asked for more, that may be what could not be read: ours is read again by itself then.
      const isAllOurs = all[index]?.keys.every((key) => wanted.has(key));
      if (arrival.status === 'rejected' && isAllOurs) throw arrival.reason;
    }
  }

  #load(source: Source, ids: readonly string[]): Reading {
    const before = this.#distrusted;
    const keys = ids.map((id) => keyOf(source, id));
    const arrived = (values: readonly unknown[]): Entry[] => {
      if (this.#distrusted !== before) return [];
      return ids.map((id, index) => {
        const entry = { source, id, value: values[index], pins: reading.waiting, pending: undefined };
        this.#arrived(entry);
        return entry;
      });
    };
    const entries = source
      .load(this.#store, ids)
      .then(arrived)
      .finally(() => {
        for (const key of keys) this.#underWay.delete(key);
      });
    const reading = { entries, keys, waiting: 0 };
    for (const key of keys) this.#underWay.set(key, reading);
    return reading;
  }
}
