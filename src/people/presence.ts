import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Memory } from '../store/held.js';
import { logType } from '../store/log-segments.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import { recordType } from '../store/store.js';
import type { Clock } from '../time/clock.js';
import { minuteMs } from '../time/spans.js';
import { memberData } from './member-data.js';
import { memberKey } from './scope.js';

const noteSchema = z.object({ since: z.int() });
/** That something may be stored of a member in a server, by `<server>:<member>`: since when. */
const noteRecord = recordType('here', noteSchema);
/** By server: who has such a record, so that all of them can be found when the server's data goes. */
const peopleLog = logType('people', z.string());

/** Servers asked for in one read of the store. */
const chunk = 512;
/** Who used the bot so long ago has no interaction under way that still stores something. */
const quietMs = minuteMs;
const lastSeenInMemory = 20_000;

/**
 * Who has used the bot in which server. It is noted before anything else of an interaction is stored, so whatever a
 * server stores of a member is found by this, whichever room stored it. The key begins with the server: each record
 * has the one writer that its server has, and stays where it is when servers are divided anew among processes.
 */
export class Presence {
  readonly name = 'presence';
  readonly memberData = memberData(noteSchema, () => ['1 note that you have used the bot here']);
  readonly #memory: Memory;
  readonly #clock: Clock;
  readonly #notes: HeldRecords<z.infer<typeof noteSchema>>;
  readonly #people: HeldLogs<string>;
  /** When members were last noted by this process; what may still be under way. */
  readonly #lastSeenMs = new LRUCache<string, number>({ max: lastSeenInMemory });

  /** By server: who is noted with the next turn of the event loop. */
  readonly #gathering = new Map<string, { readonly members: Set<string>; readonly noted: Promise<void> }>();

  constructor({ memory, clock }: { readonly memory: Memory; readonly clock: Clock }) {
    this.#memory = memory;
    this.#clock = clock;
    this.#notes = new HeldRecords(memory, noteRecord);
    this.#people = new HeldLogs(memory, peopleLog);
  }

  /** Somebody uses the bot in a server. Resolves when that is durable. Those of one moment are noted together. */
  note(guildId: string, member: string): Promise<void> {
    this.saw(guildId, member);
    const gathering = this.#gathering.get(guildId);
    if (gathering) {
      gathering.members.add(member);
      return gathering.noted;
    }
    const members = new Set([member]);
    const noted = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.#gathering.delete(guildId);
      return this.#add(guildId, [...members]);
    });
    this.#gathering.set(guildId, { members, noted });
    return noted;
  }

  /** Somebody uses the bot, in a server or elsewhere; for {@link isQuiet}. */
  saw(place: string, member: string): void {
    this.#lastSeenMs.set(memberKey(place, member), this.#clock.now());
  }

  /** Members of whom something is stored in a server, from before that was noted. Again for the same does no harm. */
  async addAll(guildId: string, members: readonly string[]): Promise<void> {
    for (let from = 0; from < members.length; from += chunk)
      await this.#add(guildId, members.slice(from, from + chunk));
  }

  /** Those of these servers in which something may be stored of a member. Reads a key for each server. */
  async serversOf(member: string, guildIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let from = 0; from < guildIds.length; from += chunk) {
      const some = guildIds.slice(from, from + chunk);
      // Past the memory: most of these are absent, and would only drive out what is in use.
      const there = await this.#memory.store.getMany(
        noteRecord,
        some.map((guildId) => memberKey(guildId, member)),
      );
      found.push(...some.filter((guildId) => there.has(memberKey(guildId, member))));
    }
    return found;
  }

  /** False while an interaction of theirs may be under way that stores something. */
  isQuiet(place: string, member: string): boolean {
    const seenMs = this.#lastSeenMs.get(memberKey(place, member));
    return seenMs === undefined || this.#clock.now() - seenMs >= quietMs;
  }

  async exportMember(scope: string, member: string): Promise<unknown> {
    return this.#notes.get(memberKey(scope, member));
  }

  async forgetScope(scope: string): Promise<void> {
    for await (const members of this.#people.segments(scope))
      await this.#memory.use((change) => {
        for (const slot of change.all(
          this.#notes,
          members.map((member) => memberKey(scope, member)),
        ))
          slot.remove();
      });
    await this.#people.use(scope, (log) => log.remove());
  }

  /** The note goes after their place on the list: while it is there, this is known not to be done. */
  async forgetMember(scope: string, forgotten: string): Promise<void> {
    await this.#people.drop(scope, (member) => member === forgotten);
    await this.#notes.use(memberKey(scope, forgotten), (note) => note.remove());
  }

  async #add(guildId: string, members: readonly string[]): Promise<void> {
    const ids = members.map((member) => memberKey(guildId, member));
    await this.#memory.use((change) => {
      const absent = change.all(this.#notes, ids).flatMap((note, index) => (note.value ? [] : [index]));
      if (absent.length === 0) return;
      const list = change.at(this.#people, guildId);
      const since = this.#clock.now();
      for (const note of change.all(
        this.#notes,
        absent.map((index) => ids[index] ?? ''),
      ))
        note.set({ since });
      list.append(absent.map((index) => members[index] ?? ''));
    });
  }
}
