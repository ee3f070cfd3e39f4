import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBank } from '../src/bank/load.js';
import { placed } from './check/finding.js';
import { idsFile, readIds, recorded } from './check/ids.js';
import { commandLine } from './command-line.js';
import { questionsDir } from './questions-dir.js';

/** Adds new questions to the list of ids; ids as arguments are of questions whose answer was only reworded. */
const { args } = commandLine({
  usage: 'npm run questions:ids [-- REWORDED_ID …]',
  takes: [0, Number.POSITIVE_INFINITY],
});
const dir = questionsDir();
const reworded = new Set(args);
const { topics } = await readBank(dir);
const ids = recorded(placed(topics), (await readIds(dir)) ?? {}, reworded);
await writeFile(join(dir, idsFile), `${JSON.stringify(ids, undefined, 2)}\n`);
