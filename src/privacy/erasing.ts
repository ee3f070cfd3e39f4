import type { Logger } from 'pino';
import type { Presence } from '../people/presence.js';
import type { TakingStock } from '../people/taking-stock.js';
import type { Memory } from '../store/held.js';
import { KeyedQueue } from '../store/queue.js';
import type { Clock, Timer } from '../time/clock.js';
import { ErasureLists, type OwnShards } from './lists.js';
import { direct, type ErasureRequest, type Place } from './records.js';
import { callOffMs, carriedOutAt, dutyOf, type ErasureState, isCalledOff, isKept } from './rules.js';

/** Where several processes share the servers, each looks this often what the others were asked. */
const lookEveryMs = 60_000;
/** After a failure, and while the member is just using the bot. */
const againMs = 60_000;
/** Whoever goes on for this many minutes is not waited for any longer. */
const mostWaits = 10;
const mostPasses = 4;
const looking = 'look';

export interface ErasingParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly presence: Presence;
  readonly stock: Pick<TakingStock, 'of'>;
  /** The servers of this process's shards of which something may be stored. */
  servers(): Promise<readonly string[]>;
  /** For how many shards there were lists before. */
  shardCounts(): Promise<readonly number[]>;
  /** Removes a member from scopes; after a failure: once more. */
  forget(scopes: readonly string[], member: string): Promise<void>;
}

/**
 * Carries out the wishes of members to have what is stored about them erased, a day after they were asked for.
 *
 * A wish is a record until it is carried out, so it survives every kill, and what was cut short is taken up again.
 * Of several processes each erases in the servers that it writes: all of them look at all lists, and the wish, in
 * which the member's id stands, goes last, when all shards have said that nothing is left.
 */
export class Erasing {
  readonly #parts: ErasingParts;
  readonly #queue = new KeyedQueue();
  /** By wish: how often it was put off because the member was there. */
  readonly #waits = new Map<string, number>();
  #lists: ErasureLists | undefined;
  #timer: Timer | undefined;
  #isTakenUp = false;
  #stopped = false;

  constructor(parts: ErasingParts) {
    this.#parts = parts;
  }

  /** Takes up what is listed. Never rejects. Resolves when everything was looked at once. */
  async start(shards: OwnShards): Promise<void> {
    this.#lists = new ErasureLists(this.#parts.memory, shards);
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.idle();
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** A member's wishes that can be called off. */
  async pending(member: string): Promise<ErasureRequest[]> {
    const { states } = await this.#ready().read();
    return states
      .filter(({ request, marks }) => request.member === member && !isKept(marks))
      .map(({ request }) => request);
  }

  /** @param id of the interaction by which it is asked */
  async ask(id: string, member: string, place: Place | undefined, atMs: number): Promise<ErasureRequest> {
    const request = { id, member, ...(place && { place }), askedAt: atMs, dueAt: atMs + callOffMs };
    await this.#ready().add(request);
    void this.#look();
    return request;
  }

  /**
   * Calls a wish off.
   * @param atMs when Discord took the press
   * @returns false when there is none of that id of that member any more, or it is too late
   */
  async keep(id: string, member: string, atMs: number): Promise<boolean> {
    const request = (await this.pending(member)).find((one) => one.id === id);
    if (!request) return false;
    const { clock } = this.#parts;
    const isKept = await this.#ready().keep(id, () => isCalledOff(request, atMs, clock.now()));
    if (isKept) void this.#look();
    return isKept;
  }

  #ready(): ErasureLists {
    if (!this.#lists) throw new Error('Wishes to be erased are taken after the start only');
    return this.#lists;
  }

  /** Does what is due, and sets the timer for what comes next. Never rejects: what fails is tried again. */
  #look(): Promise<void> {
    return this.#queue.run(looking, async () => {
      const { clock, log } = this.#parts;
      this.#timer?.cancel();
      let nextMs: number | undefined;
      try {
        if (!this.#isTakenUp) await this.#takeUp();
        nextMs = await this.#work();
      } catch (error) {
        log.error(
          { err: error },
          'What members wished to have erased could not be looked after, trying again',
        );
        nextMs = clock.now() + againMs;
      }
      if (nextMs !== undefined && !this.#stopped) this.#timer = clock.at(nextMs, () => void this.#look());
    });
  }

  /** The wishes of other numbers of shards, and the people of before it was noted who they are. */
  async #takeUp(): Promise<void> {
    const { stock, servers, shardCounts } = this.#parts;
    await this.#ready().adopt(await shardCounts());
    await stock.of(await servers(), () => !this.#stopped);
    this.#isTakenUp = true;
  }

  /** @returns when to look again */
  async #work(): Promise<number | undefined> {
    const lists = this.#ready();
    const { clock } = this.#parts;
    const { shards } = lists;
    let times: number[] = [];
    // What is erased is dropped, and what is dropped needs no marks any more.
    for (let pass = 0; pass < mostPasses; pass++) {
      const { states, marked } = await lists.read();
      const gone = new Set(marked);
      times = shards.ids.length < shards.count ? [clock.now() + lookEveryMs] : [];
      let isChanged = false;
      for (const state of states) {
        if (this.#stopped) return undefined;
        gone.delete(state.request.id);
        const duty = dutyOf(state, shards, clock.now());
        if (duty === 'drop') await lists.drop(state);
        const isDone = duty === 'drop' || (duty === 'erase' && (await this.#erase(state)));
        if (isDone) isChanged = true;
        else times.push(Math.max(carriedOutAt(state.request), clock.now() + againMs));
      }
      if (gone.size > 0) await lists.unmark(gone);
      if (!isChanged) break;
    }
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** @returns false when it has to wait a little */
  async #erase(state: ErasureState): Promise<boolean> {
    const { request } = state;
    const { log, forget, presence } = this.#parts;
    const places = await this.#placesOf(state);
    const lists = this.#ready();
    // Before anything goes by which they were found.
    if (places.length > 0) await lists.mark({ request: request.id, places });
    const isThere = (): boolean => places.some((place) => !presence.isQuiet(place, request.member));
    const waits = this.#waits.get(request.id) ?? 0;
    if (isThere() && waits < mostWaits) return this.#wait(request.id, waits);
    const scopes = places.map((place) => (place === direct ? `dm-${request.member}` : place));
    await forget(scopes, request.member);
    // What was under way may have been stored behind the erasure's back.
    if (isThere() && waits < mostWaits) return this.#wait(request.id, waits);
    await lists.mark({ request: request.id, done: true });
    this.#waits.delete(request.id);
    log.info({ request: request.id, places: places.length }, 'What was stored about a member is erased');
    return true;
  }

  #wait(request: string, waits: number): false {
    this.#waits.set(request, waits + 1);
    return false;
  }

  /** Where this process has something of the member, as far as the wish goes. */
  async #placesOf({ request, marks }: ErasureState): Promise<Place[]> {
    const { shards } = this.#ready();
    const { presence, stock, servers } = this.#parts;
    const { place, member } = request;
    const before = shards.ids.flatMap((shard) => marks.get(shard)?.places ?? []);
    const isDirectOurs = shards.ids.includes(0) && (place === undefined || place === direct);
    const all = place === direct ? [] : await servers();
    const asked = place === undefined ? all : all.filter((one) => one === place);
    await stock.of(asked);
    const found = place === undefined ? await presence.serversOf(member, asked) : asked;
    return [...new Set([...before, ...(isDirectOurs ? [direct] : []), ...found])];
  }
}
