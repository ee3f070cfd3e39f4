import type { Memory } from './held.js';
import { HeldRecords } from './records.js';
import type { RecordType } from './store.js';

/** Things that are looked at together. */
const lotSize = 500;

/** Says of many things, with one look, in which there may be something to do; undefined where each has to be tried. */
export type Look = ((ids: readonly string[]) => Promise<readonly string[]>) | undefined;

/** For which things a work is done that each of them needs once, e.g. servers: a record for each says so. */
export class DoneOnce<T> {
  readonly #memory: Memory;
  readonly #marks: HeldRecords<T>;
  readonly #value: () => T;

  /** @param value what the record of a thing says when it is done */
  constructor(memory: Memory, type: RecordType<T>, value: () => T) {
    this.#memory = memory;
    this.#marks = new HeldRecords(memory, type);
    this.#value = value;
  }

  /**
   * In several lots, those that are not done and in which there may be something to do, by any of the looks. Where no
   * look finds anything, the work is done thereby.
   */
  async *left(ids: readonly string[], looks: readonly Look[]): AsyncGenerator<readonly string[]> {
    for (let start = 0; start < ids.length; start += lotSize) {
      const some = ids.slice(start, start + lotSize);
      const marked = await this.#marks.present(some);
      const open = some.filter((id) => !marked.has(id));
      if (open.length > 0) yield await this.#worthwhile(open, looks);
    }
  }

  async isDone(id: string): Promise<boolean> {
    return (await this.#marks.get(id)) !== undefined;
  }

  mark(id: string): Promise<void> {
    return this.#marks.use(id, (slot) => slot.set(this.#value()));
  }

  forget(id: string): Promise<void> {
    return this.#marks.use(id, (slot) => slot.remove());
  }

  async #worthwhile(ids: readonly string[], looks: readonly Look[]): Promise<readonly string[]> {
    const found = new Set((await Promise.all(looks.map((look) => look?.(ids) ?? ids))).flat());
    const others = ids.filter((id) => !found.has(id));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#marks, others)) slot.set(this.#value());
    });
    return [...found];
  }
}
