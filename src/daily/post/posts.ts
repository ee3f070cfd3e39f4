import { HeldLogs } from '../../store/held-logs.js';
import { RecordLog } from '../../store/log.js';
import { Batch, type Store, StoreError } from '../../store/store.js';
import {
  type DailyAnswer,
  dailyAnswersLog,
  type Post,
  parsePostId,
  postId,
  postRecord,
  postsLog,
} from '../records.js';

/** A post with its answers, as far as this process has recorded them. */
export interface PostState {
  readonly id: string;
  post: Post;
  readonly log: RecordLog<DailyAnswer>;
  /** By member. `stored` resolves when the answer is on the disk. */
  readonly given: Map<string, { readonly row: DailyAnswer; readonly stored: Promise<void> }>;
}

/** Posts held in memory when nothing is being written: those that were pressed last. */
const mostIdle = 500;
const mostLists = 500;

const stored = Promise.resolve();

/**
 * Posts in memory. There is one state for a post at a time, and none that ran ahead of the disk is dropped
 * before it is written; after a rollback all are read again.
 */
export class Posts {
  readonly #store: Store;
  readonly #states = new Map<string, PostState>();
  readonly #loading = new Map<string, Promise<PostState | undefined>>();
  readonly #writing = new Map<PostState, number>();
  /** Dates of the posts of a server, and posts that are not on that list yet. */
  readonly #lists: HeldLogs<string>;
  readonly #unlisted = new WeakSet<PostState>();
  #rollbacks = 0;

  constructor(store: Store) {
    this.#store = store;
    this.#lists = new HeldLogs(store, postsLog, mostLists);
    store.onRollback(() => {
      this.#rollbacks++;
      this.#states.clear();
      this.#loading.clear();
    });
  }

  /** Undefined where there is no such post. */
  async load(id: string): Promise<PostState | undefined> {
    const held = this.held(id);
    if (held) return held;
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = this.#read(id).finally(() => {
        if (this.#loading.get(id) === loading) this.#loading.delete(id);
      });
      this.#loading.set(id, loading);
    }
    return loading;
  }

  /** The state in memory, without waiting. */
  held(id: string): PostState | undefined {
    const state = this.#states.get(id);
    if (state) {
      this.#states.delete(id);
      this.#states.set(id, state);
    }
    return state;
  }

  /** The post of that id, or a new one whose record the caller commits. */
  async begin(id: string, post: Post): Promise<PostState> {
    const known = await this.load(id);
    if (known) return known;
    const log = await RecordLog.open(this.#store, dailyAnswersLog, id);
    await this.#lists.get(serverOf(id));
    const state: PostState = { id, post, log, given: new Map() };
    this.#unlisted.add(state);
    return this.#hold(state);
  }

  /**
   * Commits changes to posts, with whatever else is in the batch. Their states are kept until they are written;
   * a new `post` counts from then on.
   */
  async commit(
    batch: Batch,
    changes: readonly { readonly state: PostState; readonly post?: Post }[],
  ): Promise<void> {
    for (const { state, post } of changes) {
      if (post) this.#stage(batch, state, post);
      this.#writing.set(state, (this.#writing.get(state) ?? 0) + 1);
    }
    try {
      await this.#store.commit(batch);
      for (const { state, post } of changes) if (post) state.post = post;
    } finally {
      for (const { state } of changes) this.#written(state);
    }
  }

  /** Removes all posts of a server, with their answers. After a failure: once more. */
  async forgetServer(serverId: string): Promise<void> {
    const list = await this.#lists.get(serverId);
    for await (const dates of list.segments()) {
      const ids = dates.map((date) => postId(serverId, date));
      const logs = await Promise.all(ids.map((id) => RecordLog.open(this.#store, dailyAnswersLog, id)));
      const batch = new Batch();
      for (const log of logs) log.remove(batch);
      for (const id of ids) {
        batch.remove(postRecord, id);
        this.#states.delete(id);
      }
      await this.#store.commit(batch);
    }
    const batch = new Batch();
    list.remove(batch);
    await this.#store.commit(batch);
  }

  /** Removes a member's answers to all posts of a server. After a failure: once more. */
  async forgetMember(serverId: string, member: string): Promise<void> {
    const list = await this.#lists.get(serverId);
    for await (const date of list.rows()) {
      const state = await this.load(postId(serverId, date));
      const given = state?.given.get(member);
      if (!state || !given) continue;
      this.#writing.set(state, (this.#writing.get(state) ?? 0) + 1);
      state.given.delete(member);
      try {
        // An answer that they give from now on is a new one.
        await state.log.drop((row) => row.member === member && row.at <= given.row.at);
      } catch (error) {
        // Not in memory any more, and perhaps still on the disk: the next try has to find it.
        this.#states.delete(state.id);
        throw error;
      } finally {
        this.#written(state);
      }
    }
  }

  #stage(batch: Batch, state: PostState, post: Post): void {
    batch.put(postRecord, state.id, () => post);
    if (!this.#unlisted.has(state)) return;
    const list = this.#lists.held(serverOf(state.id));
    if (!list) throw new StoreError(`The posts of ${state.id} were rolled back`);
    list.append(batch, [post.date]);
    this.#unlisted.delete(state);
  }

  #written(state: PostState): void {
    const left = (this.#writing.get(state) ?? 1) - 1;
    if (left > 0) this.#writing.set(state, left);
    else this.#writing.delete(state);
  }

  async #read(id: string): Promise<PostState | undefined> {
    for (;;) {
      const before = this.#rollbacks;
      const post = await this.#store.get(postRecord, id);
      if (!post) return undefined;
      const log = await RecordLog.open(this.#store, dailyAnswersLog, id);
      const given: PostState['given'] = new Map();
      for await (const row of log.rows()) if (!given.has(row.member)) given.set(row.member, { row, stored });
      if (this.#rollbacks === before) return this.#hold({ id, post, log, given });
    }
  }

  #hold(state: PostState): PostState {
    this.#states.set(state.id, state);
    if (this.#states.size <= mostIdle) return state;
    for (const idle of this.#states.values()) {
      if (this.#states.size <= mostIdle) break;
      if (idle !== state && !this.#writing.has(idle)) this.#states.delete(idle.id);
    }
    return state;
  }
}

const serverOf = (id: string): string => parsePostId(id)?.serverId ?? '';
