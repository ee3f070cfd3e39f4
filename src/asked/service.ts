import type { Level } from '../bank/question.js';
import { memberKey } from '../people/scope.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords, type RecordSlot } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { difficulty, noFirsts } from './difficulty.js';
import { everMissed, type Firsts, type History, hasMissed, isFirstTry, met, metBefore } from './history.js';
import { type MetPart, metByMember } from './member-data.js';
import type { AnswerOutcome, Occasion, OutcomeTaker } from './outcomes.js';
import {
  firstsRecord,
  firstsTopicsRecord,
  historyRecord,
  metMembersLog,
  metTopicsRecord,
  type OccasionRow,
  occasionsLog,
} from './records.js';

/**
 * The index of what was asked in each scope (a server, or `dm-<user>`): every asking, what each member met and
 * whether they were right, and how many were right at their first try.
 */
export class AskedIndex implements OutcomeTaker {
  readonly name = 'asked';
  readonly memberData = metByMember;
  readonly #histories: HeldRecords<History>;
  readonly #topics: HeldRecords<string[]>;
  readonly #members: HeldLogs<string>;
  readonly #firsts: HeldRecords<Record<string, Firsts>>;
  readonly #firstsTopics: HeldRecords<string[]>;
  readonly #occasions: HeldLogs<OccasionRow>;

  constructor(memory: Memory) {
    this.#histories = new HeldRecords(memory, historyRecord);
    this.#topics = new HeldRecords(memory, metTopicsRecord);
    this.#members = new HeldLogs(memory, metMembersLog);
    this.#firsts = new HeldRecords(memory, firstsRecord);
    this.#firstsTopics = new HeldRecords(memory, firstsTopicsRecord);
    this.#occasions = new HeldLogs(memory, occasionsLog);
  }

  look(change: Transaction, scope: string, { topic }: Occasion, outcomes: readonly AnswerOutcome[]): void {
    change.all(
      this.#histories,
      outcomes.map(({ member }) => historyId(scope, member, topic)),
    );
  }

