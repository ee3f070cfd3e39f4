import type { Memory } from '../store/held.js';
import type { LogType } from '../store/log-segments.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords, type RecordSlot } from '../store/records.js';
import type { RecordType } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';
import { memberKey } from './scope.js';

/** One record for each member of a scope, and by scope the list of who has one, by which all of them are found. */
export class MemberRecords<T> {
  readonly #memory: Memory;
  readonly #records: HeldRecords<T>;
  readonly #members: HeldLogs<string>;

  constructor(memory: Memory, type: RecordType<T>, list: LogType<string>) {
    this.#memory = memory;
    this.#records = new HeldRecords(memory, type);
    this.#members = new HeldLogs(memory, list);
  }

  get(scope: string, member: string): Promise<T | undefined> {
    return this.#records.get(memberKey(scope, member));
  }

  /** Runs a change of a member's record. Whoever sets one that was not there lists its member: see {@link list}. */
  use<R>(
    scope: string,
    member: string,
    change: (slot: RecordSlot<T>, transaction: Transaction) => R,
  ): Promise<R> {
    return this.#records.use(memberKey(scope, member), change);
  }

  /** In a change: the records of some members, in their order. */
  in(change: Transaction, scope: string, members: readonly string[]): RecordSlot<T>[] {
    return change.all(
      this.#records,
      members.map((member) => memberKey(scope, member)),
    );
  }

  /** In a change: notes who has a record from now on. */
  list(change: Transaction, scope: string, members: readonly string[]): void {
    if (members.length > 0) change.at(this.#members, scope).append(members);
  }

  /** Everybody who has a record in a scope. */
  membersOf(scope: string): AsyncGenerator<string> {
    return this.#members.rows(scope);
  }

  /** Those of many scopes in which somebody may have one. */
  scopesWithMembers(scopes: readonly string[]): Promise<readonly string[]> {
    return this.#members.begun(scopes);
  }

  /** Removes all records of a scope. After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    for await (const members of this.#members.segments(scope))
      await this.#memory.use((change) => {
        for (const slot of this.in(change, scope, members)) slot.remove();
      });
    await this.#members.use(scope, (log) => log.remove());
  }

  /**
   * Removes a member's record and them from the scope's list. After a failure: once more.
   * @returns whether there was one
   */
  async forgetMember(scope: string, forgotten: string): Promise<boolean> {
    const had = await this.use(scope, forgotten, (slot) => {
      const isThere = slot.value !== undefined;
      // Also where there is nothing: of a removal that was cut short, the key may be left.
      slot.remove();
      return isThere;
    });
    await this.#members.drop(scope, (member) => member === forgotten);
    // One that was made in this moment had its place on the list dropped with the old one's.
    await this.use(scope, forgotten, (slot, change) => {
      if (slot.value !== undefined) this.list(change, scope, [forgotten]);
    });
    return had;
  }
}
