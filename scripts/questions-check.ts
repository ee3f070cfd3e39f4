import { faultText } from '../src/bank/faults.js';
import { bankOf, readBank } from '../src/bank/load.js';
import { findDjangos, oldestDjango } from './check/django.js';
import { prove } from './check/proofs.js';
import { review } from './check/review.js';
import { plainTable } from './check/table.js';

/** Prints what the bank has and every fault in it; the exit code is 1 where there is one. */
const dir = process.argv[2] ?? process.env['QUESTIONS_DIR'] ?? 'questions';
const { topics, faults } = await readBank(dir);
faults.push(...(await review(dir, topics)));

const claims = topics.some(({ content }) => content.questions.some(({ verify }) => verify));
const djangos = claims ? await findDjangos() : [];
const proofs = await prove(topics, djangos);
faults.push(...proofs.faults);

print(plainTable(bankOf(topics)));
for (const line of proofs.lines) print(line);
if (claims && djangos.length === 0) {
  print(
    `Proofs were not run: no Django ${oldestDjango} or newer is here (scripts/verify/django.sh gets one).`,
  );
}
for (const fault of faults) print(faultText(fault));
print(faults.length === 0 ? 'No faults.' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
