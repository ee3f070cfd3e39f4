import { Batch, type Store } from '../store/store.js';
import type { Clock } from '../time/clock.js';
import { GuildScores } from './guild-scores.js';
import { Recent } from './recent.js';
import { Shelf } from './shelf.js';

export type { Audit } from './audit.js';
export type { BoardLine } from './board.js';
export type { BoardFilter, BoardPage, GuildScores } from './guild-scores.js';
export { dailySource, type LedgerRow, quizSource } from './rows.js';

/** An open server holds some kilobytes, and opening one takes two look-ups. */
const openServers = 256;
/** About 40 bytes each. */
const membersInMemory = 3_000_000;

/** The points of all servers. */
export class Scores {
  readonly #guilds = new Recent<GuildScores>(openServers);
  readonly #shelf: Shelf;

  readonly #parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly membersOnBoards?: number;
  };

  /** @param membersOnBoards how many lines all boards in memory may have together */
  constructor(parts: {
    readonly store: Store;
    readonly clock: Clock;
    readonly membersOnBoards?: number;
  }) {
    this.#parts = parts;

    this.#shelf = new Shelf(parts.membersOnBoards ?? membersInMemory);
  }

  /** A server's scores, ready for `stage`. At any time there is one such object for a server. */
  async open(guildId: string): Promise<GuildScores> {
    const { store, clock } = this.#parts;
    const guild = this.#guilds.get(
      guildId,
      () => new GuildScores({ store, clock, shelf: this.#shelf }, guildId),
    );
    await guild.ready();
    return guild;
  }

  /** Removes a server's ledger. */
  async forgetScope(guildId: string): Promise<void> {
    const guild = await this.open(guildId);
    const batch = new Batch();
    guild.remove(batch);
    await this.#parts.store.commit(batch);
  }

  /** Removes a member's rows from a server's ledger; reads all of it. After a failure: once more. */
  async forgetMember(guildId: string, member: string): Promise<void> {
    const guild = await this.open(guildId);
    await guild.forgetMember(member);
  }
}
