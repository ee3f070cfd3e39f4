import { ApiError, faultLine } from './errors.js';
import type { Faults } from './faults.js';
import type { Gateway } from './gateway.js';
import type { RecordedRequest } from './rest/call.js';

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

  /** Notes every event from now on, and what chaos does. */
  hears(faults: Faults, gateway: Gateway): void {
    faults.happened.on((what) => this.add(`chaos: ${what}`));
    gateway.delivery.said.on(({ event, json }) => this.add(`Discord: ${event} ${json}`));
  }

  asked({ method, path, body }: RecordedRequest): void {
    this.add(`bot: ${method} ${path} ${JSON.stringify(body) ?? ''}`);
  }

  refused(error: unknown): void {
    if (!(error instanceof ApiError)) return;
    const where = error.faults.map(faultLine).join('; ');
    this.add([`Discord: ${error.status} ${error.code} ${error.message}`, where].filter(Boolean).join(': '));
  }

  /** The latest lines, each with its time of day by this Discord's clock. */
  text(most = 60): string {
    const lines = this.#lines.slice(-most);
    return lines.map(({ at, text }) => `${new Date(at).toISOString().slice(11, 23)} ${text}`).join('\n');
  }
}
