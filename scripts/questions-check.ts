import { faultText } from '../src/bank/faults.js';
import { bankOf, readBank } from '../src/bank/load.js';
import { findMachines } from './check/machines.js';
import { groundsOf, prove } from './check/proofs.js';
import { review } from './check/review.js';
import { plainTable } from './check/table.js';

/** Prints what the bank has and every fault in it; the exit code is 1 where there is one. */
const dir = process.argv[2] ?? process.env['QUESTIONS_DIR'] ?? 'questions';
const { topics, faults } = await readBank(dir);
faults.push(...(await review(dir, topics)));

const proofs = await prove(topics, await findMachines(groundsOf(topics)));
faults.push(...proofs.faults);

print(plainTable(bankOf(topics)));
for (const line of proofs.lines) print(line);
for (const fault of faults) print(faultText(fault));
print(faults.length === 0 ? 'No faults.' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
