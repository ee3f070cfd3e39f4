import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { findMachines } from '../../scripts/check/machines.js';
import type { Machine } from '../../scripts/check/runner.js';
import { grounds, type ProofGround } from '../../src/bank/schema-proofs.js';
import { machinesOf } from '../helpers/one-run.js';

let found: Promise<Machine[]> | undefined;

/** As {@link findMachines}; every Python of the machine is asked once for all tests of a run. */
export async function machinesHere(wanted: readonly ProofGround[] = grounds): Promise<Machine[]> {
  found ??= allMachines();
  return (await found).filter(({ ground }) => wanted.includes(ground));
}

async function allMachines(): Promise<Machine[]> {
  const shared = machinesOf(tmpdir(), process.ppid);
  try {
    return JSON.parse(await readFile(shared, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const machines = await findMachines();
  const unfinished = `${shared}.${process.pid}`;
  await writeFile(unfinished, JSON.stringify(machines));
  await rename(unfinished, shared);
  return machines;
}
