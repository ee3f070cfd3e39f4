import type { Logger } from 'pino';
import type { Shards } from '../discord/shards.js';
import type { Memory } from '../store/held.js';
import { KeyedQueue } from '../store/queue.js';
import type { Clock, Timer } from '../time/clock.js';
import { minuteMs } from '../time/spans.js';
import { CarryingOut, type CarryingOutParts } from './carrying-out.js';
import type { PlaceData, Wish } from './records.js';
import { callOffMs, carriedOutAt, dutyOf, isAllDone, isCalledOff, isKept, type WishState } from './rules.js';
import { WishLists } from './wish-lists.js';

/** Where several processes share the servers, each looks this often what the others were asked. */
const lookEveryMs = 15_000;
/** After a failure, and while the member is just using the bot. */
const againMs = minuteMs;
/** How often, and how many times, a process looks whether the others have answered. */
const readEveryMs = 1_000;
const mostReads = 60;
/** What is carried out is dropped, and what is dropped needs no marks any more. */
const mostPasses = 4;
const looking = 'look';

export interface WishesParts extends CarryingOutParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tells a member that what they wished to have erased is gone. @returns false when it is to be tried again */
  tellErased(wish: Wish): Promise<boolean>;
  /** For how many shards there were lists before. */
  shardCounts(): Promise<readonly number[]>;
}

/**
 * Takes what members wish to have done with their data, and carries it out: erasures a day after they were asked for.
 *
 * A wish is a record until it is carried out, so it survives every kill, and what was cut short is taken up again.
 * Of several processes each acts in the servers that it writes: all of them look at all lists, and a wish, in which
 * the member's id stands, goes last, when all shards have said that they are done.
 */
export class Wishes {
  readonly #parts: WishesParts;
  readonly #carrying: CarryingOut;
  readonly #queue = new KeyedQueue();
  #lists: WishLists | undefined;
  #timer: Timer | undefined;
  #isTakenUp = false;
  #stopped = false;

  constructor(parts: WishesParts) {
    this.#parts = parts;
    this.#carrying = new CarryingOut(parts);
  }

  /** Takes up what is listed. Never rejects. Resolves when everything was looked at once. */
  async start(shards: Shards): Promise<void> {
    this.#lists = new WishLists(this.#parts.memory, shards);
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

  /** Whether all servers are this process's own, so that nobody else has to be asked. */
  get isAlone(): boolean {
    const { ids, count } = this.#ready().shards;
    return ids.length === count;
  }

  /** A member's erasures that can be called off. */
  async pending(member: string): Promise<Wish[]> {
    const { states } = await this.#ready().read();
    return states
      .filter(({ wish, marks }) => wish.member === member && wish.kind === 'erase' && !isKept(marks))
      .map(({ wish }) => wish);
  }

  /** @param asked.id of the interaction by which it is asked. Resolves when it is durable */
  async ask(asked: Omit<Wish, 'dueAt'>): Promise<Wish> {
    const { askedAt, kind } = asked;
    const wish = { ...asked, dueAt: kind === 'erase' ? askedAt + callOffMs : askedAt };
    await this.#ready().add(wish);
    void this.#look();
    return wish;
  }

  /** What all processes have to tell to a wish, which is gone then; and whether all of them have. */
  async answers(wish: Wish): Promise<{ readonly data: PlaceData[]; readonly isWhole: boolean }> {
    const lists = this.#ready();
    let isWhole = false;
    for (let read = 0; read < mostReads && !isWhole && !this.#stopped; read++) {
      if (read > 0) await this.#pause();
      const { states } = await lists.read();
      const state = states.find((one) => one.wish.id === wish.id);
      if (!state) break;
      isWhole = isAllDone(state.marks, lists.shards.count);
    }
    const data = await lists.answersTo(wish.id);
    await lists.drop({ wish, shard: lists.first });
    void this.#look();
    return { data, isWhole };
  }

  /**
   * Calls an erasure off.
   * @param atMs when Discord took the press
   * @returns false when there is none of that id of that member any more, or it is too late
   */
  async keep(id: string, member: string, atMs: number): Promise<boolean> {
    const wish = (await this.pending(member)).find((one) => one.id === id);
    if (!wish) return false;
    const { clock } = this.#parts;
    const isKept = await this.#ready().keep(id, () => isCalledOff(wish, atMs, clock.now()));
    if (isKept) void this.#look();
    return isKept;
  }

  #pause(): Promise<void> {
    const { clock } = this.#parts;
    return new Promise((resolve) => clock.at(clock.now() + readEveryMs, resolve));
  }

  #ready(): WishLists {
    if (!this.#lists) throw new Error('Wishes are taken after the start only');
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
        log.error({ err: error }, 'What members wish to have done could not be looked after, trying again');
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
    let times: number[] = [];
    for (let pass = 0; pass < mostPasses; pass++) {
      const { states, marked } = await lists.read();
      const gone = new Set(marked);
      times = this.isAlone ? [] : [clock.now() + lookEveryMs];
      let isChanged = false;
      for (const state of states) {
        if (this.#stopped) return undefined;
        gone.delete(state.wish.id);
        const duty = dutyOf(state, lists.shards, clock.now());
        const isDone =
          duty === 'drop'
            ? await this.#drop(state, lists)
            : duty === 'carry out' && (await this.#carrying.of(state, lists));
        if (isDone) isChanged = true;
        else times.push(Math.max(carriedOutAt(state.wish), clock.now() + againMs));
      }
      if (gone.size > 0) await lists.unmark(gone);
      if (!isChanged) break;
    }
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** @returns false when its member is still to be told that it is carried out */
  async #drop(state: WishState, lists: WishLists): Promise<boolean> {
    const { wish, marks } = state;
    const isErased = wish.kind === 'erase' && !isKept(marks);
    if (isErased && !(await this.#parts.tellErased(wish))) return false;
    await lists.drop(state);
    return true;
  }
}
