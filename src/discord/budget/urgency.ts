import { AsyncLocalStorage } from 'node:async_hooks';

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

const turns = new AsyncLocalStorage<Turn>();

/** The turn under which a request is made; it finds its way through discord.js, which knows nothing of it. */
export const currentTurn = (): Turn | undefined => turns.getStore();

let underWay = 0;

/** Makes requests under a turn. */
export async function under<T>(turn: Turn, make: () => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await turns.run(turn, make);
  } finally {
    turn.giveBack();
    // Up to Node 22 every promise of the process costs more for as long as any such storage is in use.
    if (--underWay === 0) turns.disable();
  }
}
