import { minuteMs } from '../../time/spans.js';

/** Discord bars an address for some time after 10,000 invalid requests in ten minutes. */
const windowMs = 10 * minuteMs;
const bucketMs = 10_000;
/** From here on what causes them is held back, and from `alarm` on everything that does not answer a person. */
const invalidLimits = { careful: 5_000, alarm: 9_000 } as const;
/** A cause is a kind of request with at least this share of them. */
const causeShare = 0.1;

/** Held back here, so that the bot's address is not barred: it may work again when some minutes have passed. */
export class HeldBackError extends Error {
  override readonly name = 'HeldBackError';

  constructor(kind: string) {
    super(`Discord has refused so many requests that ${kind} is held back for some minutes`);
  }
}

interface Count {
  readonly fromMs: number;
  readonly byKind: Map<string, number>;
}

/**
 * Counts what Discord refuses with 401, 403 and 429, and says what to hold back.
 * https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export class InvalidRequestCount {
  readonly #now: () => number;
  readonly #told: (count: number, causes: readonly string[]) => void;
  #counts: Count[] = [];
  #isTold = false;

  /** @param told called once whenever the count has got so far that something is held back */
  constructor(now: () => number, told: (count: number, causes: readonly string[]) => void) {
    this.#now = now;
    this.#told = told;
  }

  /** Those of the last ten minutes. */
  get count(): number {
    this.#forget();
    let sum = 0;
    for (const { byKind } of this.#counts) for (const count of byKind.values()) sum += count;
    return sum;
  }

  /** @param scope of a 429: limits that are shared with other bots do not count */
  note(kind: string, status: number, scope: string | null): void {
    if (status !== 401 && status !== 403 && !(status === 429 && scope !== 'shared')) return;
    this.#forget();
    const nowMs = this.#now();
    let last = this.#counts.at(-1);
    if (!last || nowMs - last.fromMs >= bucketMs) {
      last = { fromMs: nowMs, byKind: new Map() };
      this.#counts.push(last);
    }
    last.byKind.set(kind, (last.byKind.get(kind) ?? 0) + 1);
    const { count } = this;
    if (count < invalidLimits.careful || this.#isTold) return;
    this.#isTold = true;
    this.#told(count, this.#causes());
  }

  /** Whether a request of this kind is to be left alone for now. */
  holdsBack(kind: string): boolean {
    // Nearly always: nothing was refused.
    if (this.#counts.length === 0) return false;
    const { count } = this;
    if (count < invalidLimits.careful) {
      this.#isTold = false;
      return false;
    }
    return count >= invalidLimits.alarm || this.#causes().includes(kind);
  }

  #causes(): string[] {
    const sums = new Map<string, number>();
    for (const { byKind } of this.#counts)
      for (const [kind, count] of byKind) sums.set(kind, (sums.get(kind) ?? 0) + count);
    const least = this.count * causeShare;
    return [...sums]
      .filter(([, count]) => count >= least)
      .sort(([, a], [, b]) => b - a)
      .map(([kind]) => kind);
  }

  #forget(): void {
    const since = this.#now() - windowMs;
    if ((this.#counts[0]?.fromMs ?? since) < since)
      this.#counts = this.#counts.filter(({ fromMs }) => fromMs >= since);
  }
}
