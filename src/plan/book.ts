import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { type PlanRecord, plannersLog, planRecord } from './records.js';

/** The plans on the disk, one for each member of a scope (a server, or `dm-<user>`). */
export class PlanBook {
  readonly #plans: HeldRecords<PlanRecord>;
  readonly #planners: HeldLogs<string>;
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#plans = new HeldRecords(memory, planRecord);
    this.#planners = new HeldLogs(memory, plannersLog);
  }

  get(scope: string, member: string): Promise<PlanRecord | undefined> {
    return this.#plans.get(idOf(scope, member));
  }

  /** In a change of somebody else's. */
  at(change: Transaction, scope: string, member: string): PlanRecord | undefined {
    return change.at(this.#plans, idOf(scope, member)).value;
  }

  /** @param next what becomes of the plan that there is */
  async set(
    scope: string,
    member: string,
    next: (before: PlanRecord | undefined) => PlanRecord,
  ): Promise<PlanRecord> {
    return this.#plans.use(idOf(scope, member), (slot, change) => {
      const before = slot.value;
      const plan = next(before);
      if (before === undefined) change.at(this.#planners, scope).append([member]);
      slot.set(plan);
      return plan;
    });
  }

  /** @returns whether there was one. After a failure: once more */
  async remove(scope: string, forgotten: string): Promise<boolean> {
    const id = idOf(scope, forgotten);
    const had = await this.#plans.use(id, (slot) => {
      const isThere = slot.value !== undefined;
      // Also where there is nothing: of a removal that was cut short, the key may be left.
      slot.remove();
      return isThere;
    });
    await this.#planners.drop(scope, (member) => member === forgotten);
    // A plan of this moment may have been made anew, whose place on the list went with the old one.
    await this.#plans.use(id, (slot, change) => {
      if (slot.value !== undefined) change.at(this.#planners, scope).append([forgotten]);
    });
    return had;
  }

  /** After a failure: once more. */
  async removeAll(scope: string): Promise<void> {
    for await (const members of this.#planners.segments(scope)) {
      const ids = members.map((member) => idOf(scope, member));
      await this.#memory.use((change) => {
        for (const slot of change.all(this.#plans, ids)) slot.remove();
      });
    }
    await this.#planners.use(scope, (log) => log.remove());
  }
}

const idOf = (scope: string, member: string): string => `${scope}:${member}`;
