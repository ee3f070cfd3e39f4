import { type REST, RequestMethod } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import type { DiscordClock } from '../time/discord-clock.js';

/** Interactions tell that Discord's time is later than thought; that it is earlier, only a measurement does. */
const measureEveryMs = 60 * 60_000;
/** An operator should know of a clock that is so wrong, although nobody loses points by it. */
const worthTellingMs = 2_000;

/** Measures Discord's time, now and from time to time. */
export class TimeKeeping {
  readonly #rest: REST;
  readonly #clock: DiscordClock;
  readonly #machine: Clock;
  readonly #log: Logger;
  #timer: Timer | undefined;
  #told = false;
  #stopped = false;

  constructor(parts: { rest: REST; clock: DiscordClock; machine: Clock; log: Logger }) {
    this.#rest = parts.rest;
    this.#clock = parts.clock;
    this.#machine = parts.machine;
    this.#log = parts.log;
  }

  /** Never rejects: without an answer, what is known stays. */
  async measure(): Promise<void> {
    const sentMs = performance.now();
    try {
      const { headers } = await this.#rest.queueRequest({
        method: RequestMethod.Get,
        fullRoute: '/gateway/bot',
      });
      const date = Date.parse(headers.get('date') ?? '');
      if (Number.isFinite(date)) this.#clock.dated(date, performance.now() - sentMs);
      this.#tell();
    } catch (error) {
      this.#log.debug({ err: error }, 'Discord’s time could not be measured');
    }
    if (this.#stopped) return;
    this.#timer = this.#machine.at(this.#machine.now() + measureEveryMs, () => void this.measure());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  #tell(): void {
    const { aheadMs } = this.#clock;
    const isOff = Math.abs(aheadMs) >= worthTellingMs;
    if (isOff && !this.#told)
      this.#log.warn(
        { discordAheadMs: aheadMs },
        'The clock of this machine is not Discord’s. The bot goes by Discord’s time; set the clock (NTP) all the same',
      );
    this.#told = isOff;
  }
}
