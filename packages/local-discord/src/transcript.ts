const mostLines = 500;
const longestLine = 300;

interface Line {
  readonly at: number;
  readonly text: string;
}

/** What bot and Discord said to each other, oldest first, for a failing test to print. */
export class Transcript {
  readonly #lines: Line[] = [];

  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  add(text: string): void {
    this.#lines.push({ at: this.now(), text: text.slice(0, longestLine) });
    if (this.#lines.length > mostLines * 2) this.#lines.splice(0, mostLines);
  }

  /** The latest lines, each with its time of day by this Discord's clock. */
  text(most = 60): string {
    const lines = this.#lines.slice(-most);
    return lines.map(({ at, text }) => `${new Date(at).toISOString().slice(11, 23)} ${text}`).join('\n');
  }
}
