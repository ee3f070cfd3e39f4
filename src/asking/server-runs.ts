import type { Memory } from '../store/held.js';
import type { LogType } from '../store/log-segments.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { RecordType } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';

/** Something that runs in a server for a while and is kept when it is over: a quiz, an interview. */
interface Run {
  readonly id: string;
  readonly guildId: string;
}

export interface RunLists<T extends Run> {
  /** By its id. */
  readonly each: HeldRecords<T>;
  /** By server: the ids of all. */
  readonly all: LogType<string>;
  /** By server: the ids of those that are not over. */
  readonly running: RecordType<string[]>;
}

/** Where a feature keeps what it has running in servers, and what is over. */
export abstract class ServerRuns<T extends Run> {
  readonly memory: Memory;
  /** By server, the ids of all. */
  readonly all: HeldLogs<string>;
  /** By server, the ids of those that are not over. */
  readonly running: HeldRecords<string[]>;
  readonly #each: HeldRecords<T>;

  protected constructor(memory: Memory, { each, all, running }: RunLists<T>) {
    this.memory = memory;
    this.#each = each;
    this.all = new HeldLogs(memory, all);
    this.running = new HeldRecords(memory, running);
  }

  /** In a change: what is running in a server. */
  runningIn(change: Transaction, guildId: string): T[] {
    const ids = change.at(this.running, guildId).value ?? [];
    return change.all(this.#each, ids).flatMap(({ value }) => value ?? []);
  }

  /** In a change: stores a new one, on the lists of its server. */
  add(change: Transaction, one: T): void {
    const list = change.at(this.running, one.guildId);
    list.set([...(list.value ?? []), one.id]);
    change.at(this.#each, one.id).set(one);
    change.at(this.all, one.guildId).append([one.id]);
  }

  /** In a change: takes one off the list of those that are running. */
  retire(change: Transaction, { id, guildId }: Run): void {
    const list = change.at(this.running, guildId);
    const left = (list.value ?? []).filter((one) => one !== id);
    if (left.length === 0) list.remove();
    else list.set(left);
  }

  /**
   * Takes back one that could not be shown: it leaves no trace, above all no locked channel. But one goes on that was
   * shown after all, by another process, which had the server meanwhile, or to people who came in.
   * @returns whether it goes on
   */
  callOff({ id, guildId }: Run): Promise<boolean> {
    return this.#each.use(id, (slot, change) => {
      const one = slot.value;
      if (one && this.isShown(change, one)) return true;
      slot.remove();
      if (one) this.retire(change, one);
      this.removeRest(change, id);
      change.at(this.all, guildId).dropFromEnd((listed) => listed === id);
      return false;
    });
  }

  /** In a change: whether people have seen it, by what is stored of it. */
  protected abstract isShown(change: Transaction, one: T): boolean;

  /** In a change: removes what is stored of one beside its record. */
  protected removeRest(_change: Transaction, _id: string): void {}

  /** Removes all of a server. After a failure: once more. */
  async forgetScope(guildId: string): Promise<void> {
    for await (const ids of this.all.segments(guildId)) await this.forgetRuns(guildId, ids);
    await this.all.use(guildId, (log, change) => {
      change.at(this.running, guildId).remove();
      log.remove();
    });
  }

  /** Removes some of a server, last of all their records: by these the rest is found after a failure. */
  protected abstract forgetRuns(guildId: string, ids: readonly string[]): Promise<void>;
}
