import { z } from 'zod';
import { bytesOf } from '../store/bytes.js';
import type { Memory } from '../store/held.js';
import { recordType, type Store } from '../store/store.js';
import type { Kind, Staging } from '../store/transaction.js';
import type { Bank } from './bank.js';
import { hash32 } from './hash.js';
import type { Question } from './question.js';

/**
 * A scope's askings are numbered from 1. For each question the number of its last asking is kept, in
 * {@link shares} records by a hash of the question's id, so that a draw rewrites a small part of them and a
 * question can move to another topic.
 */
const shares = 32;
const askedType = recordType('asked', z.record(z.string(), z.int().min(1)));

/** The questions of a bank as they stood at one time, in its order. */
interface Layout {
  readonly questions: readonly Question[];
  readonly shareOf: Uint8Array;
  /** Positions of the questions of each share. */
  readonly shares: readonly (readonly number[])[];
}

/** By position in the bank: the number of the asking at which a question last came, 0 for never. */
interface Asked {
  /** Of which bank the positions are. */
  readonly layout: Layout;
  readonly last: Uint32Array;
  askings: number;
}

/** What was asked in each scope, and in which order. */
export class AskedQuestions {
  readonly kind: Kind<Asked, Staging<Asked>> = {
    name: 'asked questions',
    load: (store, scopes) => Promise.all(scopes.map((scope) => this.#read(store, scope))),
    bytes: ({ last }) => bytesOf(last),
    slot: (staging) => staging,
  };
  readonly #bank: Bank;
  #layout: Layout;

  constructor(bank: Bank, memory: Memory) {
    this.#bank = bank;
    this.#layout = layoutOf(bank.all);
    memory.hold(this.kind);
  }

  /** In a change: the question at that position is asked now. */
  mark(staging: Staging<Asked>, position: number): void {
    const { id, batch } = staging;
    const share = this.#layout.shareOf[position] ?? 0;
    let marked: Asked | undefined;
    staging.apply((value) => {
      marked = this.upToDate(value);
      marked.askings += 1;
      marked.last[position] = marked.askings;
      return marked;
    });
    batch.put(askedType, `${id}/${share}`, () => (marked ? recordOf(marked, share) : {}));
  }

  #current(): Layout {
    if (this.#layout.questions !== this.#bank.all) this.#layout = layoutOf(this.#bank.all);
    return this.#layout;
  }

  /** As it is where the bank has stayed the same, else with its questions where they stand now. */
  upToDate(asked: Asked): Asked {
    if (asked.layout === this.#current()) return asked;
    const moved = { ...this.#nothing(), askings: asked.askings };
    for (const [before, { id }] of asked.layout.questions.entries()) {
      const position = this.#bank.position(id);
      if (position !== undefined) moved.last[position] = asked.last[before] ?? 0;
    }
    return moved;
  }

  /** In a change: nothing was asked in the scope. */
  forget(staging: Staging<Asked>): void {
    const { id, batch } = staging;
    for (const record of recordIds(id)) batch.remove(askedType, record);
    staging.apply(() => this.#nothing());
  }

  async #read(store: Store, scope: string): Promise<Asked> {
    const records = await store.getMany(askedType, recordIds(scope));
    const asked = this.#nothing();
    for (const record of records.values()) {
      for (const [id, asking] of Object.entries(record)) {
        asked.askings = Math.max(asked.askings, asking);
        const position = this.#bank.position(id);
        if (position !== undefined) asked.last[position] = asking;
      }
    }
    return asked;
  }

  #nothing(): Asked {
    return { layout: this.#current(), last: new Uint32Array(this.#bank.all.length), askings: 0 };
  }
}

function layoutOf(questions: readonly Question[]): Layout {
  const shareOf = Uint8Array.from(questions, ({ id }) => hash32(id) % shares);
  const positions: number[][] = Array.from({ length: shares }, () => []);
  shareOf.forEach((share, position) => {
    positions[share]?.push(position);
  });
  return { questions, shareOf, shares: positions };
}

function recordOf({ last, layout }: Asked, share: number): Record<string, number> {
  const record: Record<string, number> = {};
  for (const position of layout.shares[share] ?? []) {
    const asking = last[position] ?? 0;
    const question = layout.questions[position];
    if (asking > 0 && question) record[question.id] = asking;
  }
  return record;
}

const recordIds = (scope: string): string[] =>
  Array.from({ length: shares }, (_, share) => `${scope}/${share}`);
