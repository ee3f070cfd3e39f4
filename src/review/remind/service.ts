import type { Logger } from 'pino';
import { directList, directScope, isDirect, listOf, memberKey, memberOfDirect } from '../../people/scope.js';
import type { Memory } from '../../store/held.js';
import { HeldLogs } from '../../store/logs.js';
import { HeldRecords } from '../../store/records.js';
import { Backoff } from '../../time/backoff.js';
import { dueRun, type WallClock } from '../../time/calendar.js';
import type { Clock } from '../../time/clock.js';
import { everyMinute } from '../../time/minute.js';
import { minuteMs } from '../../time/spans.js';
import { isKnownHere } from '../../time/zones.js';
import type { Reviewer } from '../records.js';
import { ArmedReminders, type Whom } from './armed.js';
import { type Reminder, reminderRecord, remindersLog } from './records.js';
import { armed, delivered, dropped, reminded, timingOf, turnedOff } from './rules.js';
import { type ReminderSendingParts, sendReminder } from './sending.js';
import { WorkQueue } from './work-queue.js';

export interface ReminderParts extends ReminderSendingParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  /** The machine's own clock; absent: the same as `clock`. */
  readonly machine?: Clock;
  /** How many cards are due now. */
  readonly dueNow: (scope: string, member: string) => Promise<number>;
  readonly reviewer: (scope: string, member: string) => Promise<Reviewer>;
  readonly nameOf: (guildId: string) => string | undefined;
}

/** Messages under way at once: what people wait for goes first. */
const atOnce = 4;
const retryDelaysMs = [1, 5, 15, 60].map((minutes) => minutes * minuteMs);
const readAtOnce = 200;

/** Writes to members at their hour on days with something due; once a day, whatever happens to the process. */
export class Reminders {
  readonly #parts: ReminderParts;
  readonly #records: HeldRecords<Reminder>;
  readonly #lists: HeldLogs<string>;
  readonly #armed = new ArmedReminders();
  readonly #retries: Backoff;
  readonly #queue: WorkQueue;
  #tickedMs: number;
  #minutes: { stop(): void } | undefined;
  /** Messages that this process is the first to try to send. */
  readonly #begun = new Set<string>();

  constructor(parts: ReminderParts) {
    const { memory, clock } = parts;
    this.#parts = parts;
    this.#records = new HeldRecords(memory, reminderRecord);
    this.#lists = new HeldLogs(memory, remindersLog);
    this.#retries = new Backoff(clock, retryDelaysMs);
    this.#queue = new WorkQueue(atOnce, (key) => this.#work(key));
    this.#tickedMs = clock.now();
  }

  get(scope: string, member: string): Promise<Reminder | undefined> {
    return this.#records.get(keyOf({ scope, member }));
  }

  /** The zone of a member's own direct messages. */
  async zoneFor(scope: string): Promise<string> {
    const zone = (await this.get(scope, memberOfDirect(scope)))?.zone;
    return zone !== undefined && isKnownHere(zone) ? zone : 'UTC';
  }

