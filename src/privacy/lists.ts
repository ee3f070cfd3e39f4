import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import { type ErasureMark, type ErasureRequest, marksRecord, requestsRecord } from './records.js';
import { type ErasureState, withMark } from './rules.js';

/** The shards that a process runs, and of how many. */
export interface OwnShards {
  readonly ids: readonly number[];
  readonly count: number;
}

/**
 * The lists of wishes and of what became of them: every process reads all of them and writes those of its shards. A
 * wish stands on the list of the first shard of the process that was asked.
 */
export class ErasureLists {
  readonly shards: OwnShards;
  readonly #memory: Memory;
  readonly #requests: HeldRecords<ErasureRequest[]>;
  readonly #marks: HeldRecords<ErasureMark[]>;

  constructor(memory: Memory, shards: OwnShards) {
    this.shards = shards;
    this.#memory = memory;
    const most = Math.max(1, shards.ids.length);
    this.#requests = new HeldRecords(memory, requestsRecord, most);
    this.#marks = new HeldRecords(memory, marksRecord, most);
  }

  /**
   * All wishes with what is said to them. The marks are read first: one that is there belongs to a wish that is there
   * then or has been dropped, never to one that comes later.
   */
  async read(): Promise<{ readonly states: ErasureState[]; readonly marked: ReadonlySet<string> }> {
    const ids = Array.from({ length: this.shards.count }, (_, shard) => this.#idOf(shard));
    const { store } = this.#memory;
    const marks = await store.getMany(marksRecord, ids);
    const requests = await store.getMany(requestsRecord, ids);
    const marksOf = (request: string) =>
      new Map(
        ids.flatMap((id, shard) => {
          const mark = marks.get(id)?.find((one) => one.request === request);
          return mark ? [[shard, mark] as const] : [];
        }),
      );
    const states = ids.flatMap((id, shard) =>
      (requests.get(id) ?? []).map((request) => ({ request, shard, marks: marksOf(request.id) })),
    );
    const own = this.shards.ids.flatMap((shard) => marks.get(this.#idOf(shard)) ?? []);
    return { states, marked: new Set(own.map(({ request }) => request)) };
  }

  async add(request: ErasureRequest): Promise<void> {
    await this.#requests.use(this.#idOf(this.#first), (list) => {
      const listed = list.value ?? [];
      if (!listed.some(({ id }) => id === request.id)) list.set([...listed, request]);
    });
  }

  async drop({ request, shard }: ErasureState): Promise<void> {
    await this.#requests.use(this.#idOf(shard), (list) => {
      const left = (list.value ?? []).filter(({ id }) => id !== request.id);
      if (left.length > 0) list.set(left);
      else list.remove();
    });
  }

  /** @param mayBeSet looked at in the moment of storing */
  async keep(request: string, mayBeSet: () => boolean): Promise<boolean> {
    return this.#marks.use(this.#idOf(this.#first), (marks) => {
      if (!mayBeSet()) return false;
      marks.set(withMark(marks.value ?? [], { request, kept: true }));
      return true;
    });
  }

  /** Says the same for all shards of this process. */
  async mark(mark: ErasureMark): Promise<void> {
    const ids = this.shards.ids.map((shard) => this.#idOf(shard));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#marks, ids)) slot.set(withMark(slot.value ?? [], mark));
    });
  }

  /** Takes marks off the lists of this process. */
  async unmark(gone: ReadonlySet<string>): Promise<void> {
    const ids = this.shards.ids.map((shard) => this.#idOf(shard));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#marks, ids)) {
        const left = (slot.value ?? []).filter(({ request }) => !gone.has(request));
        if (left.length === slot.value?.length) continue;
        if (left.length > 0) slot.set(left);
        else if (slot.value) slot.remove();
      }
    });
  }

  /**
   * Takes over the wishes that were listed for other numbers of shards, of which no process runs any more. For the
   * process that has shard 0. What was said to them is said anew.
   */
  async adopt(counts: readonly number[]): Promise<void> {
    if (!this.shards.ids.includes(0)) return;
    for (const count of counts) {
      if (count === this.shards.count) continue;
      const ids = Array.from({ length: count }, (_, shard) => `${count}/${shard}`);
      await this.#memory.use((change) => {
        const marks = change.all(this.#marks, ids);
        const kept = new Set(
          marks.flatMap(({ value = [] }) => value.filter((one) => one.kept).map(({ request }) => request)),
        );
        const own = change.at(this.#requests, this.#idOf(0));
        const old = change.all(this.#requests, ids);
        const taken = old.flatMap(({ value = [] }) => value).filter(({ id }) => !kept.has(id));
        if (taken.length > 0) own.set([...(own.value ?? []), ...taken]);
        for (const slot of [...marks, ...old]) if (slot.value) slot.remove();
      });
    }
  }

  get #first(): number {
    return this.shards.ids[0] ?? 0;
  }

  #idOf(shard: number): string {
    return `${this.shards.count}/${shard}`;
  }
}
