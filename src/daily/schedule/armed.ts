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

  get(guildId: string): ArmedSchedule | undefined {
    return this.#byServer.get(guildId);
  }

  /** How many run. */
  get size(): number {
    return this.#timetable.size;
  }

  clock(zone: string): WallClock {
    return this.#timetable.clock(zone);
  }

  set(guildId: string, { on, zone, minute, days, armedAtMs, lastDate }: Schedule): void {
    this.delete(guildId);
    if (on) this.#timetable.add(guildId, { zone, minute });
    // The name that the clock has: one string for all servers of a zone.
    const shared = on ? this.#timetable.clock(zone).zone : zone;
    this.#byServer.set(guildId, { on, zone: shared, minute, days, armedAtMs, lastDate });
  }

  /** The server is not served here (any more). */
  delete(guildId: string): void {
    const armed = this.#byServer.get(guildId);
    if (armed?.on) this.#timetable.remove(guildId, armed);
    this.#byServer.delete(guildId);
  }

  /** Servers that may have a run in (`afterMs`, `untilMs`]. */
  candidates(afterMs: number, untilMs: number): string[] {
    return [...this.#timetable.candidates(afterMs, untilMs)];
  }
}