  /** Turns it on, or changes it. */
  async set(whom: Whom, wanted: Pick<Reminder, 'zone' | 'minute' | 'channelId'>): Promise<Reminder> {
    const key = keyOf(whom);
    const next = await this.#records.use(key, (slot, change) => {
      if (slot.value === undefined) change.at(this.#lists, listOf(whom.scope)).append([whom.member]);
      const made = armed(slot.value, { ...wanted, armedAtMs: this.#parts.clock.now() });
      slot.set(made);
      return made;
    });
    this.#armed.set(key, whom, next);
    return next;
  }

  /** @returns whether it was on */
  async off(whom: Whom): Promise<boolean> {
    const { before } = await this.#change(whom, (now) => (now.on ? turnedOff(now, 'asked') : now));
    return before?.on ?? false;
  }

  /** When the next messages can come. */
  clock(zone: string): WallClock {
    return this.#armed.clock(zone);
  }

  start(): void {
    const { clock, log, machine = clock } = this.#parts;
    this.#minutes ??= everyMinute(() => this.tick(), clock, log, machine);
  }

  /** Looks whose hour has come since the last time. */
  tick(): void {
    const nowMs = this.#parts.clock.now();
    for (const key of this.#armed.candidates(this.#tickedMs, nowMs)) this.#queue.add(key);
    this.#tickedMs = nowMs;
  }

  async serversReady(guildIds: readonly string[]): Promise<void> {
    for (let start = 0; start < guildIds.length; start += readAtOnce)
      for (const guildId of await this.#lists.begun(guildIds.slice(start, start + readAtOnce)))
        await this.#takeUp(guildId, (member) => ({ scope: guildId, member }));
  }

  async directReady(): Promise<void> {
    await this.#takeUp(directList, (member) => ({ scope: directScope(member), member }));
  }

  serverGone(guildId: string): void {
    this.#armed.deleteScope(guildId);
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async stop(): Promise<void> {
    this.#minutes?.stop();
    this.#minutes = undefined;
    this.#retries.stop();
    this.#queue.stop();
    await this.idle();
  }

  async forgetScope(scope: string): Promise<void> {
    if (isDirect(scope)) return this.forgetMember(scope, memberOfDirect(scope));
    for await (const members of this.#lists.segments(scope))
      for (const member of members) await this.#remove({ scope, member });
    await this.#lists.use(scope, (log) => log.remove());
  }

  async forgetMember(scope: string, forgotten: string): Promise<void> {
    await this.#remove({ scope, member: forgotten });
    await this.#lists.drop(listOf(scope), (member) => member === forgotten);
    // One that was set in this moment had its place on the list dropped with the old one's.
    await this.#records.use(keyOf({ scope, member: forgotten }), (slot, change) => {
      if (slot.value !== undefined) change.at(this.#lists, listOf(scope)).append([forgotten]);
    });
  }

  async #takeUp(list: string, whomOf: (member: string) => Whom): Promise<void> {
    const nowMs = this.#parts.clock.now();
    for await (const members of this.#lists.segments(list))
      for (let start = 0; start < members.length; start += readAtOnce) {
        const some = members.slice(start, start + readAtOnce).map(whomOf);
        const found = await this.#records.getMany(some.map(keyOf));
        for (const whom of some) {
          const reminder = found.get(keyOf(whom));
          if (!reminder) continue;
          this.#armed.set(keyOf(whom), whom, reminder);
          if (reminder.sending || this.#due(reminder, nowMs)) this.#queue.add(keyOf(whom));
        }
      }
  }

  #due(reminder: Reminder, nowMs: number) {
    return reminder.on ? dueRun(timingOf(reminder), this.#armed.clock(reminder.zone), nowMs) : undefined;
  }

  /** Does what is to be done for one member now. Never rejects: what fails is tried again while it is the same day. */
  async #work(key: string): Promise<void> {
    const whom = this.#armed.get(key);
    if (!whom) return;
    try {
      await this.#dropOld(whom);
      await this.#begin(whom);
      await this.#send(whom);
      this.#retries.clear(key);
    } catch (err) {
      const { retryAtMs } = this.#retries.failed(key, () => this.#queue.add(key));
      this.#parts.log.warn(
        { err, scope: whom.scope, retryAtMs },
        'A reminder could not be sent, trying again',
      );
    }
  }

  /** Lets go of a message of an earlier day; that of today comes all the same. */
  async #dropOld(whom: Whom): Promise<void> {
    const nowMs = this.#parts.clock.now();
    await this.#change(whom, (reminder) => {
      const { zone, sending } = reminder;
      const wall = this.#armed.clock(zone);
      return sending && wall.dayAt(sending.atMs) !== wall.dayAt(nowMs) ? dropped(reminder) : reminder;
    });
  }

  /** Stores that a message is about to be sent, or why none is. */
  async #begin(whom: Whom): Promise<void> {
    const { clock, dueNow, reviewer } = this.#parts;
    const { scope, member } = whom;
    const before = await this.get(scope, member);
    if (!before || before.sending || !this.#due(before, clock.now())) return;
    const [cards, { reviewedAt }] = await Promise.all([dueNow(scope, member), reviewer(scope, member)]);
    const { after } = await this.#change(whom, (reminder) => {
      const nowMs = clock.now();
      const run = this.#due(reminder, nowMs);
      if (!run || reminder.sending) return reminder;
      return reminded(reminder, { date: run.date, nowMs, cards, reviewedAt });
    });
    if (after?.sending) this.#begun.add(markOf(whom, after.sending.date));
  }

  async #send(whom: Whom): Promise<void> {
    const { clock, nameOf } = this.#parts;
    const { scope, member } = whom;
    const reminder = await this.get(scope, member);
    const { sending } = reminder ?? {};
    if (!reminder || !sending) return;
    const server = isDirect(scope) ? undefined : (nameOf(scope) ?? scope);
    const maybeSent = !this.#begun.delete(markOf(whom, sending.date));
    const outcome = await sendReminder(
      this.#parts,
      { scope, member, server, reminder: { ...reminder, sending } },
      maybeSent,
    );
    await this.#change(whom, (now) =>
      outcome === 'sent' ? delivered(now, clock.now()) : turnedOff(now, 'closed'),
    );
  }

  /** Changes the reminder of somebody who has one. */
  async #change(
    whom: Whom,
    change: (reminder: Reminder) => Reminder,
  ): Promise<{ before: Reminder | undefined; after: Reminder | undefined }> {
    const changed = await this.#records.use(keyOf(whom), (slot) => {
      const before = slot.value;
      const after = before && change(before);
      if (after && after !== before) slot.set(after);
      return { before, after };
    });
    if (changed.after && changed.after.on !== changed.before?.on)
      this.#armed.set(keyOf(whom), whom, changed.after);
    return changed;
  }

  async #remove(whom: Whom): Promise<void> {
    await this.#records.use(keyOf(whom), (slot) => slot.remove());
    this.#armed.delete(keyOf(whom));
    this.#retries.clear(keyOf(whom));
  }
}

const keyOf = ({ scope, member }: Whom): string => memberKey(scope, member);
const markOf = (whom: Whom, date: string): string => `${keyOf(whom)}:${date}`;
