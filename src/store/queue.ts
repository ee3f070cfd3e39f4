/**
 * Runs tasks of one key one after another, in the order of their calls; different keys do not wait for each
 * other. What reads, decides and writes belongs in one task.
 */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** How many keys have a task under way or waiting. */
  get size(): number {
    return this.#tails.size;
  }

  /** Gives what `task` gives. A task that fails holds nobody up behind it. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key);
    const result = before === undefined ? start(task) : before.then(task);
    const tail: Promise<void> = result.then(
      () => this.#leave(key, tail),
      () => this.#leave(key, tail),
    );
    this.#tails.set(key, tail);
    return result;
  }

  /** Waits until no key has a task under way or waiting. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }

  #leave(key: string, tail: Promise<unknown>): void {
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

async function start<T>(task: () => Promise<T>): Promise<T> {
  return task();
}
