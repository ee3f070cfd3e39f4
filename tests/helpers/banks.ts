import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Bank } from '../../src/bank/bank.js';
import { loadBank, readBank } from '../../src/bank/load.js';
import { loadBankCached } from '../../src/bank/load-cached.js';

/** What no test changes. */
const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** A bank of eight questions, one of each kind and three single choices, that tell their right answers themselves. */
export const demoQuestions = fileURLToPath(new URL('../fixtures/questions', import.meta.url));

/** The bank that ships, with everything in it. */
export const shippedQuestions = fileURLToPath(new URL('../../questions', import.meta.url));

let shipped: ReturnType<typeof readBank> | undefined;

/** The bank that ships, as it is written; read once for all tests of a worker. What plays it takes {@link bankIn}. */
export function shippedBank(): ReturnType<typeof readBank> {
  shipped ??= readBank(shippedQuestions);
  return shipped;
}

const banks = new Map<string, Promise<Bank>>();

/** Banks of folders that no test changes are made once for all tests of a worker. */
export function bankIn(dir: string): Promise<Bank> {
  if (!dir.startsWith(fixtures) && dir !== shippedQuestions) return loadBank(dir);
  let bank = banks.get(dir);
  if (!bank) {
    bank = dir === shippedQuestions ? theShippedBank() : loadBank(dir);
    banks.set(dir, bank);
  }
  return bank;
}

/** As the built program keeps it: one worker reads it for all, and for later runs while neither it nor its code changes. */
async function theShippedBank(): Promise<Bank> {
  const built = fileURLToPath(new URL('../../dist', import.meta.url));
  await mkdir(built, { recursive: true });
  return loadBankCached(shippedQuestions, built);
}
