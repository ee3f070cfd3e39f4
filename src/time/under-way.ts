/** Work that has begun: whoever stops waits for it. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>();

  /** Its failures belong to whoever began it. */
  add<T>(work: Promise<T>): Promise<T> {
    const leave = (): void => {
      this.#all.delete(done);
    };
    const done: Promise<void> = work.then(leave, leave);
    this.#all.add(done);
    return work;
  }

  /** Resolves when none is left, begun meanwhile or before. */
  async idle(): Promise<void> {
    while (this.#all.size > 0) await Promise.all(this.#all);
  }
}
