import { faultText } from '../src/bank/faults.js';
import { bankOf, readBank } from '../src/bank/load.js';
import { placed } from './check/finding.js';
import { findMachines } from './check/machines.js';
import { hiddenPremises } from './check/premises.js';
import { groundsOf, prove } from './check/proofs.js';
import { review } from './check/review.js';
import { plainTable } from './check/table.js';

/** Prints what the bank has and every fault in it; the exit code is 1 where there is one. */
const dir = process.argv[2] ?? process.env['QUESTIONS_DIR'] ?? 'questions';
const { topics, faults } = await readBank(dir);
const machines = await findMachines(groundsOf(topics));
const proving = prove(topics, machines);
// What they need of each other's outcomes is run once.
const premises = proving.then(() => hiddenPremises(placed(topics), machines));
const tried = premises.then((findings) => [{ finds: 'hidden premises', findings }]);
// Meanwhile: proofs run elsewhere, and this takes as long as one of their grounds.
const reviewed = await review(dir, topics, tried);
const proofs = await proving;
faults.push(...reviewed.faults, ...proofs.faults);

print(plainTable(bankOf(topics)));
for (const line of [...proofs.lines, ...reviewed.lines]) print(line);
for (const fault of faults) print(faultText(fault));
print(faults.length === 0 ? 'No faults.' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
