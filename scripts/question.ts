import { loadBank } from '../src/bank/load.js';
import { idsLike, previewOf } from './check/preview.js';

/** Prints questions as their cards read, open and revealed: `npm run question -- ID`. Ends with 1 for an unknown id. */
const bank = await loadBank(process.env['QUESTIONS_DIR'] ?? 'questions');
const ids = process.argv.slice(2);
if (ids.length === 0) {
  process.stderr.write('Which question? npm run question -- ID\n');
  process.exitCode = 1;
}
for (const id of ids) {
  const question = bank.get(id);
  if (question) process.stdout.write(`${previewOf(bank, question)}\n`);
  else {
    const like = idsLike(
      bank.all.map((each) => each.id),
      id,
    );
    process.stderr.write(
      `No question has the id ${id}.${like.length > 0 ? ` Some like it: ${like.join(', ')}` : ''}\n`,
    );
    process.exitCode = 1;
  }
}
