/** Discord's epoch: the first millisecond of 2015. */
const epochMs = 1_420_070_400_000;
const incrementBits = 22n;

/** The smallest snowflake made at `atMs` (milliseconds since the Unix epoch); `increment` tells apart those of one millisecond. */
export function snowflakeAt(atMs: number, increment = 0): string {
  return ((BigInt(Math.max(0, Math.trunc(atMs) - epochMs)) << incrementBits) | BigInt(increment)).toString();
}

/** When a snowflake was made, in milliseconds since the Unix epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> incrementBits) + epochMs;
}

/** Makes snowflakes from a clock, none twice, even when that clock stands still or is set back. */
export class Snowflakes {
  readonly #now: () => number;
  readonly #perMs = 1 << Number(incrementBits);
  #made = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param atMs another time than now, e.g. that of a press that was long under way. */
  next(atMs = this.#now()): string {
    this.#made = (this.#made + 1) % this.#perMs;
    return snowflakeAt(atMs, this.#made);
  }
}
