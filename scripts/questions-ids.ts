import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBank } from '../src/bank/load.js';
import { placed } from './check/finding.js';
import { idsFile, readIds, recorded } from './check/ids.js';

/** Adds new questions to the list of ids; ids as arguments are of questions whose answer was only reworded. */
const dir = process.env['QUESTIONS_DIR'] ?? 'questions';
const reworded = new Set(process.argv.slice(2));
const { topics } = await readBank(dir);
const ids = recorded(placed(topics), (await readIds(dir)) ?? {}, reworded);
await writeFile(join(dir, idsFile), `${JSON.stringify(ids, undefined, 2)}\n`);
