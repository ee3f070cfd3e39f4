import { z } from 'zod';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import { recordType } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';
import { memberData } from './member-data.js';

/** By server: its members who do not want to be seen. */
const hiddenRecord = recordType('hidden', z.array(z.string()));

/** Those whom nobody but themselves sees. */
export type HiddenMembers = ReadonlySet<string>;

export const nobodyHidden: HiddenMembers = new Set();

/**
 * Members who keep off leaderboards, podiums and every other place where a server would name them for what they
 * did. What they earn is counted as ever, and is theirs to look at.
 */
export class Hidden {
  readonly name = 'hidden';
  readonly memberData = memberData(z.literal(true), () => ['1 wish to stay off the leaderboards']);
  readonly #records: HeldRecords<string[]>;
  /** By the record's value, which is never changed in place. */
  readonly #sets = new WeakMap<readonly string[], HiddenMembers>();

  constructor(memory: Memory) {
    this.#records = new HeldRecords(memory, hiddenRecord);
  }

  /** In a change: the hidden members of a server. */
  in(change: Transaction, guildId: string): HiddenMembers {
    return this.#setOf(change.at(this.#records, guildId).value);
  }

  /** The hidden members of a server; none in direct messages. */
  async of(guildId: string | undefined): Promise<HiddenMembers> {
    return guildId === undefined ? nobodyHidden : this.#setOf(await this.#records.get(guildId));
  }

  /** @returns whether that is something new */
  set(guildId: string, member: string, isHidden: boolean): Promise<boolean> {
    return this.#records.use(guildId, (slot) => {
      const before = slot.value ?? [];
      if (before.includes(member) === isHidden) return false;
      const left = before.filter((one) => one !== member);
      if (isHidden) slot.set([...left, member]);
      else if (left.length > 0) slot.set(left);
      else slot.remove();
      return true;
    });
  }

  async exportMember(scope: string, member: string): Promise<unknown> {
    return (await this.of(scope)).has(member) || undefined;
  }

  async forgetScope(scope: string): Promise<void> {
    await this.#records.use(scope, (slot) => slot.remove());
  }

  async forgetMember(scope: string, member: string): Promise<void> {
    await this.set(scope, member, false);
  }

  #setOf(members: readonly string[] | undefined): HiddenMembers {
    if (!members) return nobodyHidden;
    const known = this.#sets.get(members) ?? new Set(members);
    this.#sets.set(members, known);
    return known;
  }
}
