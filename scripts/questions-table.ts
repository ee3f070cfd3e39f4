import { readFile, writeFile } from 'node:fs/promises';
import { loadBank } from '../src/bank/load.js';
import { withTable } from './check/table.js';

/** Writes the table of the bank into its page. */
const file = 'docs/bank.md';
const text = withTable(await readFile(file, 'utf8'), await loadBank('questions'));
if (text === undefined) throw new Error(`${file} has no lines <!-- bank:start --> and <!-- bank:end -->`);
await writeFile(file, text);