  take(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void {
    const { topic } = occasion;
    const histories = change.all(
      this.#histories,
      outcomes.map(({ member }) => historyId(scope, member, topic)),
    );
    const firstTries: AnswerOutcome[] = [];
    const begun: string[] = [];
    for (const [index, slot] of histories.entries()) {
      const outcome = outcomes[index];
      if (!outcome) continue;
      const before = slot.value ?? {};
      if (slot.value === undefined) begun.push(outcome.member);
      if (isFirstTry(before, occasion, outcome)) firstTries.push(outcome);
      slot.set(met(before, occasion, outcome));
    }
    this.#list(change, scope, topic, begun);
    this.#countFirsts(change, scope, occasion, firstTries);
    change.at(this.#occasions, scope).append([rowOf(occasion, outcomes)]);
  }

  /** In a change: which of these members have ever answered a question wrong. */
  everMissed(
    change: Transaction,
    scope: string,
    { topic, question }: Pick<Occasion, 'topic' | 'question'>,
    members: readonly string[],
  ): Set<string> {
    const histories = change.all(
      this.#histories,
      members.map((member) => historyId(scope, member, topic)),
    );
    return new Set(
      members.filter((_, index) => {
        const known = metBefore(histories[index]?.value ?? {}, question);
        return known !== undefined && everMissed(known);
      }),
    );
  }

  /** In a change: the questions that some of these members have answered wrong, with the revision that they met. */
  missedIn(change: Transaction, scope: string, members: readonly string[]): Map<string, string> {
    const slots = change.all(
      this.#topics,
      members.map((member) => memberKey(scope, member)),
    );
    const ids = slots.flatMap(({ value: topics = [] }, index) =>
      topics.map((topic) => historyId(scope, members[index] ?? '', topic)),
    );
    const missed = new Map<string, string>();
    for (const { value: history = {} } of change.all(this.#histories, ids))
      for (const [question, one] of Object.entries(history))
        if (hasMissed(one)) missed.set(question, one.rev);
    return missed;
  }

  /** Everything that a member met, by question. */
  async history(scope: string, member: string): Promise<Map<string, History[string]>> {
    const topics = (await this.#topics.get(memberKey(scope, member))) ?? [];
    const ofTopics = await this.#histories.getMany(topics.map((topic) => historyId(scope, member, topic)));
    return new Map([...ofTopics.values()].flatMap((history) => Object.entries(history)));
  }

  /** How hard a question is for the members of a scope. See {@link difficulty}. */
  async difficulty(
    scope: string,
    { id, topic, level }: { readonly id: string; readonly topic: string; readonly level: Level },
  ): Promise<number> {
    const firsts = (await this.#firsts.get(topicId(scope, topic))) ?? {};
    return difficulty((Object.hasOwn(firsts, id) && firsts[id]) || noFirsts, level);
  }

  /** Every asking of a scope whose result is out, newest first. */
  occasions(scope: string): AsyncGenerator<OccasionRow> {
    return this.#occasions.newestFirst(scope);
  }

  /** What a scope's index has by now: its length, and by asking how many answers it took. */
  async told(scope: string): Promise<{ readonly length: number; readonly answered: Map<string, number> }> {
    const { length, end } = await this.#occasions.use(scope, (log) => ({ length: log.length, end: log.end }));
    const answered = new Map<string, number>();
    const take = (rows: readonly OccasionRow[]): void => {
      for (const row of rows) answered.set(row.id, (answered.get(row.id) ?? 0) + row.answered);
    };
    for await (const rows of this.#occasions.upTo(scope, end.segments)) take(rows);
    take(end.rows);
    return { length, answered };
  }

  /** In a change: the askings told of since the index had that length; undefined when they are too many to say. */
  toldSince(change: Transaction, scope: string, length: number): readonly OccasionRow[] | undefined {
    const log = change.at(this.#occasions, scope);
    const added = log.length - length;
    const { rows } = log.end;
    return added >= 0 && added <= rows.length ? rows.slice(rows.length - added) : undefined;
  }

  /** Removes everything of a scope. After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    for await (const members of this.#members.segments(scope))
      for (const member of members) await this.#forgetHistories(scope, member);
    await this.#members.use(scope, (log) => log.remove());
    await this.#occasions.use(scope, (log) => log.remove());
    await this.#firstsTopics.use(scope, (slot, change) => {
      const ids = (slot.value ?? []).map((topic) => topicId(scope, topic));
      for (const firsts of change.all(this.#firsts, ids)) firsts.remove();
    });
    // By which they are found: last, so that a kill in between leaves nothing that nobody finds.
    await this.#firstsTopics.use(scope, (slot) => slot.remove());
  }

  /** Removes what a member met; the counts of a scope name nobody, and stay. After a failure: once more. */
  async forgetMember(scope: string, forgotten: string): Promise<void> {
    await this.#forgetHistories(scope, forgotten);
    await this.#members.drop(scope, (member) => member === forgotten);
    // An answer of this moment may have begun anew, whose place on the list went with the old one.
    await this.#topics.use(memberKey(scope, forgotten), (slot, change) => {
      if (slot.value !== undefined) change.at(this.#members, scope).append([forgotten]);
    });
  }

  async exportMember(scope: string, member: string): Promise<MetPart | undefined> {
    const history = await this.history(scope, member);
    return history.size > 0 ? { questions: Object.fromEntries(history) } : undefined;
  }

  /** The list by which they are found goes after them: a kill in between leaves it, and all are removed once more. */
  async #forgetHistories(scope: string, member: string): Promise<void> {
    const id = memberKey(scope, member);
    const historiesIn = (topics: readonly string[] = []): string[] =>
      topics.map((topic) => historyId(scope, member, topic));
    await this.#topics.use(id, (slot, change) => {
      for (const history of change.all(this.#histories, historiesIn(slot.value))) history.remove();
    });
    await this.#topics.use(id, (slot, change) => {
      const topics = [...new Set(slot.value)];
      const histories = change.all(this.#histories, historiesIn(topics));
      // An answer of this moment may have begun one anew.
      const begun = topics.filter((_, index) => histories[index]?.value !== undefined);
      if (begun.length > 0) slot.set(begun);
      else slot.remove();
    });
  }

  /** Notes that members have a history of a topic, so that it is found again. */
  #list(change: Transaction, scope: string, topic: string, members: readonly string[]): void {
    const slots = change.all(
      this.#topics,
      members.map((member) => memberKey(scope, member)),
    );
    const isNew = (slot: RecordSlot<string[]>): boolean => slot.value === undefined;
    const joined = members.filter((_, index) => slots[index] && isNew(slots[index]));
    for (const slot of slots) slot.set([...(slot.value ?? []), topic]);
    if (joined.length > 0) change.at(this.#members, scope).append(joined);
  }

  #countFirsts(
    change: Transaction,
    scope: string,
    { topic, question }: Occasion,
    firstTries: readonly AnswerOutcome[],
  ): void {
    if (firstTries.length === 0) return;
    const slot = change.at(this.#firsts, topicId(scope, topic));
    const topics = change.at(this.#firstsTopics, scope);
    const before = slot.value ?? {};
    const { first, right } = (Object.hasOwn(before, question) && before[question]) || noFirsts;
    const counted = { first: first + firstTries.length, right: right + rightOf(firstTries) };
    if (slot.value === undefined) topics.set([...(topics.value ?? []), topic]);
    slot.set({ ...before, [question]: counted });
  }
}

const rightOf = (outcomes: readonly AnswerOutcome[]): number => outcomes.filter(({ right }) => right).length;

function rowOf({ id, where, question, rev, at }: Occasion, outcomes: readonly AnswerOutcome[]): OccasionRow {
  return { id, where, question, rev, at, answered: outcomes.length, right: rightOf(outcomes) };
}

const topicId = (scope: string, topic: string): string => `${scope}:${topic}`;
const historyId = (scope: string, member: string, topic: string): string =>
  `${memberKey(scope, member)}:${topic}`;
