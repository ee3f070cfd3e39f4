/** What requests are for, the most urgent first; see {@link RequestBudget}. */
export const urgencies = ['round', 'person', 'post', 'reveal', 'counter'] as const;
export type Urgency = (typeof urgencies)[number];

/** Leave for one request. It is used by the first that is made under it, or given back. */
export class Turn {
  readonly urgency: Urgency;
  /** For how long it was waited for. */
  readonly waitedMs: number;
  readonly #giveBack: () => void;
  #isUsed = false;

  constructor(urgency: Urgency, waitedMs: number, giveBack: () => void) {
    this.urgency = urgency;
    this.waitedMs = waitedMs;
    this.#giveBack = giveBack;
  }

  /** True once. */
  use(): boolean {
    const isFirst = !this.#isUsed;
    this.#isUsed = true;
    return isFirst;
  }

  /** For a turn that came to nothing; after it was used this does nothing. */
  giveBack(): void {
    if (this.use()) this.#giveBack();
  }
}

/** Headers of a request that discord.js is to make. */
export type TurnHeaders = Readonly<Record<string, string>>;

/** In lower case, as nothing of Discord's is called. It never leaves the process. */
const header = 'x-drills-turn';

/**
 * Turns on their way through discord.js, which knows nothing of them: each goes as the number in a header. (An
 * `AsyncLocalStorage` would do as well, but from its first use on, Node 20 runs a hook for every promise of the
 * process; those hooks showed in the profile of two thousand answers.)
 */
export class TurnsUnderWay {
  readonly #turns = new Map<string, Turn>();
  #last = 0;

  /** Makes requests under a turn: those that take the headers with them. */
  async under<T>(turn: Turn, make: (headers: TurnHeaders) => Promise<T>): Promise<T> {
    this.#last += 1;
    const name = `${this.#last}`;
    this.#turns.set(name, turn);
    try {
      return await make({ [header]: name });
    } finally {
      this.#turns.delete(name);
      turn.giveBack();
    }
  }

  /** Takes the turn out of a request's headers. */
  take<H>(headers: H): { readonly turn: Turn | undefined; readonly headers: H } {
    if (typeof headers !== 'object' || headers === null || !(header in headers))
      return { turn: undefined, headers };
    const { [header]: name, ...rest } = headers as H & { readonly [header]: string };
    return { turn: this.#turns.get(name), headers: rest as H };
  }
}
