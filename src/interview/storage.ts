import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { interviewRecord, interviewsLog, interviewsOfRecord, interviewsRunningRecord } from './records.js';
import type { InterviewSession } from './session.js';

/** Of each member's history. */
const mostInHistory = 100;

/** Where interviews are kept. */
export class InterviewStorage {
  readonly memory: Memory;
  readonly sessions: HeldRecords<InterviewSession>;
  /** By server, all of its interviews. */
  readonly all: HeldLogs<string>;
  /** By server, those that are not over. */
  readonly running: HeldRecords<string[]>;
  readonly #of: HeldRecords<string[]>;

  constructor(memory: Memory) {
    this.memory = memory;
    this.sessions = new HeldRecords(memory, interviewRecord);
    this.all = new HeldLogs(memory, interviewsLog);
    this.running = new HeldRecords(memory, interviewsRunningRecord);
    this.#of = new HeldRecords(memory, interviewsOfRecord);
  }

  /** In a change: the interviews of a server that are running. */
  runningIn(change: Transaction, guildId: string): InterviewSession[] {
    const ids = change.at(this.running, guildId).value ?? [];
    return change.all(this.sessions, ids).flatMap(({ value }) => value ?? []);
  }

  /** In a change: takes an interview off the list of those that are running. */
  retire(change: Transaction, { id, guildId }: InterviewSession): void {
    const list = change.at(this.running, guildId);
    const rest = (list.value ?? []).filter((one) => one !== id);
    if (rest.length === 0) list.remove();
    else list.set(rest);
  }

  /** In a change: puts an interview into the histories of those who were in it. */
  file(change: Transaction, { id, guildId, people }: InterviewSession): void {
    for (const history of change.all(this.#of, keysOf(guildId, Object.keys(people)))) {
      const known = history.value ?? [];
      if (!known.includes(id)) history.set([...known, id].slice(-mostInHistory));
    }
  }

  /** The interviews that a member was in and that are over, oldest first. */
  historyOf(guildId: string, member: string): Promise<InterviewSession[]> {
    return this.#of.use(`${guildId}/${member}`, ({ value }, change) =>
      change.all(this.sessions, value ?? []).flatMap((slot) => slot.value ?? []),
    );
  }

  forgetHistory(guildId: string, member: string): Promise<void> {
    // Also where there is nothing: of one that was cut short, the key may be left.
    return this.#of.use(`${guildId}/${member}`, (slot) => slot.remove());
  }

  /** Takes back an interview that could not be shown: it leaves no trace, above all no locked channel. */
  async callOff({ id, guildId }: InterviewSession): Promise<void> {
    await this.sessions.use(id, (slot, change) => {
      const session = slot.value;
      slot.remove();
      if (session) this.retire(change, session);
      change.at(this.all, guildId).dropFromEnd((one) => one === id);
    });
  }

  /** Removes all interviews of a server. After a failure: once more. */
  async forgetScope(guildId: string): Promise<void> {
    for await (const ids of this.all.segments(guildId)) {
      await this.memory.use((change) => {
        const sessions = change.all(this.sessions, ids);
        const members = sessions.flatMap(({ value }) => Object.keys(value?.people ?? {}));
        for (const history of change.all(this.#of, keysOf(guildId, [...new Set(members)]))) history.remove();
      });
      // Who has a history stands in the interviews: last, so that a kill in between leaves nothing that nobody finds.
      await this.memory.use((change) => {
        for (const session of change.all(this.sessions, ids)) session.remove();
      });
    }
    await this.all.use(guildId, (log, change) => {
      change.at(this.running, guildId).remove();
      log.remove();
    });
  }
}

const keysOf = (guildId: string, members: readonly string[]): string[] =>
  members.map((member) => `${guildId}/${member}`);
