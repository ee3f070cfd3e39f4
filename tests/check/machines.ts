import { findMachines } from '../../scripts/check/machines.js';
import type { Machine } from '../../scripts/check/runner.js';
import { grounds, type ProofGround } from '../../src/bank/schema-proofs.js';

const found = new Map<ProofGround, Promise<Machine[]>>();

/** As {@link findMachines}; every Python of the machine is asked once for all tests of a worker. */
export async function machinesHere(wanted: readonly ProofGround[] = grounds): Promise<Machine[]> {
  for (const ground of wanted) if (!found.has(ground)) found.set(ground, findMachines([ground]));
  return (await Promise.all(wanted.map((ground) => found.get(ground) ?? []))).flat();
}
