import { Batch, type Store } from '../../store/store.js';
import type { Timing, WallClock } from '../../time/calendar.js';
import { type Schedule, scheduleRecord } from '../records.js';
import { Timetable } from './timetable.js';

/** Ids in one read of the store. */
const chunk = 500;

/** What is held in memory of a schedule: when it runs, and which state of its record that is. */
export interface Held extends Timing {
  readonly on: boolean;
  readonly stamp: string;
}

/** The schedules of the servers that this process serves: records on the disk, their times armed in memory. */
export class Schedules {
  readonly #store: Store;
  /** Marks this process's writes. */
  readonly #writer: string;
  readonly #byServer = new Map<string, Held>();
  readonly #timetable = new Timetable();
  #writes = 0;

  constructor(store: Store, random: () => number) {
    this.#store = store;
    this.#writer = random().toString(36).slice(2, 10);
  }

  held(serverId: string): Held | undefined {
    return this.#byServer.get(serverId);
  }

  /** How many run. */
  get armed(): number {
    return this.#timetable.size;
  }

  clock(zone: string): WallClock {
    return this.#timetable.clock(zone);
  }

  /** Reads and arms the schedules of servers that became available; calls `each` for those that have one. */
  async load(
    serverIds: readonly string[],
    each: (serverId: string, schedule: Schedule) => void = () => {},
  ): Promise<void> {
    for (let start = 0; start < serverIds.length; start += chunk) {
      const schedules = await this.#store.getMany(scheduleRecord, serverIds.slice(start, start + chunk));
      for (const [serverId, schedule] of schedules) {
        this.hold(serverId, schedule);
        each(serverId, schedule);
      }
    }
  }

  /** The record of a server, which another process may have written since; armed if that has not happened yet. */
  async read(serverId: string): Promise<Schedule | undefined> {
    const schedule = await this.#store.get(scheduleRecord, serverId);
    if (schedule && !this.#byServer.has(serverId)) this.hold(serverId, schedule);
    return schedule;
  }

  async zoneOf(serverId: string): Promise<string | undefined> {
    return (this.held(serverId) ?? (await this.read(serverId)))?.zone;
  }

  /** Stages a new state; {@link hold} it when the batch is written. Gives it back as it will be stored. */
  stage(batch: Batch, serverId: string, changed: Omit<Schedule, 'stamp'>): Schedule {
    const schedule = { ...changed, stamp: `${this.#writer}-${++this.#writes}` };
    batch.put(scheduleRecord, serverId, () => schedule);
    return schedule;
  }

  /** Commits a new state by itself. */
  async save(serverId: string, changed: Omit<Schedule, 'stamp'>): Promise<Schedule> {
    const batch = new Batch();
    const schedule = this.stage(batch, serverId, changed);
    await this.#store.commit(batch);
    this.hold(serverId, schedule);
    return schedule;
  }

  hold(serverId: string, schedule: Schedule): void {
    this.forget(serverId);
    const { on, zone, minute, days, armedAtMs, lastDate, stamp } = schedule;
    if (on) this.#timetable.add(serverId, schedule);
    // The name that the clock has: one string for all servers of a zone.
    const shared = on ? this.#timetable.clock(zone).zone : zone;
    this.#byServer.set(serverId, { on, zone: shared, minute, days, armedAtMs, lastDate, stamp });
  }

  forget(serverId: string): void {
    const held = this.#byServer.get(serverId);
    if (held?.on) this.#timetable.remove(serverId, held);
    this.#byServer.delete(serverId);
  }

  /** Servers that may have a run in (`afterMs`, `untilMs`]. */
  candidates(afterMs: number, untilMs: number): string[] {
    return [...this.#timetable.candidates(afterMs, untilMs)];
  }
}
