import { Worker } from 'node:worker_threads';
import { Bank } from './bank.js';
import { BankError, type Fault } from './faults.js';
import type { Question, Topic } from './question.js';

/** What the thread says, once. */
export type Loaded =
  | { readonly topics: readonly Topic[]; readonly questions: readonly Question[] }
  | { readonly faults: readonly Fault[] };

/**
 * `loadBank` in a thread of its own: the start goes on meanwhile, and what reading leaves behind in memory goes
 * with the thread. Only for the built program.
 * @throws {BankError} with every fault of every file.
 */
export async function loadBankAside(dir: string): Promise<Bank> {
  const thread = new Worker(new URL('./load-thread.js', import.meta.url), { workerData: dir });
  const loaded = await new Promise<Loaded>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The bank's thread ended with ${code} and said nothing`)));
  });
  if ('faults' in loaded) throw new BankError(loaded.faults);
  return new Bank(loaded.topics, loaded.questions);
}
