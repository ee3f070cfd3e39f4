import type { Logger } from 'pino';
import type { Hold } from '../store/holds.js';
import { ping } from '../store/ping.js';
import { systemClock } from '../time/clock.js';
import type { App } from './app.js';

/** What is on its way to Discord when the right to write is lost is not waited for. */
const lostPatienceMs = 250;

/** One shard as this process runs it: the right to write for it, and a bot of its own that begins and ends with it. */
export class Unit {
  readonly hold: Hold;
  /** Resolves when the shard takes interactions. Rejects when it cannot, or has lost the right meanwhile. */
  readonly started: Promise<void>;
  readonly #log: Logger;
  readonly #creating: Promise<App>;
  #app: App | undefined;
  #isStarted = false;
  #isLost = false;
  #ending: Promise<void> | undefined;

  constructor(hold: Hold, create: (hold: Hold) => Promise<App>, log: Logger) {
    this.hold = hold;
    this.#log = log;
    this.#creating = create(hold);
    const lost = hold.lost.then((reason) => {
      this.#isLost = true;
      throw reason;
    });
    this.started = Promise.race([this.#start(), lost]);
    // Each of the two is listened to at another place, or comes too late to matter.
    this.started.catch(() => undefined);
    lost.catch(() => undefined);
  }

  get shard(): number {
    return this.hold.shard;
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** Whether it is connected and has taken up everything. */
  health(): { readonly gateway: boolean; readonly servers: boolean } {
    if (!this.#app || !this.#isStarted || this.#ending) return { gateway: false, servers: false };
    return this.#app.health();
  }

  /** Resolves when its store has taken a write. */
  async ping(): Promise<void> {
    if (this.#app) await ping(this.#app.memory.store, systemClock.now());
  }

  /**
   * Ends the bot and gives the shard back: everything that was acknowledged is on the disk by then. Never rejects.
   * @param patienceMs for what is on its way to Discord
   */
  end(patienceMs?: number): Promise<void> {
    this.#ending ??= this.#end(this.#isLost ? lostPatienceMs : patienceMs);
    return this.#ending;
  }

  async #start(): Promise<void> {
    this.#app = await this.#creating;
    if (this.#ending) return;
    await this.#app.start();
    this.#isStarted = true;
  }

  async #end(patienceMs: number | undefined): Promise<void> {
    const app = await this.#creating.catch(() => undefined);
    try {
      await app?.stop(patienceMs);
    } catch (err) {
      this.#log[this.#isLost ? 'debug' : 'error'](
        { err, shard: this.shard },
        'A shard could not be ended in order',
      );
    }
    await this.hold.release();
  }
}
