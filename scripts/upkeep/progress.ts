/** On a terminal, one line that changes; elsewhere a line now and then. */
export class Progress {
  readonly #things: string;
  readonly #output: NodeJS.WriteStream;
  readonly #everyMs: number;
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #isOpen = false;

  /** @param things what is counted */
  constructor(things: string, output: NodeJS.WriteStream = process.stderr) {
    this.#things = things;
    this.#output = output;
    this.#everyMs = output.isTTY ? 100 : 5_000;
  }

  show(doing: string, done: number, of: number): void {
    const nowMs = performance.now();
    if (done < of && nowMs - this.#shownAtMs < this.#everyMs) return;
    this.#shownAtMs = nowMs;
    const share = of === 0 ? 100 : Math.floor((100 * done) / of);
    const line = `${doing}: ${done} of ${of} ${this.#things} (${share} %)`;
    this.#isOpen = this.#output.isTTY === true;
    this.#output.write(this.#isOpen ? `\r${line}\u001b[K` : `${line}\n`);
  }

  /** The line is finished, and what comes next begins a new one. */
  end(): void {
    if (this.#isOpen) this.#output.write('\n');
    this.#isOpen = false;
  }
}
