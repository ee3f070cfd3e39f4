import type { WallClock } from '../../time/calendar.js';
import { Timetable } from '../../time/timetable.js';
import { isKnownHere } from '../../time/zones.js';
import type { Reminder } from './records.js';

export interface Whom {
  readonly scope: string;
  readonly member: string;
}

/** Whose reminders this process sends, and when. It follows the records: what is in it is durable. */
export class ArmedReminders {
  readonly #byKey = new Map<string, Whom & Pick<Reminder, 'zone' | 'minute'>>();
  readonly #timetable = new Timetable();

  get(key: string): Whom | undefined {
    return this.#byKey.get(key);
  }

  clock(zone: string): WallClock {
    return this.#timetable.clock(zone);
  }

  /** Takes it up if it is on, or a message of it is still under way; else lets go of it. */
  set(key: string, whom: Whom, { on, zone, minute, sending }: Reminder): void {
    this.delete(key);
    if ((!on && !sending) || !isKnownHere(zone)) return;
    this.#timetable.add(key, { zone, minute });
    this.#byKey.set(key, { ...whom, zone, minute });
  }

  delete(key: string): void {
    const known = this.#byKey.get(key);
    if (known) this.#timetable.remove(key, known);
    this.#byKey.delete(key);
  }

  deleteScope(scope: string): void {
    for (const [key, whom] of this.#byKey) if (whom.scope === scope) this.delete(key);
  }

  /** Keys whose hour may have come in (`afterMs`, `untilMs`]. */
  candidates(afterMs: number, untilMs: number): string[] {
    return [...this.#timetable.candidates(afterMs, untilMs)];
  }
}
