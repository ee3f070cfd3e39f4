import { z } from 'zod';
import { bytesOf } from '../store/bytes.js';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import { recordType, type Store } from '../store/store.js';
import type { Kind, Staging, Transaction } from '../store/transaction.js';
import { choose } from './bag.js';
import type { Bank } from './bank.js';
import { hash32 } from './hash.js';
import type { Filter, Question } from './question.js';

/**
 * A scope's askings are numbered from 1. For each question the number of its last asking is kept, in
 * {@link shares} records by a hash of the question's id, so that a draw rewrites a small part of them and a
 * question can move to another topic.
 */
const shares = 32;
const askedType = recordType('asked', z.record(z.string(), z.int().min(1)));

/** By who has it open, e.g. `card:123`: which question, and until when at the most. */
const openType = recordType(
  'open',
  z.record(z.string(), z.object({ question: z.string(), untilMs: z.int() })),
);

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

export interface Draw {
  /** A server's id, or `dm-<user>`. */
  readonly scope: string;
  readonly filter: Filter;
  /** Who asks it, unique in the scope, e.g. `quiz:<id>:<round>`; it has the question open until {@link Draws.close}. */
  readonly opener: string;
  readonly nowMs: number;
  /** When the opener counts as gone, should it never close. */
  readonly untilMs: number;
  /** Questions to draw from first, where they fit; the others come when none of these is left. */
  readonly preferred?: ReadonlySet<string> | undefined;
  /** True for quizzes: what stays in practice comes when nothing else is left. */
  readonly practiceLast?: boolean | undefined;
  /** The question asked before by the same asker: the next rung of its ladder comes first, where it fits. */
  readonly after?: string | undefined;
  /** Questions that are not drawn whatever is left. */
  readonly except?: ReadonlySet<string> | undefined;
}

/**
 * Chooses questions without repeats in a scope, until a filter's pool is used up; then the one asked longest ago.
 * A question that is open anywhere in the scope is not drawn: whoever answered it there would know the answer.
 */
export class Draws {
  readonly name = 'draws';
  readonly #bank: Bank;
  readonly #random: () => number;
  readonly #asked: { readonly kind: Kind<Asked, Staging<Asked>> };
  readonly #open: HeldRecords<z.infer<(typeof openType)['schema']>>;
  readonly #memory: Memory;
  #layout: Layout;

  constructor(parts: {
    readonly bank: Bank;
    readonly memory: Memory;
    readonly random: () => number;
  }) {
    const { bank, memory, random } = parts;
    this.#bank = bank;
    this.#random = random;
    this.#memory = memory;
    this.#layout = layoutOf(bank.all);
    const kind: Kind<Asked, Staging<Asked>> = {
      name: 'asked questions',
      load: (store, scopes) => Promise.all(scopes.map((scope) => this.#read(store, scope))),
      bytes: ({ last }) => bytesOf(last),
      slot: (staging) => staging,
    };
    this.#asked = { kind };
    this.#open = new HeldRecords(memory, openType);
    memory.hold(kind);
  }

  /** In a change: undefined when no question fits the filter, or all that fit are open. */
  draw(change: Transaction, draw: Draw): Question | undefined {
    const { scope, filter, opener, nowMs, untilMs, except = [] } = draw;
    const asked = change.at(this.#asked, scope);
    const { last } = this.#upToDate(asked.value);
    const list = change.at(this.#open, scope);
    const open = current(list.value ?? {}, nowMs);
    const unavailable = [...Object.values(open).map(({ question }) => question), ...except];
    const taken = new Set(unavailable.map((id) => this.#bank.position(id)));
    const isFree = (position: number): boolean => !taken.has(position);
    const pools = this.#pools(this.#bank.positions(filter), draw);
    const position = firstOf(pools, (pool) => choose(pool, last, this.#random, isFree));
    const question = this.#bank.all[position ?? -1];
    if (position === undefined || !question) return undefined;
    this.#mark(asked, position);
    list.set({ ...open, [opener]: { question: question.id, untilMs } });
    return question;
  }

  /** What is drawn from, one after the other, until a question is found. */
  *#pools(pool: Uint32Array, { preferred, practiceLast, after }: Draw): Generator<Uint32Array> {
    const those = (wanted: (question: Question) => boolean): Uint32Array =>
      pool.filter((position) => {
        const question = this.#bank.all[position];
        return question !== undefined && wanted(question);
      });
    const ladder = after === undefined ? undefined : this.#bank.get(after)?.ladder;
    if (ladder)
      yield those(
        (question) => question.ladder?.of === ladder.of && question.ladder.rung === ladder.rung + 1,
      );
    if (preferred) yield those(({ id }) => preferred.has(id));
    if (practiceLast) yield those(({ practiceOnly }) => practiceOnly !== true);
    yield pool;
  }

  /** In a change: the opener has shown its answer, or will never. */
  close(change: Transaction, scope: string, opener: string): void {
    const list = change.at(this.#open, scope);
    if (!list.value || !(opener in list.value)) return;
    const { [opener]: _, ...open } = list.value;
    if (Object.keys(open).length === 0) list.remove();
    else list.set(open);
  }

  /** In a change: whether somebody else in the scope has the question open, so that its answer must not be told. */
  isOpenElsewhere(
    change: Transaction,
    { scope, question, opener, nowMs }: { scope: string; question: string; opener: string; nowMs: number },
  ): boolean {
    const open = current(change.at(this.#open, scope).value ?? {}, nowMs);
    return Object.entries(open).some(([other, one]) => other !== opener && one.question === question);
  }

  /** Removes what a scope was asked, and what is open in it. */
  async forgetScope(scope: string): Promise<void> {
    await this.#memory.use((change) => {
      const { batch, apply } = change.at(this.#asked, scope);
      for (const id of recordIds(scope)) batch.remove(askedType, id);
      apply(() => this.#nothing());
      change.at(this.#open, scope).remove();
    });
  }

  #mark({ id, batch, apply }: Staging<Asked>, position: number): void {
    const share = this.#layout.shareOf[position] ?? 0;
    let marked: Asked | undefined;
    apply((value) => {
      marked = this.#upToDate(value);
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
  #upToDate(asked: Asked): Asked {
    if (asked.layout === this.#current()) return asked;
    const moved = { ...this.#nothing(), askings: asked.askings };
    for (const [before, { id }] of asked.layout.questions.entries()) {
      const position = this.#bank.position(id);
      if (position !== undefined) moved.last[position] = asked.last[before] ?? 0;
    }
    return moved;
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

type OpenList = z.infer<(typeof openType)['schema']>;

function firstOf<T, R>(all: Iterable<T>, find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without those whose opener is gone. */
const current = (open: OpenList, nowMs: number): OpenList =>
  Object.fromEntries(Object.entries(open).filter(([, { untilMs }]) => untilMs > nowMs));

const recordIds = (scope: string): string[] =>
  Array.from({ length: shares }, (_, share) => `${scope}/${share}`);
