import type { Logger } from 'pino';
import { StoreError } from '../store/store.js';
import { Backoff } from '../time/backoff.js';
import type { Clock } from '../time/clock.js';
import { secondMs } from '../time/spans.js';
import type { UnderWay } from '../time/under-way.js';

const retriesMs = [3 * secondMs];

/**
 * Takes back what was stored and could not be shown, so that it holds no place. Where the disk refuses that too, it is
 * tried again until it is done, or until the process ends: the next one takes up what stands there.
 */
export class CallingOff {
  readonly #log: Logger;
  readonly #underWay: UnderWay;
  readonly #waits: Backoff;

  constructor(parts: { readonly clock: Clock; readonly log: Logger; readonly underWay: UnderWay }) {
    this.#log = parts.log;
    this.#underWay = parts.underWay;
    this.#waits = new Backoff(parts.clock, retriesMs);
  }

  /** Resolves after the first try. Never rejects. */
  async run(id: string, callOff: () => Promise<void>): Promise<void> {
    try {
      await callOff();
      this.#waits.clear(id);
    } catch (error) {
      this.#log.error({ err: error, id }, 'What could not be shown could not be taken back');
      if (error instanceof StoreError)
        this.#waits.failed(id, () => void this.#underWay.add(this.run(id, callOff)));
    }
  }

  stop(): void {
    this.#waits.stop();
  }
}
