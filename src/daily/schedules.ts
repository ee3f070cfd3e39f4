import { Batch, type Store } from '../store/store.js';
import type { WallClock } from './calendar.js';
import { type Schedule, scheduleRecord } from './records.js';
import { Timetable } from './timetable.js';

/** Ids in one read of the store. */
const chunk = 500;

/** The schedules of the servers that this process serves, in memory as they are on the disk, and armed. */
export class Schedules {
  readonly #store: Store;
  /** Marks this process's writes. */
  readonly #writer: string;
  readonly #byServer = new Map<string, Schedule>();
  readonly #timetable = new Timetable();
  #writes = 0;

  constructor(store: Store, random: () => number) {
    this.#store = store;
    this.#writer = random().toString(36).slice(2, 10);
  }

  get(serverId: string): Schedule | undefined {
    return this.#byServer.get(serverId);
  }

  /** How many run. */
  get armed(): number {
    return this.#timetable.size;
  }

  clock(zone: string): WallClock {
    return this.#timetable.clock(zone);
  }

  /** Reads the schedules of servers that became available; gives back which of them have one. */
  async load(serverIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let start = 0; start < serverIds.length; start += chunk) {
      const schedules = await this.#store.getMany(scheduleRecord, serverIds.slice(start, start + chunk));
      for (const [serverId, schedule] of schedules) {
        this.hold(serverId, schedule);
        found.push(serverId);
      }
    }
    return found;
  }

  /** The schedule of a server, read if that has not happened yet. */
  async recall(serverId: string): Promise<Schedule | undefined> {
    const held = this.get(serverId);
    if (held) return held;
    await this.load([serverId]);
    return this.get(serverId);
  }

  /** The schedule as it is on the disk, which another process may have written. */
  async reread(serverId: string): Promise<Schedule | undefined> {
    return this.#store.get(scheduleRecord, serverId);
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
    const before = this.#byServer.get(serverId);
    this.#byServer.set(serverId, schedule);
    if (!schedule.on) this.#timetable.remove(serverId);
    else if (!before?.on || before.zone !== schedule.zone || before.minute !== schedule.minute)
      this.#timetable.set(serverId, schedule);
  }

  forget(serverId: string): void {
    this.#byServer.delete(serverId);
    this.#timetable.remove(serverId);
  }

  /** Servers that may have a run in (`afterMs`, `untilMs`]. */
  candidates(afterMs: number, untilMs: number): string[] {
    return [...this.#timetable.candidates(afterMs, untilMs)];
  }
}
