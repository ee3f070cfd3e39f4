import { type REST, RequestMethod } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import type { DiscordClock } from '../time/discord-clock.js';
import { hourMs } from '../time/spans.js';

/** Interactions tell that Discord's time is later than thought; that it is earlier, only a measurement does. */
const measureEveryMs = hourMs;
/** How often the machine's clock is held against the time that has passed, which nobody can set. */
const lookEveryMs = 5_000;
/** The two drift apart by less between two looks; by more, somebody has set the clock, or the machine was asleep. */
const stepMs = 500;
/** Of one measurement, where the machine's clock is set during each. */
const mostTries = 3;
/** An operator should know of a clock that is so wrong, although nobody loses points by it. */
const worthTellingMs = 2_000;

/** Measures Discord's time, now and from time to time. */
export class TimeKeeping {
  readonly #rest: Pick<REST, 'queueRequest'>;
  readonly #clock: DiscordClock;
  readonly #machine: Clock;
  readonly #log: Logger;
  readonly #passedMs: (() => number) | undefined;
  #timer: Timer | undefined;
  #watch: Timer | undefined;
  #told = false;
  #stopped = false;

  /** @param parts.passedMs grows with the time that passes; absent: nobody sets the machine's clock but by hand */
  constructor(parts: {
    rest: Pick<REST, 'queueRequest'>;
    clock: DiscordClock;
    machine: Clock;
    log: Logger;
    passedMs?: () => number;
  }) {
    this.#rest = parts.rest;
    this.#clock = parts.clock;
    this.#machine = parts.machine;
    this.#log = parts.log;
    this.#passedMs = parts.passedMs;
  }

  /** Never rejects: without an answer, what is known stays. */
  async measure(): Promise<void> {
    try {
      for (let tries = 1; tries <= mostTries; tries++) if (await this.#ask()) break;
      this.#tell();
    } catch (error) {
      this.#log.debug({ err: error }, 'Discord’s time could not be measured');
    }
    if (this.#stopped) return;
    this.#timer?.cancel();
    this.#watchSteps();
    this.#timer = this.#machine.at(this.#machine.now() + measureEveryMs, () => void this.measure());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#watch?.cancel();
  }

  /** @returns false for an answer that says nothing, because the machine's clock was set while it was on its way */
  async #ask(): Promise<boolean> {
    const sentMs = performance.now();
    const offset = (): number => this.#machine.now() - performance.now();
    const before = offset();
    const { headers } = await this.#rest.queueRequest({
      method: RequestMethod.Get,
      fullRoute: '/gateway/bot',
    });
    const date = Date.parse(headers.get('date') ?? '');
    const wasSet = Math.abs(offset() - before) > stepMs;
    if (Number.isFinite(date) && !wasSet) this.#clock.dated(date, performance.now() - sentMs);
    return !wasSet;
  }

  /** Measures again soon after the machine's clock was set: rounds would close too early or late by it. */
  #watchSteps(): void {
    const passedMs = this.#passedMs;
    if (!passedMs) return;
    this.#watch?.cancel();
    const offset = (): number => this.#machine.now() - passedMs();
    const before = offset();
    this.#watch = this.#machine.at(this.#machine.now() + lookEveryMs, () => {
      if (Math.abs(offset() - before) > stepMs) void this.measure();
      else this.#watchSteps();
    });
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
