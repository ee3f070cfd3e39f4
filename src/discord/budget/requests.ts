import { secondMs } from '../../time/spans.js';
import { Turn, type Urgency, urgencies } from './urgency.js';

/** Less urgent requests leave so much of the second to rounds and to people who wait. */
const keptShare = 0.06;
/** Counters stop when so much of the second is used up. */
const counterShare = 0.7;

interface Waiting {
  readonly sinceMs: number;
  readonly grant: (turn: Turn) => void;
}

/** What the budget needs of its surroundings; real time, by which Discord counts. */
export interface BudgetTime {
  now(): number;
  after(ms: number, run: () => void): void;
}

const realTime: BudgetTime = {
  now: () => performance.now(),
  after: (ms, run) => void setTimeout(run, ms).unref(),
};

/**
 * The requests that Discord takes of a bot in a second, given out in an order: rounds of quizzes, what people wait
 * for, daily posts, reveals, counters.
 *
 * A place is free again one second after the *answer* has come. Discord has counted the request before it answered, so
 * whatever the network does in between, no second of Discord's holds more than the limit. Rounds and people may use
 * the second up at once; what is less urgent goes evenly, so that the next round finds a place within milliseconds.
 *
 * Source: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export class RequestBudget {
  readonly perSecond: number;
  readonly #time: BudgetTime;
  readonly #waiting = new Map<Urgency, Waiting[]>(urgencies.map((urgency) => [urgency, []]));
  readonly #caps: Readonly<Record<Urgency, number>>;
  readonly #everyMs: number;
  #used = 0;
  #nextEvenMs = 0;
  #isTimed = false;

  constructor(perSecond: number, time: BudgetTime = realTime) {
    this.perSecond = perSecond;
    this.#time = time;
    const even = Math.max(1, perSecond - Math.max(1, Math.round(perSecond * keptShare)));
    this.#caps = {
      round: perSecond,
      person: perSecond,
      post: even,
      reveal: even,
      counter: Math.max(1, Math.floor(perSecond * counterShare)),
    };
    this.#everyMs = secondMs / perSecond;
  }

  /** How many wait for a turn. */
  get waiting(): number {
    let sum = 0;
    for (const queue of this.#waiting.values()) sum += queue.length;
    return sum;
  }

  /** Resolves when it is the request's turn; each turn must be used or given back. */
  turn(urgency: Urgency): Promise<Turn> {
    return new Promise((grant) => {
      this.#waiting.get(urgency)?.push({ sinceMs: this.#time.now(), grant });
      this.#serve();
    });
  }

  /** A turn where there is one at this moment: for what can be left out, or done later. */
  turnNow(urgency: Urgency): Turn | undefined {
    return this.waiting === 0 && this.#waitMs(urgency) === 0
      ? this.#take(urgency, this.#time.now())
      : undefined;
  }

  /** To be called when the answer to a request has come, or is not coming any more. */
  answered(): void {
    this.#time.after(secondMs, () => this.#free());
  }

  #free(): void {
    this.#used -= 1;
    this.#serve();
  }

  #serve(): void {
    for (const urgency of urgencies) {
      const queue = this.#waiting.get(urgency) ?? [];
      while (queue.length > 0) {
        const waitMs = this.#waitMs(urgency);
        // The more urgent is first, also when it has to wait.
        if (waitMs !== 0) {
          this.#serveIn(waitMs);
          return;
        }
        const next = queue.shift();
        next?.grant(this.#take(urgency, next.sinceMs));
      }
    }
  }

  #serveIn(waitMs: number): void {
    // Full: the next place that is free calls again.
    if (waitMs === Number.POSITIVE_INFINITY || this.#isTimed) return;
    this.#isTimed = true;
    this.#time.after(Math.ceil(waitMs), () => {
      this.#isTimed = false;
      this.#serve();
    });
  }

  #waitMs(urgency: Urgency): number {
    if (this.#used >= this.#caps[urgency]) return Number.POSITIVE_INFINITY;
    return isEven(urgency) ? Math.max(0, this.#nextEvenMs - this.#time.now()) : 0;
  }

  #take(urgency: Urgency, sinceMs: number): Turn {
    this.#used += 1;
    const nowMs = this.#time.now();
    // Timers come late: what was missed thereby is made up for, up to a tenth of a second of it.
    if (isEven(urgency)) this.#nextEvenMs = Math.max(this.#nextEvenMs, nowMs - secondMs / 10) + this.#everyMs;
    return new Turn(urgency, nowMs - sinceMs, () => this.#free());
  }
}

const isEven = (urgency: Urgency): boolean => urgency !== 'round' && urgency !== 'person';
