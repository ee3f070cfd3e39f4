import { z } from 'zod';
import { Batch, recordType, type Store } from '../store/store.js';
import { choose } from './bag.js';
import type { Bank } from './bank.js';
import { hash32 } from './hash.js';
import type { Filter, Question } from './question.js';

/** Puts the memory that a question was asked into a batch; without it, a restart may bring the question again. */
export type Stage = (batch: Batch) => void;

/**
 * A scope's askings are numbered from 1. For each question the number of its last asking is kept, in
 * {@link shares} records by a hash of the question's id, so that a pick rewrites a small part of them and a
 * question can move to another topic.
 */
const shares = 32;
const askedType = recordType('asked', z.record(z.string(), z.int().min(1)));

/** What is held in memory: about four bytes for each question and scope. */
const mostCells = 4_000_000;

interface Memory {
  readonly lastAsked: Uint32Array;
  askings: number;
}

/**
 * Chooses questions without repeats in a scope, until a filter's pool is used up; then the one asked longest
 * ago. The choice is remembered at once, so that two picks of the same moment differ, and for ever when `stage`
 * is committed.
 */
export class Picker {
  readonly #bank: Bank;
  readonly #store: Store;
  readonly #shareOf: Uint8Array;
  /** Positions of the questions of each share. */
  readonly #shares: readonly (readonly number[])[];
  readonly #recent = new Map<string, Memory>();
  readonly #mostScopes: number;
  /** Every memory that somebody still holds, e.g. a write under way, so that a scope never has two. */
  readonly #held = new Map<string, WeakRef<Memory>>();
  readonly #released = new FinalizationRegistry<string>((scope) => {
    if (!this.#held.get(scope)?.deref()) this.#held.delete(scope);
  });
  readonly #loading = new Map<string, Promise<Memory>>();

  /** @param mostScopes scopes held in memory when nothing is under way; the others wait on the disk */
  constructor({ bank, store, mostScopes }: { bank: Bank; store: Store; mostScopes?: number }) {
    this.#bank = bank;
    this.#store = store;
    this.#mostScopes =
      mostScopes ?? Math.min(5_000, Math.max(50, Math.floor(mostCells / (bank.all.length + 1))));
    this.#shareOf = Uint8Array.from(bank.all, ({ id }) => hash32(id) % shares);
    const parts: number[][] = Array.from({ length: shares }, () => []);
    this.#shareOf.forEach((share, position) => {
      parts[share]?.push(position);
    });
    this.#shares = parts;
    store.onRollback(() => this.#forgetAll());
  }

  /** Undefined when no question fits the filter. */
  async pick(
    scope: string,
    filter: Filter,
    random: () => number,
  ): Promise<{ question: Question; stage: Stage } | undefined> {
    const { questions, stage } = await this.pickMany(scope, filter, 1, random);
    const [question] = questions;
    return question && { question, stage };
  }

  /** Distinct questions, as many as asked for or as the filter's pool has. */
  async pickMany(
    scope: string,
    filter: Filter,
    count: number,
    random: () => number,
  ): Promise<{ questions: readonly Question[]; stage: Stage }> {
    const memory = this.#recall(scope) ?? (await this.#load(scope));
    const pool = this.#bank.positions(filter);
    const positions: number[] = [];
    while (positions.length < Math.min(count, pool.length)) {
      const position = choose(pool, memory.lastAsked, random);
      if (position === undefined) break;
      mark(memory, position);
      positions.push(position);
    }
    const questions = positions.flatMap((position) => this.#bank.all[position] ?? []);
    return { questions, stage: (batch) => this.#stage(batch, scope, memory, positions) };
  }

  /** Forgets what a scope was asked. */
  remove(batch: Batch, scope: string): void {
    this.#recent.delete(scope);
    this.#held.delete(scope);
    for (const id of recordIds(scope)) batch.remove(askedType, id);
  }

  /** Removes what a scope was asked. */
  async forgetScope(scope: string): Promise<void> {
    const batch = new Batch();
    this.remove(batch, scope);
    await this.#store.commit(batch);
  }

  #stage(batch: Batch, scope: string, picked: Memory, positions: readonly number[]): void {
    // After a rollback the scope may have been read anew, without these picks.
    const memory = this.#recall(scope) ?? this.#remember(scope, picked);
    if (memory !== picked) for (const position of positions) mark(memory, position);
    for (const share of new Set(positions.map((position) => this.#shareOf[position] ?? 0))) {
      batch.put(askedType, recordId(scope, share), () => this.#record(memory, share));
    }
  }

  #record({ lastAsked }: Memory, share: number): Record<string, number> {
    const record: Record<string, number> = {};
    for (const position of this.#shares[share] ?? []) {
      const asking = lastAsked[position] ?? 0;
      const question = this.#bank.all[position];
      if (asking > 0 && question) record[question.id] = asking;
    }
    return record;
  }

  #recall(scope: string): Memory | undefined {
    const memory = this.#recent.get(scope) ?? this.#held.get(scope)?.deref();
    return memory && this.#remember(scope, memory);
  }

  #remember(scope: string, memory: Memory): Memory {
    this.#recent.delete(scope);
    this.#recent.set(scope, memory);
    if (this.#held.get(scope)?.deref() !== memory) {
      this.#held.set(scope, new WeakRef(memory));
      this.#released.register(memory, scope);
    }
    for (const longestIdle of this.#recent.keys()) {
      if (this.#recent.size <= this.#mostScopes) break;
      this.#recent.delete(longestIdle);
    }
    return memory;
  }

  async #load(scope: string): Promise<Memory> {
    const loading = this.#loading.get(scope) ?? this.#read(scope);
    this.#loading.set(scope, loading);
    try {
      const memory = await loading;
      return this.#recall(scope) ?? this.#remember(scope, memory);
    } finally {
      if (this.#loading.get(scope) === loading) this.#loading.delete(scope);
    }
  }

  async #read(scope: string): Promise<Memory> {
    const records = await this.#store.getMany(askedType, recordIds(scope));
    const memory: Memory = { lastAsked: new Uint32Array(this.#bank.all.length), askings: 0 };
    for (const record of records.values()) {
      for (const [id, asking] of Object.entries(record)) {
        memory.askings = Math.max(memory.askings, asking);
        const position = this.#bank.position(id);
        if (position !== undefined) memory.lastAsked[position] = asking;
      }
    }
    return memory;
  }

  #forgetAll(): void {
    this.#recent.clear();
    this.#held.clear();
    this.#loading.clear();
  }
}

const recordId = (scope: string, share: number): string => `${scope}/${share}`;
const recordIds = (scope: string): string[] =>
  Array.from({ length: shares }, (_, share) => recordId(scope, share));

function mark(memory: Memory, position: number): void {
  memory.askings += 1;
  memory.lastAsked[position] = memory.askings;
}
