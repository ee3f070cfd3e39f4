import { type Timing, WallClock } from './calendar.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

interface ZoneTimes {
  readonly clock: WallClock;
  readonly byMinute: Map<number, Set<string>>;
}

/**
 * Which servers to look at in which minute: zone → minute of the day → servers. Arming a schedule is an entry
 * in a set; a tick reads one clock for each distinct zone and looks up one minute in it.
 */
export class Timetable {
  readonly #zones = new Map<string, ZoneTimes>();
  readonly #places = new Map<string, { readonly zone: string; readonly minute: number }>();

  get size(): number {
    return this.#places.size;
  }

  /** @throws RangeError for a zone that is not known. */
  set(serverId: string, timing: Pick<Timing, 'zone' | 'minute'>): void {
    this.remove(serverId);
    const { zone, minute } = timing;
    let times = this.#zones.get(zone);
    if (!times) {
      times = { clock: new WallClock(zone), byMinute: new Map() };
      this.#zones.set(zone, times);
    }
    const servers = times.byMinute.get(minute);
    if (servers) servers.add(serverId);
    else times.byMinute.set(minute, new Set([serverId]));
    this.#places.set(serverId, { zone, minute });
  }

  remove(serverId: string): void {
    const place = this.#places.get(serverId);
    if (!place) return;
    this.#places.delete(serverId);
    const times = this.#zones.get(place.zone);
    const servers = times?.byMinute.get(place.minute);
    servers?.delete(serverId);
    if (servers?.size === 0) times?.byMinute.delete(place.minute);
    if (times?.byMinute.size === 0) this.#zones.delete(place.zone);
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
