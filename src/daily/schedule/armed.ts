import type { Timing, WallClock } from '../../time/calendar.js';
import { Timetable } from '../../time/timetable.js';
import type { Schedule } from '../records.js';

/** What is kept of a schedule to know when it runs. */
interface ArmedSchedule extends Timing {
  readonly on: boolean;
}

/**
 * When the schedules of the servers run that this process serves. It follows the records: what is in it is durable,
 * and is told anew after every change.
 */
export class Armed {
  readonly #byServer = new Map<string, ArmedSchedule>();
  readonly #timetable = new Timetable();

  get(serverId: string): ArmedSchedule | undefined {
    return this.#byServer.get(serverId);
  }

  /** How many run. */
  get size(): number {
    return this.#timetable.size;
  }

  clock(zone: string): WallClock {
    return this.#timetable.clock(zone);
  }

  set(serverId: string, { on, zone, minute, days, armedAtMs, lastDate }: Schedule): void {
    this.delete(serverId);
    if (on) this.#timetable.add(serverId, { zone, minute });
    // The name that the clock has: one string for all servers of a zone.
    const shared = on ? this.#timetable.clock(zone).zone : zone;
    this.#byServer.set(serverId, { on, zone: shared, minute, days, armedAtMs, lastDate });
  }

  /** The server is not served here (any more). */
  delete(serverId: string): void {
    const armed = this.#byServer.get(serverId);
    if (armed?.on) this.#timetable.remove(serverId, armed);
    this.#byServer.delete(serverId);
  }

  /** Servers that may have a run in (`afterMs`, `untilMs`]. */
  candidates(afterMs: number, untilMs: number): string[] {
    return [...this.#timetable.candidates(afterMs, untilMs)];
  }
}
