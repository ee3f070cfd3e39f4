import { parentPort, workerData } from 'node:worker_threads';
import { BankError, loadBank } from './load.js';
import type { Loaded } from './load-aside.js';

/** The thread of `loadBankAside`. */
async function load(dir: string): Promise<Loaded> {
  try {
    const { topics, all } = await loadBank(dir);
    return { topics, questions: all };
  } catch (error) {
    if (error instanceof BankError) return { faults: error.faults };
    throw error;
  }
}

parentPort?.postMessage(await load(String(workerData)));
