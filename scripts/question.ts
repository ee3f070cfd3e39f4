import { loadBank } from '../src/bank/load.js';
import { idsLike, previewOf } from './check/preview.js';
import { commandLine } from './command-line.js';
import { questionsDir } from './questions-dir.js';

/** Prints questions as their cards read, open and revealed: `npm run question -- ID`. Ends with 1 for an unknown id. */
const { args: ids } = commandLine({
  usage: 'npm run question -- ID …',
  takes: [1, Number.POSITIVE_INFINITY],
});
const bank = await loadBank(questionsDir());
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
