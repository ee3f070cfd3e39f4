import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { halfMovedId, halfMovedRecord } from '../../src/store/half-moved.js';
import { openRows } from '../../src/store/open-rows.js';
import { decode, encode, unwrap } from '../../src/store/record.js';
import type { Row, Rows } from '../../src/store/rows.js';
import { sqlitePath } from '../../src/store/sqlite.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { requireOwner } from './files.js';
import { ToolError } from './tool.js';

/** How far a move has come. */
export interface MoveStep {
  readonly doing: 'copying' | 'verifying';
  readonly rows: number;
  readonly of: number;
}

/** The second one finds nothing to mend, unless somebody writes. */
const mostPasses = 3;
const markerKey = `${halfMovedRecord.name}:${halfMovedId}`;

/**
 * Copies all that one database holds into another, which must be empty or hold the beginning of the same copy, and
 * then compares every row. While it is not through, no bot starts on the target. The source is only read.
 * @param tell learns of each step
 * @returns the number of rows
 */
export async function move(from: string, to: string, tell: (step: MoveStep) => void): Promise<number> {
  const identity = identityOf(from);
  if (identity === identityOf(to)) throw new ToolError('Both addresses are of the same database.');
  const { backend } = parseStoreUrl(from);
  if (backend === 'sqlite' && !existsSync(sqlitePath(parseStoreUrl(from))))
    throw new ToolError(`There is no database ${from} to move.`);
  for (const url of [from, to].map(parseStoreUrl))
    if (url.backend === 'sqlite' && existsSync(dirname(sqlitePath(url)))) await requireOwner(sqlitePath(url));
  const source = await openRows(from, 'alone');
  try {
    const target = await openRows(to, 'alone');
    try {
      await copy(source, target, identity, tell);
      const rows = await verify(source, target, tell);
      await target.remove(markerKey);
      return rows;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copy(source: Rows, target: Rows, from: string, tell: (step: MoveStep) => void): Promise<void> {
  if ((await source.get([markerKey])).size > 0)
    throw new ToolError('The database to move is itself half a copy. Finish that first.');
  const begun = await begunOn(target, from);
  const of = await source.count();
  if (of === 0) throw new ToolError('The database to move is empty.');
  let rows = begun?.mark ? begun.rows : 0;
  if (!begun) await target.put([marker({ from, rows })]);
  for await (const page of source.pages(begun?.mark)) {
    rows += page.rows.length;
    // The rows first: of a page that the marker names, nothing may be missing.
    await target.put(page.rows);
    await target.put([marker({ from, mark: page.mark, rows })]);
    tell({ doing: 'copying', rows, of });
  }
}

/** What an earlier run has left. */
async function begunOn(target: Rows, from: string) {
  const text = (await target.get([markerKey])).get(markerKey);
  if (text === undefined) {
    const count = await target.count();
    if (count === 0) return undefined;
    throw new ToolError(`The database to move to holds ${count} records already. Name an empty one.`);
  }
  const found = decode(halfMovedRecord, unwrap(text).value);
  if (found.state === 'present' && found.value.from === from) return found.value;
  throw new ToolError('The database to move to holds a part of a different database. Name an empty one.');
}

/** Compares every row; where a bot has written to the source between two runs, the copy is brought in line. */
async function verify(source: Rows, target: Rows, tell: (step: MoveStep) => void): Promise<number> {
  for (let pass = 0; pass < mostPasses; pass++) {
    const of = await source.count();
    let rows = 0;
    let mended = 0;
    for await (const page of source.pages()) {
      const copies = await target.get(page.rows.map(({ key }) => key));
      const wrong = page.rows.filter(({ key, value }) => copies.get(key) !== value);
      await target.put(wrong);
      mended += wrong.length;
      rows += page.rows.length;
      tell({ doing: 'verifying', rows, of });
    }
    // The marker is one row more.
    if ((await target.count()) !== of + 1) mended += await removeStrangers(source, target);
    if (mended === 0) return of;
  }
  throw new ToolError('The copy never came to agree with its source. Does something write to one of them?');
}

async function removeStrangers(source: Rows, target: Rows): Promise<number> {
  let removed = 0;
  for await (const keys of target.keys()) {
    const known = await source.get(keys);
    for (const key of keys.filter((one) => one !== markerKey && !known.has(one))) {
      await target.remove(key);
      removed++;
    }
  }
  return removed;
}

function marker(value: { from: string; mark?: string; rows: number }): Row {
  return { key: markerKey, value: JSON.stringify({ value: encode(halfMovedRecord, value) }) };
}

function identityOf(url: string): string {
  const parsed = parseStoreUrl(url);
  const named = parsed.backend === 'sqlite' ? sqlitePath(parsed) : placeOf(new URL(parsed.text));
  return createHash('sha256').update(`${parsed.backend} ${named}`).digest('hex').slice(0, 16);
}

const placeOf = ({ host, pathname }: URL): string => `${host}${pathname}`;
