import type { Logger } from 'pino';
import { minuteMs } from '../time/spans.js';

/** Longer than Discord's usual outages; whoever runs the bot may start it elsewhere then, or with a fresh network. */
const patienceMs = 10 * minuteMs;
const lookEveryMs = 5_000;

/** Notices when Discord stays lost. By the machine's own time, whatever clock the bot goes by. */
export class LossWatch {
  readonly #isWell: () => boolean;
  readonly #log: Logger;
  readonly #lost: () => void;
  #wellMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param lost called once */
  constructor(isWell: () => boolean, log: Logger, lost: () => void) {
    this.#isWell = isWell;
    this.#log = log;
    this.#lost = lost;
  }

  start(): void {
    this.#wellMs = performance.now();
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = performance.now();
    if (this.#isWell()) this.#wellMs = nowMs;
    if (nowMs - this.#wellMs < patienceMs) return;
    this.stop();
    this.#log.fatal(
      'Discord has been lost for ten minutes; the process ends, so that it can be started anew.',
    );
    this.#lost();
  }
}
