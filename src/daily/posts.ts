import { RecordLog } from '../store/log.js';
import type { Batch, Store } from '../store/store.js';
import { type Given, givenLog, type Post, postRecord } from './records.js';

/** A post with its answers, as far as this process has recorded them. */
export interface PostState {
  readonly id: string;
  post: Post;
  readonly log: RecordLog<Given>;
  /** By member. `stored` resolves when the answer is on the disk. */
  readonly given: Map<string, { readonly row: Given; readonly stored: Promise<void> }>;
}

/** Posts held in memory when nothing is being written: those that were pressed last. */
const mostIdle = 500;

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
  #rollbacks = 0;

  constructor(store: Store) {
    this.#store = store;
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
    const log = await RecordLog.open(this.#store, givenLog, id);
    return this.#hold({ id, post, log, given: new Map() });
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
      if (post) batch.put(postRecord, state.id, () => post);
      this.#writing.set(state, (this.#writing.get(state) ?? 0) + 1);
    }
    try {
      await this.#store.commit(batch);
      for (const { state, post } of changes) if (post) state.post = post;
    } finally {
      for (const { state } of changes) this.#written(state);
    }
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
      const log = await RecordLog.open(this.#store, givenLog, id);
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
