import type { Hidden } from '../people/hidden.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import {
  type Night,
  type NightReminders,
  type NightResult,
  nightRecord,
  remindersRecord,
  resultsLog,
  seasonId,
} from './records.js';
import { finished } from './rules.js';
import { type SeasonResults, type SeasonTable, seasonFold, seasonOf, seasonTable } from './season.js';

/** Nights, reminders and results on the disk. */
export class NightBook {
  readonly memory: Memory;
  readonly nights: HeldRecords<Night>;
  readonly reminders: HeldRecords<NightReminders>;
  readonly results: HeldLogs<NightResult, SeasonResults>;
  readonly #hidden: Hidden;
  readonly #changed: (guildId: string, night: Night) => void;

  /** @param changed told of each change of a night once it is durable */
  constructor(
    { memory, hidden }: { readonly memory: Memory; readonly hidden: Hidden },
    changed: (guildId: string, night: Night) => void,
  ) {
    this.#hidden = hidden;
    this.memory = memory;
    this.#changed = changed;
    this.nights = new HeldRecords(memory, nightRecord);
    this.reminders = new HeldRecords(memory, remindersRecord);
    this.results = new HeldLogs<NightResult, SeasonResults>(memory, resultsLog, seasonFold);
  }

  /** Changes a night that is there. Gives back what it is then; undefined where there is none. */
  async step(guildId: string, change: (night: Night) => Night): Promise<Night | undefined> {
    const night = await this.nights.use(guildId, (slot) => {
      const next = slot.value && change(slot.value);
      if (next && next !== slot.value) slot.set(next);
      return next;
    });
    if (night) this.#changed(guildId, night);
    return night;
  }

  /** Sets what there was, or was not, anew. */
  async set(guildId: string, change: (old: Night | undefined) => Night): Promise<Night> {
    const night = await this.nights.use(guildId, (slot) => {
      const next = change(slot.value);
      slot.set(next);
      return next;
    });
    this.#changed(guildId, night);
    return night;
  }

  /** Ends the current night, with what its members made of it. Once: later calls change nothing. */
  async finish(
    guildId: string,
    id: string,
    outcome: Omit<Parameters<typeof finished>[2], 'scored'>,
    points: ReadonlyMap<string, number>,
  ): Promise<void> {
    const night = await this.nights.use(guildId, (slot, change) => {
      const before = slot.value;
      if (before?.current?.id !== id) return undefined;
      const { date } = before.current;
      const rows = [...points].map(([member, each]) => ({ date, member, points: each }));
      if (rows.length > 0) change.at(this.results, seasonId(guildId, seasonOf(date))).append(rows);
      const next = finished(before, id, { ...outcome, scored: rows.length > 0 });
      slot.set(next);
      return next;
    });
    if (night) this.#changed(guildId, night);
  }

  /**
   * The season of a date so far.
   * @param reader who alone reads it, and sees their own place, hidden or not; absent: it is for all
   */
  table(guildId: string, date: string, reader?: string): Promise<SeasonTable> {
    return this.results.use(seasonId(guildId, seasonOf(date)), ({ index }, change) => {
      const hidden = this.#hidden.in(change, guildId);
      return seasonTable(index, (member) => member === reader || !hidden.has(member));
    });
  }
}
