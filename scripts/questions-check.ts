import { faultsInOrder, faultText } from '../src/bank/faults.js';
import { bankOf, readBank } from '../src/bank/load.js';
import { placed } from './check/finding.js';
import { findMachines } from './check/machines.js';
import { hiddenPremises } from './check/premises.js';
import { groundsOf, prove } from './check/proofs.js';
import { review } from './check/review.js';
import { stopRunning } from './check/runner.js';
import { plainTable } from './check/table.js';
import { commandLine } from './command-line.js';
import { questionsDir } from './questions-dir.js';
import { Progress } from './upkeep/progress.js';

/** Prints what the bank has and every fault in it; the exit code is 1 where there is one. */
const { args } = commandLine({ usage: 'npm run questions:check [-- FOLDER]', takes: [0, 1] });
const dir = args[0] ?? questionsDir();
const { topics, faults } = await readBank(dir);
const isComplete = faults.length === 0;
const machines = await findMachines(groundsOf(topics));
const progress = process.stderr.isTTY ? new Progress('proofs') : undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    progress?.end();
    // What has been proven is kept, and not run again.
    void stopRunning().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
const proving = prove(topics, machines, (done, of) => progress?.show('Checked', done, of));
// What they need of each other's outcomes is run once.
const premises = proving.then(() => hiddenPremises(placed(topics), machines));
const tried = premises.then((findings) => [{ finds: 'hidden premises', findings }]);
// Meanwhile: proofs run elsewhere, and this takes as long as one of their grounds.
const reviewed = await review(dir, topics, tried, isComplete);
const proofs = await proving;
progress?.end();
faults.push(...reviewed.faults, ...proofs.faults);

print(plainTable(bankOf(topics)));
for (const line of [...proofs.lines, ...reviewed.lines]) print(line);
for (const fault of faultsInOrder(faults)) print(faultText(fault));
print(faults.length === 0 ? 'No faults.' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
