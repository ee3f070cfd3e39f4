import { faultText } from '../src/bank/faults.js';
import { readBank } from '../src/bank/load.js';

const dir = process.argv[2] ?? process.env['QUESTIONS_DIR'] ?? 'questions';
const { topics, faults } = await readBank(dir);
for (const { file, content } of topics) process.stdout.write(`${file}: ${content.questions.length}\n`);
for (const fault of faults) process.stdout.write(`${faultText(fault)}\n`);
process.stdout.write(faults.length === 0 ? 'No faults.\n' : `${faults.length} faults.\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
