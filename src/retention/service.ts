import type { Logger } from 'pino';
import type { Shards } from '../discord/shards.js';
import type { Keeper } from '../people/keeper.js';
import { directScope } from '../people/scope.js';
import type { Memory } from '../store/held.js';
import { KeyedQueue } from '../store/queue.js';
import { HeldRecords } from '../store/records.js';
import type { Clock, Timer } from '../time/clock.js';
import { dayMs } from '../time/spans.js';
import { departureRecord } from './records.js';
import { ServerLists } from './server-lists.js';

/** How long the data of a server stays after the bot has left it. */
const keepAfterLeavingMs = 30 * dayMs;
const checkEveryMs = dayMs;
const checkAgainMs = dayMs / 24;
/** So many servers gone at once look like another bot on this database. */
const suspiciouslyMany = 10;

export interface RetentionParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  /** In the order in which they forget: games and cards before the points and profiles that they add to. */
  readonly keepers: readonly Keeper[];
}

/**
 * Removes the data of servers that the bot has left, 30 days after, and of members who want it removed.
 *
 * What goes with a member, in each scope that is given:
 * - their profile, and their rows in the ledger. Ranks on leaderboards close up; everybody's points stay;
 * - what comes back to them for review, their session, their reminder, and the index of what they met;
 * - their answers to practice cards and daily questions, and their private cards. Public cards that they asked
 *   stay without an asker, a schedule that they set stays without anybody to report to;
 * - their place, name and answers in quizzes. The places of finished ones close up; a running one goes on without
 *   them, and its open round counts nothing of theirs. Without its host, a quiz is moderated by Manage Messages.
 * Who goes on playing afterwards begins anew. Scopes must be of servers that this process serves, and of direct
 * messages only in the process of shard 0, which gets those.
 *
 * What this does not reach:
 * - messages in Discord, the log, backups, and room that a database has not yet written over: SQLite's write-ahead log
 *   until the bot stops, PostgreSQL's dead rows until it vacuums, Redis' append-only file until it is rewritten;
 * - copies of damaged records (`damaged:…`, in the log as errors when they are made), which are the operator's to
 *   mend or to delete; a member's traces in a damaged record itself, which goes with its server; and what only a
 *   damaged list names;
 * - the key of a record that was removed in the very moment in which the process died, without its value.
 */
