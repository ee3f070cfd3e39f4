import type { Logger } from 'pino';
import type { Presence } from '../people/presence.js';
import type { TakingStock } from '../people/taking-stock.js';
import { direct, type PlaceData, scopeOfPlace, type WishPlace } from './records.js';
import type { WishState } from './rules.js';
import type { WishLists } from './wish-lists.js';

/** Whoever goes on using the bot for so many looks is not waited for any longer. */
const mostWaits = 10;

export interface CarryingOutParts {
  readonly log: Logger;
  readonly presence: Presence;
  readonly stock: Pick<TakingStock, 'of'>;
  /** The servers of this process's shards of which something may be stored. */
  servers(): Promise<readonly string[]>;
  /** Removes a member from scopes; after a failure: once more. */
  forget(scopes: readonly string[], member: string): Promise<void>;
  /** What is stored about a member in some places; nothing for those where there is nothing. */
  tell(member: string, places: readonly WishPlace[]): Promise<PlaceData[]>;
  hide(member: string, guildIds: readonly string[], isHidden: boolean): Promise<void>;
}

/** Does what a wish wants, in the servers that this process writes. */
export class CarryingOut {
  readonly #parts: CarryingOutParts;
  /** By wish: how often it was put off because the member was there. */
  readonly #waits = new Map<string, number>();

  constructor(parts: CarryingOutParts) {
    this.#parts = parts;
  }

  /** @returns false when it has to wait a little. After a failure: once more */
  async of(state: WishState, lists: WishLists): Promise<boolean> {
    const { wish } = state;
    const { id, kind, member } = wish;
    const places = await this.#placesOf(state, lists.shards.ids);
    // Before anything goes by which they were found.
    await lists.mark({ wish: id, places });
    if (kind === 'erase' && !(await this.#erase(id, member, places))) return false;
    if (kind === 'tell') await lists.answer(id, await this.#parts.tell(member, places));
    const servers = places.filter((place) => place !== direct);
    if (kind === 'hide' || kind === 'unhide') await this.#parts.hide(member, servers, kind === 'hide');
    await lists.mark({ wish: id, done: true });
    return true;
  }

  async #erase(wish: string, member: string, places: readonly WishPlace[]): Promise<boolean> {
    const { presence, forget, log } = this.#parts;
    const waits = this.#waits.get(wish) ?? 0;
    const isThere = (): boolean =>
      waits < mostWaits && places.some((place) => !presence.isQuiet(place, member));
    this.#waits.set(wish, waits + 1);
    if (isThere()) return false;
    await forget(
      places.map((place) => scopeOfPlace(place, member)),
      member,
    );
    // What was under way may have been stored behind the erasure's back.
    if (isThere()) return false;
    this.#waits.delete(wish);
    log.info({ wish, places: places.length }, 'What was stored about a member is erased');
    return true;
  }

  /** Where this process has something of the member, as far as the wish goes. */
  async #placesOf({ wish, marks }: WishState, shards: readonly number[]): Promise<WishPlace[]> {
    const { presence, stock, servers } = this.#parts;
    const { place, member } = wish;
    const before = shards.flatMap((shard) => marks.get(shard)?.places ?? []);
    const isDirectOurs = shards.includes(0) && (place === undefined || place === direct);
    const all = place === direct ? [] : await servers();
    const asked = place === undefined ? all : all.filter((one) => one === place);
    await stock.of(asked);
    // A server that was named is gone through in any case.
    const found = place === undefined ? await presence.serversOf(member, asked) : asked;
    return [...new Set([...before, ...(isDirectOurs ? [direct] : []), ...found])];
  }
}
