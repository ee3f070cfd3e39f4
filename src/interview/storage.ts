import { ServerRuns } from '../asking/server-runs.js';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { interviewRecord, interviewsLog, interviewsOfRecord, interviewsRunningRecord } from './records.js';
import type { InterviewSession } from './session.js';

/** Of each member's history. */
const mostInHistory = 100;

/** Where interviews are kept. */
export class InterviewStorage extends ServerRuns<InterviewSession> {
  readonly sessions: HeldRecords<InterviewSession>;
  readonly #of: HeldRecords<string[]>;

  constructor(memory: Memory) {
    const sessions = new HeldRecords(memory, interviewRecord);
    super(memory, { each: sessions, all: interviewsLog, running: interviewsRunningRecord });
    this.sessions = sessions;
    this.#of = new HeldRecords(memory, interviewsOfRecord);
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

  protected isShown(_: Transaction, { posts, people, hostId, phase }: InterviewSession): boolean {
    const hasGuests = Object.keys(people).some((member) => member !== hostId);
    return Object.keys(posts).length > 0 || hasGuests || phase.name !== 'lobby';
  }

  protected async forgetRuns(guildId: string, ids: readonly string[]): Promise<void> {
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
}

const keysOf = (guildId: string, members: readonly string[]): string[] =>
  members.map((member) => `${guildId}/${member}`);
