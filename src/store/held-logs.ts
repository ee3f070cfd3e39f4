import { type LogType, RecordLog } from './log.js';
import type { Store } from './store.js';

/**
 * Logs of one type, each opened once. Append in the turn of the event loop in which `get` gave the log. Those
 * used longest ago are let go; after a rollback all are opened anew.
 */
export class HeldLogs<T> {
  /** In the order of use, longest ago first. */
  readonly #held = new Map<string, RecordLog<T>>();
  readonly #opening = new Map<string, Promise<void>>();

  constructor(
    private readonly store: Store,
    private readonly type: LogType<T>,
    private readonly most: number,
  ) {}

  async get(id: string): Promise<RecordLog<T>> {
    for (;;) {
      const held = this.held(id);
      if (held) return held;
      await (this.#opening.get(id) ?? this.#open(id));
    }
  }

  /** The log, if it is open. */
  held(id: string): RecordLog<T> | undefined {
    const log = this.#held.get(id);
    if (!log || log.stale) return undefined;
    this.#held.delete(id);
    this.#held.set(id, log);
    return log;
  }

  #open(id: string): Promise<void> {
    const opening = RecordLog.open(this.store, this.type, id)
      .then((log) => {
        this.#held.delete(id);
        this.#held.set(id, log);
        for (const oldest of this.#held.keys()) {
          if (this.#held.size <= this.most) return;
          this.#held.delete(oldest);
        }
      })
      .finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }
}
