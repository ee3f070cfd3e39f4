import type { Random } from '../asking/asked.js';
import { isUnreachable } from '../discord/api-errors.js';
import { Attempts } from '../schedule/attempts.js';
import { earlyMs, postDelaysMs, reportAfter, showDelaysMs, storeDelaysMs } from '../schedule/delays.js';
import { zoneReason } from '../schedule/words.js';
import { StoreError } from '../store/store.js';
import { Backoff } from '../time/backoff.js';
import { wallClock } from '../time/calendar.js';
import { secondMs } from '../time/spans.js';
import { isKnownHere } from '../time/zones.js';
import { Announcing, type AnnouncingParts } from './announcing.js';
import { NightClosing } from './closing.js';
import { nightId } from './ids.js';
import { type NightTask, nextLook, nightTask } from './plan.js';
import type { Night } from './records.js';
import type { Reminding } from './reminding.js';
import { failureOf, tellManager } from './report.js';
import { begun, failed, withdrawn } from './rules.js';
import { Starting, type StartingParts } from './starting.js';
import { remedies } from './words.js';

export type NightRunnerParts = AnnouncingParts &
  StartingParts & { readonly random: Random; readonly reminding: Reminding };

/** Steps of a night at a time: it has five. */
const mostTasks = 20;

/** Kinds of work of a server's night, each with its own waits after failures. */
type Work = 'task' | 'mend' | 'tell' | 'show' | 'remind' | 'store';

/** Does what is to be done for each server's night. It decides nothing: the record and the clock say what it is. */
export class NightRunner {
  readonly #parts: NightRunnerParts;
  readonly #attempts: Attempts;
  readonly #announcing: Announcing;
  readonly #starting: Starting;
  readonly #closing: NightClosing;
  /** By server: when there is something to do next; undefined where only something from outside tells. */
  readonly #looks = new Map<string, number | undefined>();
  readonly #waits: Readonly<Record<Work, Backoff>>;
  #stopped = false;

