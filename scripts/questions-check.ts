import type { Bank } from '../src/bank/bank.js';
import { faultText } from '../src/bank/faults.js';
import { bankOf, readBank } from '../src/bank/load.js';
import { kinds, levels } from '../src/bank/question.js';
import { findDjangos, oldestDjango } from './check/django.js';
import { prove } from './check/proofs.js';
import { review } from './check/review.js';

/** Prints what the bank has and every fault in it; the exit code is 1 where there is one. */
const dir = process.argv[2] ?? process.env['QUESTIONS_DIR'] ?? 'questions';
const { topics, faults } = await readBank(dir);
faults.push(...(await review(dir, topics)));

const djangos = await findDjangos();
const proofs = await prove(topics, djangos);
faults.push(...proofs.faults);

print(table(bankOf(topics)));
for (const line of proofs.lines) print(line);
if (djangos.length === 0) {
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

function table({ topics, all }: Bank): string {
  const short = { 'single-choice': 'single', 'multiple-choice': 'multiple' } as Record<string, string>;
  const keys = [...levels, ...kinds];
  const rows = topics.map((topic) => [
    `${topic.pack}/${topic.id}`,
    topic.questions,
    ...levels.map((level) => topic.levels[level]),
    ...kinds.map((kind) => topic.kinds[kind]),
  ]);
  const totals = keys.map((key) => all.filter(({ level, kind }) => level === key || kind === key).length);
  const lines = [
    ['topic', 'all', ...keys.map((key) => short[key] ?? key)],
    ...rows,
    ['all', all.length, ...totals],
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => String(line[column]).length)),
  );
  const cell = (value: string | number, column: number): string =>
    column === 0 ? String(value).padEnd(widths[0] ?? 0) : String(value).padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(cell).join('  ')).join('\n');
}
