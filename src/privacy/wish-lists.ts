import type { Shards } from '../discord/shards.js';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import {
  answersRecord,
  marksRecord,
  type PlaceData,
  type Wish,
  type WishMark,
  wishesRecord,
} from './records.js';
import { type WishState, withMark } from './rules.js';

/**
 * The lists of wishes and of what became of them: every process reads all of them and writes those of its shards. A
 * wish stands on the list of the first shard of the process that was asked.
 */
export class WishLists {
  readonly shards: Shards;
  readonly #memory: Memory;
  readonly #wishes: HeldRecords<Wish[]>;
  readonly #marks: HeldRecords<WishMark[]>;
  readonly #answers: HeldRecords<PlaceData[]>;

  constructor(memory: Memory, shards: Shards) {
    this.shards = shards;
    this.#memory = memory;
    this.#wishes = new HeldRecords(memory, wishesRecord);
    this.#marks = new HeldRecords(memory, marksRecord);
    this.#answers = new HeldRecords(memory, answersRecord);
  }

  /**
   * All wishes with what is said to them. The marks are read first: one that is there belongs to a wish that is there
   * then or has been dropped, never to one that comes later.
   */
  async read(): Promise<{ readonly states: WishState[]; readonly marked: ReadonlySet<string> }> {
    const ids = Array.from({ length: this.shards.count }, (_, shard) => this.#idOf(shard));
    const { store } = this.#memory;
    const marks = await store.getMany(marksRecord, ids);
    const wishes = await store.getMany(wishesRecord, ids);
    const marksOf = (wish: string) =>
      new Map(
        ids.flatMap((id, shard) => {
          const mark = marks.get(id)?.find((one) => one.wish === wish);
          return mark ? [[shard, mark] as const] : [];
        }),
      );
    const states = ids.flatMap((id, shard) =>
      (wishes.get(id) ?? []).map((wish) => ({ wish, shard, marks: marksOf(wish.id) })),
    );
    const own = this.shards.ids.flatMap((shard) => marks.get(this.#idOf(shard)) ?? []);
    return { states, marked: new Set(own.map(({ wish }) => wish)) };
  }

  async add(wish: Wish): Promise<void> {
    await this.#wishes.use(this.#idOf(this.first), (list) => {
      const listed = list.value ?? [];
      if (!listed.some(({ id }) => id === wish.id)) list.set([...listed, wish]);
    });
  }

  async drop({ wish, shard }: Pick<WishState, 'wish' | 'shard'>): Promise<void> {
    await this.#wishes.use(this.#idOf(shard), (list) => {
      const left = (list.value ?? []).filter(({ id }) => id !== wish.id);
      if (left.length > 0) list.set(left);
      else list.remove();
    });
  }

  /** @param mayBeSet looked at in the moment of storing */
  async keep(wish: string, mayBeSet: () => boolean): Promise<boolean> {
    return this.#marks.use(this.#idOf(this.first), (marks) => {
      if (!mayBeSet()) return false;
      marks.set(withMark(marks.value ?? [], { wish, kept: true }));
      return true;
    });
  }

  /** Says the same for all shards of this process. */
  async mark(mark: WishMark): Promise<void> {
    const ids = this.shards.ids.map((shard) => this.#idOf(shard));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#marks, ids)) slot.set(withMark(slot.value ?? [], mark));
    });
  }

  /** What this process has to tell to a wish; it must be marked already, so that it is found to be removed. */
  async answer(wish: string, data: PlaceData[]): Promise<void> {
    await this.#answers.use(this.#answerOf(wish, this.first), (answer) => answer.set(data));
  }

  /** What all processes have told. */
  async answersTo(wish: string): Promise<PlaceData[]> {
    const ids = Array.from({ length: this.shards.count }, (_, shard) => this.#answerOf(wish, shard));
    const found = await this.#memory.store.getMany(answersRecord, ids);
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Takes marks off the lists of this process, and what it told. */
  async unmark(gone: ReadonlySet<string>): Promise<void> {
    const ids = this.shards.ids.map((shard) => this.#idOf(shard));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#marks, ids)) {
        const left = (slot.value ?? []).filter(({ wish }) => !gone.has(wish));
        if (left.length === slot.value?.length) continue;
        if (left.length > 0) slot.set(left);
        else if (slot.value) slot.remove();
      }
      for (const wish of gone) change.at(this.#answers, this.#answerOf(wish, this.first)).remove();
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
          marks.flatMap(({ value = [] }) => value.filter((one) => one.kept).map(({ wish }) => wish)),
        );
        const own = change.at(this.#wishes, this.#idOf(0));
        const old = change.all(this.#wishes, ids);
        const taken = old.flatMap(({ value = [] }) => value).filter(({ id }) => !kept.has(id));
        if (taken.length > 0) own.set([...(own.value ?? []), ...taken]);
        for (const slot of [...marks, ...old]) if (slot.value) slot.remove();
      });
    }
  }

  /** The shard of this process whose list takes what it is asked. */
  get first(): number {
    return this.shards.ids[0] ?? 0;
  }

  #answerOf(wish: string, shard: number): string {
    return `${wish}/${this.#idOf(shard)}`;
  }

  #idOf(shard: number): string {
    return `${this.shards.count}/${shard}`;
  }
}
