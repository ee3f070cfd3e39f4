/** Works through keys, a few at once; a key that is added while it is worked on is worked on again. */
export class WorkQueue {
  readonly #atOnce: number;
  readonly #work: (key: string) => Promise<void>;
  readonly #waiting = new Set<string>();
  readonly #underWay = new Map<string, Promise<void>>();
  #stopped = false;

  /** @param work must not reject */
  constructor(atOnce: number, work: (key: string) => Promise<void>) {
    this.#atOnce = atOnce;
    this.#work = work;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#waiting.add(key);
    this.#next();
  }

  /** Starts nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#waiting.clear();
  }

  /** Resolves when nothing waits or is under way: each key ends. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #next(): void {
    for (const key of this.#waiting) {
      if (this.#underWay.size >= this.#atOnce) return;
      if (this.#underWay.has(key)) continue;
      this.#waiting.delete(key);
      const done = this.#work(key).finally(() => {
        this.#underWay.delete(key);
        this.#next();
      });
      this.#underWay.set(key, done);
    }
  }
}
