import { z } from 'zod';
import type { Memory } from '../store/held.js';
import { HeldRecords } from '../store/records.js';
import { recordType } from '../store/store.js';
import type { Keeper } from './keeper.js';
import type { Presence } from './presence.js';

/** That a server's people are all noted, those among them of whom something was stored before notes were kept. */
const stockRecord = recordType('stock-taken', z.int());
/** Members that are noted in one write. */
const atOnce = 256;
/** Servers that are looked at together. */
const serversAtOnce = 500;

/**
 * Notes who is stored in which server, from what was stored before that was kept. A server is done when its record
 * says so; what is cut short begins anew with the next start, and does no harm.
 */
export class TakingStock implements Keeper {
  readonly name = 'taking-stock';
  readonly #done: HeldRecords<number>;
  readonly #memory: Memory;
  readonly #presence: Presence;
  readonly #rooms: () => readonly Keeper[];

  constructor(memory: Memory, presence: Presence, rooms: () => readonly Keeper[]) {
    this.#memory = memory;
    this.#done = new HeldRecords(memory, stockRecord);
    this.#presence = presence;
    this.#rooms = rooms;
  }

  /** @param goesOn false when the process stops */
  async of(guildIds: readonly string[], goesOn: () => boolean = () => true): Promise<void> {
    for (let start = 0; start < guildIds.length && goesOn(); start += serversAtOnce) {
      const some = guildIds.slice(start, start + serversAtOnce);
      const done = await this.#done.present(some);
      for (const guildId of await this.#peopled(some.filter((id) => !done.has(id)))) {
        if (!goesOn()) return;
        await this.#take(guildId);
      }
    }
  }

  /** Those of servers that are not done in which there may be somebody; the others are done thereby. */
  async #peopled(guildIds: readonly string[]): Promise<readonly string[]> {
    if (guildIds.length === 0) return [];
    const rooms = this.#rooms().filter(({ membersOf }) => membersOf !== undefined);
    const found = await Promise.all(rooms.map((room) => room.scopesWithMembers?.(guildIds) ?? guildIds));
    const peopled = new Set(found.flat());
    const empty = guildIds.filter((id) => !peopled.has(id));
    await this.#memory.use((change) => {
      for (const slot of change.all(this.#done, empty)) slot.set(1);
    });
    return [...peopled];
  }

  async forgetScope(scope: string): Promise<void> {
    await this.#done.use(scope, (slot) => slot.remove());
  }

  async #take(guildId: string): Promise<void> {
    const found = new Set<string>();
    const noted = new Set<string>();
    for (const room of this.#rooms())
      for await (const member of room.membersOf?.(guildId) ?? []) {
        if (!/^[1-9]\d*$/.test(member) || noted.has(member)) continue;
        found.add(member);
        noted.add(member);
        if (found.size < atOnce) continue;
        await this.#presence.addAll(guildId, [...found]);
        found.clear();
      }
    await this.#presence.addAll(guildId, [...found]);
    await this.#done.use(guildId, (slot) => slot.set(1));
  }
}