export class Retention {
  readonly #parts: RetentionParts;
  readonly #departures: HeldRecords<{ at: number }>;
  /** A server's (or scope's) own steps, one after another. */
  readonly #queue = new KeyedQueue();
  #present = new Set<string>();
  #lists: ServerLists | undefined;
  #isAdopted = false;
  #timer: Timer | undefined;
  #checking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
    this.#departures = new HeldRecords(parts.memory, departureRecord);
  }

  /**
   * Call it when Discord has told which servers the bot is in. Finds out which it was removed from or added to
   * while it was away, and removes what is due, now and every day. Never rejects: what fails is tried again.
   * Resolves when the first check is through, for which nothing has to wait.
   * @param servers all of this process's shards, those with an outage among them
   */
  async start(shards: Shards, servers: Iterable<string>): Promise<void> {
    this.#present = new Set(servers);
    const lists = new ServerLists(this.#parts.memory, shards);
    this.#lists = lists;
    await this.#check(lists);
  }

  /** Ends the timer and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.idle();
  }

  /** Resolves when nothing is under way; the timer does not count. */
  async idle(): Promise<void> {
    await this.#checking;
    await this.#queue.idle();
  }

  /** The bot was removed from a server (not: the server has an outage). Never rejects: each check makes up for it. */
  async serverLeft(guildId: string): Promise<void> {
    this.#present.delete(guildId);
    await this.#tried(guildId, () => this.#note(guildId));
  }

  /** The bot was added to a server, or is known to be in it. Never rejects. */
  async serverJoined(guildId: string): Promise<void> {
    if (this.#present.has(guildId)) return;
    this.#present.add(guildId);
    await this.#tried(guildId, async () => {
      await this.#lists?.add([guildId]);
      await this.#departures.use(guildId, (departure) => departure.remove());
    });
  }

  /** The servers of this process's shards of which something may be stored, those among them that the bot has left. */
  async servers(): Promise<string[]> {
    const lists = this.#lists;
    if (!lists) throw new Error('Which servers there are is not known before the start');
    await this.#checking;
    await this.#adopt(lists);
    return [...new Set([...(await lists.all()), ...this.#present])];
  }

  /** The servers of all processes, as their lists stand on the disk. */
  async allServers(): Promise<string[]> {
    const own = await this.servers();
    return [...new Set([...own, ...((await this.#lists?.ofOthers()) ?? [])])];
  }

  /** For how many shards there are lists, this process's number among them once it has started. */
  async shardCounts(): Promise<number[]> {
    return this.#lists ? this.#lists.counts() : [];
  }

  /** Removes everything that is stored of a server, now. After a failure: once more. */
  async forgetServer(guildId: string): Promise<void> {
    await this.#queue.run(guildId, () => this.#forgetScope(guildId));
  }

  /**
   * Removes everything that is stored of a member in these scopes; see above for what that is. Reads much of
   * what the servers have stored. After a failure: once more.
   */
  async forgetMember(scopes: readonly string[], member: string): Promise<void> {
    for (const scope of scopes) {
      await this.#queue.run(scope, async () => {
        if (scope === directScope(member)) return this.#forgetScope(scope);
        for (const keeper of this.#parts.keepers) await keeper.forgetMember?.(scope, member);
      });
    }
  }

  async #forgetScope(scope: string): Promise<void> {
    for (const keeper of this.#parts.keepers) await keeper.forgetScope?.(scope);
  }

  #check(lists: ServerLists): Promise<void> {
    const { clock, log } = this.#parts;
    this.#checking = this.#adopt(lists)
      .then(() => this.#settle(lists))
      .then(() => checkEveryMs)
      .catch((error: unknown) => {
        log.error({ err: error }, 'Which servers the bot has left could not be looked after, trying again');
        return checkAgainMs;
      })
      .then((delayMs) => {
        if (this.#stopped) return;
        this.#timer = clock.at(clock.now() + delayMs, () => void this.#check(lists));
      });
    return this.#checking;
  }

  async #adopt(lists: ServerLists): Promise<void> {
    if (!this.#isAdopted) await lists.adopt(this.#parts.clock.now());
    this.#isAdopted = true;
  }

  /** Brings lists and departures in line with where the bot is, and removes what is due. */
  async #settle(lists: ServerLists): Promise<void> {
    const { log } = this.#parts;
    await lists.add([...this.#present]);
    const listed = await lists.all();
    const departures = await this.#departures.present([...listed]);
    const back = [...departures.keys()].filter((id) => this.#present.has(id));
    const gone = [...listed].filter((id) => !this.#present.has(id) && !departures.has(id));
    if (gone.length >= suspiciouslyMany && gone.length > listed.size / 2)
      log.warn(
        { gone: gone.length, known: listed.size, removedAfterDays: keepAfterLeavingMs / dayMs },
        'The bot is no longer in most servers of this database. Is it the right bot? Their data will be removed',
      );
    for (const id of back)
      await this.#queue.run(id, async () => {
        if (this.#present.has(id)) await this.#departures.use(id, (one) => one.remove());
      });
    for (const id of gone) await this.#queue.run(id, () => this.#note(id));
    for (const [id, { at }] of departures)
      if (!this.#stopped && this.#isDue(id, at)) await this.#remove(lists, id);
  }

  /** From here the 30 days run. */
  async #note(guildId: string): Promise<void> {
    const { clock, log } = this.#parts;
    const isNew = await this.#departures.use(guildId, (departure) => {
      if (this.#present.has(guildId) || departure.value) return false;
      departure.set({ at: clock.now() });
      return true;
    });
    if (!isNew) return;
    log.info({ guildId }, 'The bot has left a server; its data is kept for 30 days');
  }

  /** The record and the place on the list go last, so that a removal that was cut short is taken up again. */
  async #remove(lists: ServerLists, guildId: string): Promise<void> {
    const { log } = this.#parts;
    await this.#tried(guildId, async () => {
      const departure = await this.#departures.get(guildId);
      if (!departure || !this.#isDue(guildId, departure.at)) return;
      await this.#forgetScope(guildId);
      await this.#departures.use(guildId, (one) => one.remove());
      if (!this.#present.has(guildId)) await lists.drop(guildId);
      log.info({ guildId }, 'The data of a server that the bot left 30 days ago is removed');
    });
  }

  #isDue(guildId: string, leftAt: number): boolean {
    return !this.#present.has(guildId) && leftAt + keepAfterLeavingMs <= this.#parts.clock.now();
  }

  async #tried(guildId: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.#queue.run(guildId, work);
    } catch (error) {
      this.#parts.log.error({ err: error, guildId }, 'What a server left behind could not be looked after');
    }
  }
}
