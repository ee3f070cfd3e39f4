import { z } from 'zod';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import { recordType } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';
import { AskedQuestions } from './asked-questions.js';
import { choose } from './bag.js';
import type { Bank } from './bank.js';
import type { Filter, Question } from './question.js';

/** By who has it open, e.g. `card:123`: which question, and until when at the most. */
const openType = recordType(
  'open',
  z.record(z.string(), z.object({ question: z.string(), untilMs: z.int() })),
);

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
  readonly #asked: AskedQuestions;
  readonly #open: HeldRecords<z.infer<(typeof openType)['schema']>>;
  readonly #memory: Memory;

  constructor(parts: {
    readonly bank: Bank;
    readonly memory: Memory;
    readonly random: () => number;
  }) {
    const { bank, memory, random } = parts;
    this.#bank = bank;
    this.#random = random;
    this.#memory = memory;
    this.#asked = new AskedQuestions(bank, memory);
    this.#open = new HeldRecords(memory, openType);
  }

  /** In a change: undefined when no question fits the filter, or all that fit are open. */
  draw(change: Transaction, draw: Draw): Question | undefined {
    const { scope, filter, opener, nowMs, untilMs, except = [] } = draw;
    const asked = change.at(this.#asked, scope);
    const { last } = this.#asked.upToDate(asked.value);
    const list = change.at(this.#open, scope);
    const open = current(list.value ?? {}, nowMs);
    const unavailable = [...Object.values(open).map(({ question }) => question), ...except];
    const taken = new Set(unavailable.map((id) => this.#bank.position(id)));
    const isFree = (position: number): boolean => !taken.has(position);
    const pools = this.#pools(this.#bank.positions(filter), draw);
    const position = firstOf(pools, (pool) => choose(pool, last, this.#random, isFree));
    const question = this.#bank.all[position ?? -1];
    if (position === undefined || !question) return undefined;
    this.#asked.mark(asked, position);
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
      this.#asked.forget(change.at(this.#asked, scope));
      change.at(this.#open, scope).remove();
    });
  }
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
