import { type Timing, WallClock } from './calendar.js';
import { dayMinutes, minuteMs } from './spans.js';

type Place = Pick<Timing, 'zone' | 'minute'>;

interface ZoneTimes {
  readonly clock: WallClock;
  /** Lists, because most have one entry, and a set of one takes four times as much. */
  readonly byMinute: Map<number, string[]>;
}

/**
 * Which servers to look at in which minute: zone → minute of the day → servers. Arming a schedule is an entry
 * in a list; a tick reads one clock for each distinct zone and looks up one minute in it.
 */
export class Timetable {
  readonly #zones = new Map<string, ZoneTimes>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** For a server that is not in it. */
  add(guildId: string, { zone, minute }: Place): void {
    let times = this.#zones.get(zone);
    if (!times) {
      times = { clock: new WallClock(zone), byMinute: new Map() };
      this.#zones.set(zone, times);
    }
    const servers = times.byMinute.get(minute);
    if (servers) servers.push(guildId);
    else times.byMinute.set(minute, [guildId]);
    this.#size++;
  }

  /** For a server that was added at this place. */
  remove(guildId: string, { zone, minute }: Place): void {
    const times = this.#zones.get(zone);
    const servers = times?.byMinute.get(minute);
    const index = servers?.indexOf(guildId) ?? -1;
    if (!times || !servers || index < 0) return;
    servers.splice(index, 1);
    this.#size--;
    if (servers.length === 0) times.byMinute.delete(minute);
    if (times.byMinute.size === 0) this.#zones.delete(zone);
  }

  /** The clock of a zone, shared where the zone is in use. */
  clock(zone: string): WallClock {
    return this.#zones.get(zone)?.clock ?? new WallClock(zone);
  }

  /**
   * Servers that may have a run in (`afterMs`, `untilMs`]: all that have one, and some that have not when clocks
   * changed or a tick came late. `dueRun` decides.
   */
  *candidates(afterMs: number, untilMs: number): Generator<string> {
    const passed = Math.floor(untilMs / minuteMs) - Math.floor(afterMs / minuteMs);
    for (const { clock, byMinute } of this.#zones.values()) {
      const shown = clock.minutesAt(untilMs);
      const steady = passed < dayMinutes && shown - clock.minutesAt(afterMs) === passed;
      if (!steady) for (const servers of byMinute.values()) yield* servers;
      else yield* between(byMinute, shown - passed, shown);
    }
  }
}

function* between(byMinute: ZoneTimes['byMinute'], after: number, until: number): Generator<string> {
  for (let minutes = after + 1; minutes <= until; minutes++) {
    const servers = byMinute.get(((minutes % dayMinutes) + dayMinutes) % dayMinutes);
    if (servers) yield* servers;
  }
}
