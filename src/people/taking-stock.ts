import { z } from 'zod';
import { DoneOnce } from '../store/done-once.js';
import type { Memory } from '../store/held.js';
import { recordType } from '../store/store.js';
import type { Keeper } from './keeper.js';
import type { Presence } from './presence.js';

/** That a server's people are all noted, those among them of whom something was stored before notes were kept. */
const stockRecord = recordType('stock-taken', z.int());
/** Members that are noted in one write. */
const atOnce = 256;

/**
 * Notes who is stored in which server, from what was stored before that was kept. A server is done when its record
 * says so; what is cut short begins anew with the next start, and does no harm.
 */
export class TakingStock implements Keeper {
  readonly name = 'taking-stock';
  readonly #done: DoneOnce<number>;
  readonly #presence: Presence;
  readonly #rooms: () => readonly Keeper[];

  constructor(memory: Memory, presence: Presence, rooms: () => readonly Keeper[]) {
    this.#done = new DoneOnce(memory, stockRecord, () => 1);
    this.#presence = presence;
    this.#rooms = rooms;
  }

  /** @param goesOn false when the process stops */
  async of(guildIds: readonly string[], goesOn: () => boolean = () => true): Promise<void> {
    const looks = this.#rooms()
      .filter(({ membersOf }) => membersOf !== undefined)
      .map((room) => room.scopesWithMembers?.bind(room));
    for await (const peopled of this.#done.left(guildIds, looks)) {
      for (const guildId of peopled) if (goesOn()) await this.#take(guildId);
      if (!goesOn()) return;
    }
  }

  async forgetScope(scope: string): Promise<void> {
    await this.#done.forget(scope);
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
    await this.#done.mark(guildId);
  }
}