  constructor(parts: NightRunnerParts) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.#attempts = new Attempts('quiz night', (guildId) => this.#work(guildId), log);
    this.#announcing = new Announcing(parts);
    this.#starting = new Starting(parts);
    this.#closing = new NightClosing(parts);
    const quick = (): Backoff => new Backoff(clock, showDelaysMs);
    this.#waits = {
      task: new Backoff(clock, postDelaysMs),
      mend: quick(),
      tell: quick(),
      show: quick(),
      remind: new Backoff(clock, [5 * secondMs]),
      store: new Backoff(clock, storeDelaysMs),
    };
  }

  tick(): void {
    if (this.#stopped) return;
    const nowMs = this.#parts.clock.now();
    for (const [guildId, atMs] of this.#looks)
      if (atMs !== undefined && atMs <= nowMs + earlyMs) this.look(guildId);
  }

  /** A server with a night became available. */
  arrived(guildId: string, night: Night): void {
    this.#plan(guildId, night);
    this.look(guildId);
  }

  /** A night has changed on the disk. */
  changed(guildId: string, night: Night): void {
    if (this.#looks.has(guildId)) this.#plan(guildId, night);
  }

  /** Something has happened to a server's night; nothing for servers that are not here. */
  look(guildId: string): void {
    if (!this.#stopped && this.#looks.has(guildId)) this.#attempts.start(guildId);
  }

  /** The manager has set it anew: nothing waits for what failed before. */
  wasSet(guildId: string, night: Night): void {
    for (const wait of Object.values(this.#waits)) wait.clear(guildId);
    this.arrived(guildId, night);
  }

  serverGone(guildId: string): void {
    this.#looks.delete(guildId);
    for (const wait of Object.values(this.#waits)) wait.clear(guildId);
  }

  idle(): Promise<void> {
    return this.#attempts.idle();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const wait of Object.values(this.#waits)) wait.stop();
    await this.idle();
  }

  #plan(guildId: string, night: Night): void {
    const { clock } = this.#parts;
    const look = isKnownHere(night.zone) ? nextLook(night, wallClock(night.zone), clock.now()) : undefined;
    this.#looks.set(guildId, look);
  }

  async #work(guildId: string): Promise<void> {
    try {
      await this.#step(guildId);
      this.#waits.store.clear(guildId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#parts.log.error({ err: error, guildId }, 'A quiz night waits for the store');
      if (this.#looks.has(guildId)) this.#waits.store.failed(guildId, () => this.look(guildId));
    }
  }

  async #step(guildId: string): Promise<void> {
    const { book, reminding } = this.#parts;
    const night = () => book.nights.get(guildId);
    const now = await night();
    if (!now || !this.#looks.has(guildId)) return;
    if (isKnownHere(now.zone)) await this.#try('task', guildId, () => this.#tasks(guildId));
    else await this.#reportZone(guildId, now);
    const after = await night();
    if (!after) return;
    const { current, toShow, toMend } = after;
    if (current?.opened) await this.#try('remind', guildId, () => reminding.send(guildId, current));
    if (toShow)
      await this.#try('show', guildId, () =>
        this.#closing.summarise(guildId, after, toShow, wallClock(after.zone)),
      );
    for (const outdated of toMend)
      await this.#try('mend', guildId, () => this.#closing.mend(guildId, outdated));
    const last = await night();
    if (last?.toTell) await this.#try('tell', guildId, () => tellManager(this.#parts, guildId, last));
  }

  /**
   * What the clock says is to be done, one thing after another; each changes the record.
   * @throws Error when there is no end to it, which is tried again later like any failure
   */
  async #tasks(guildId: string): Promise<void> {
    for (let left = mostTasks; left > 0; left--) {
      const night = await this.#parts.book.nights.get(guildId);
      if (!night || this.#stopped || !this.#looks.has(guildId)) return;
      const task = nightTask(night, wallClock(night.zone), this.#parts.clock.now());
      if (!task || !(await this.#do(guildId, night, task))) {
        this.#plan(guildId, night);
        return;
      }
    }
    throw new Error(`A quiz night still has something to do after ${mostTasks} steps`);
  }

  /** @returns whether there may be something else to do at once */
  async #do(guildId: string, night: Night, task: NightTask): Promise<boolean> {
    const { book, clock, random } = this.#parts;
    const nowMs = clock.now();
    switch (task.kind) {
      case 'begin': {
        const { date, atMs: startsAtMs } = task.run;
        const next = { id: nightId(nowMs, random), date, startsAtMs, atMs: nowMs };
        await book.step(guildId, (one) => begun(one, next));
        return true;
      }
      case 'withdraw':
        await book.step(guildId, (one) => withdrawn(one, task.current.id, task.why));
        return true;
      case 'announce':
        await this.#announcing.announce(guildId, night, task.current);
        return true;
      case 'open':
        return this.#starting.open(guildId, task.current);
      case 'watch':
        return this.#starting.watch(guildId, task.current);
      case 'miss':
        await this.#starting.miss(guildId, night, task.current);
        return true;
      default:
        return task satisfies never;
    }
  }

  /** Does something unless it waits after a failure; what fails now is tried again later. */
  async #try(work: Work, guildId: string, run: () => Promise<void>): Promise<void> {
    const wait = this.#waits[work];
    if (wait.isWaiting(guildId) && !(work === 'task' && (await this.#isPressing(guildId)))) return;
    try {
      await run();
      wait.clear(guildId);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (!this.#looks.has(guildId)) return;
      const { failures } = wait.failed(guildId, () => this.look(guildId));
      this.#parts.log.warn({ err: error, guildId, work, failures }, 'A quiz night waits for Discord');
      if (work === 'task') await this.#report(guildId, error, failures);
    }
  }

  /** The lobby does not wait for an announcement that fails. */
  async #isPressing(guildId: string): Promise<boolean> {
    const night = await this.#parts.book.nights.get(guildId);
    const task = night && nightTask(night, wallClock(night.zone), this.#parts.clock.now());
    return task !== undefined && task.kind !== 'announce';
  }

  async #report(guildId: string, error: unknown, failures: number): Promise<void> {
    if (failures < (isUnreachable(error) ? reportAfter.unreachable : reportAfter.other)) return;
    await this.#parts.book.step(guildId, (night) => {
      const date = night.current?.date;
      return date === undefined ? night : failed(night, { date, ...failureOf(error) });
    });
  }

  async #reportZone(guildId: string, { zone, on }: Night): Promise<void> {
    if (!on) return;
    this.#parts.log.warn({ guildId, zone }, 'This runtime has no clock for the zone of a quiz night');
    const date = new Date(this.#parts.clock.now()).toISOString().slice(0, 10);
    const failure = { date, reason: zoneReason(zone), remedy: remedies.zone };
    await this.#parts.book.step(guildId, (night) => failed(night, failure));
  }
}
