import type { Logger } from 'pino';
import type { Bank } from '../bank/bank.js';
import { BankError, faultText } from '../bank/faults.js';

/** Puts a bank that was read anew in the place of the one in use, whole or not at all. */
export class BankReload {
  readonly #bank: Bank;
  readonly #log: Logger;
  #last: Promise<void> = Promise.resolve();

  constructor(bank: Bank, log: Logger) {
    this.#bank = bank;
    this.#log = log;
  }

  /**
   * One after another. Never rejects: a bank that has faults, or cannot be read, changes nothing, and the log says why.
   * Cards that are open on a question which changed go on with it as it was asked.
   */
  run(load: () => Promise<Bank>): Promise<void> {
    this.#last = this.#last.then(() => this.#run(load));
    return this.#last;
  }

  async #run(load: () => Promise<Bank>): Promise<void> {
    try {
      const next = await load();
      const change = changeBetween(this.#bank, next);
      this.#bank.replaceBy(next);
      this.#log.info({ questions: next.all.length, ...change }, 'The question bank was read again');
    } catch (error) {
      if (error instanceof BankError)
        this.#log.error(
          { faults: error.faults.map(faultText) },
          'The question bank has faults and was not read again; the one in use stays',
        );
      else this.#log.error({ err: error }, 'The question bank could not be read again; the one in use stays');
    }
  }
}

function changeBetween(before: Bank, after: Bank): { added: number; changed: number; removed: number } {
  const known = after.all.map(({ id, rev }) => ({ rev, old: before.get(id)?.rev }));
  return {
    added: known.filter(({ old }) => old === undefined).length,
    changed: known.filter(({ old, rev }) => old !== undefined && old !== rev).length,
    removed: before.all.filter(({ id }) => !after.get(id)).length,
  };
}
