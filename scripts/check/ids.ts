import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../src/bank/faults.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';
import { asksForOutcome } from './judge.js';

export const idsFile = 'ids.json';

/** Digests of kind and answer by id, also of questions that are gone: no id is used for anything else later. */
export type Ids = Readonly<Record<string, string>>;

export async function readIds(dir: string): Promise<Ids | undefined> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(join(dir, idsFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Stays the same when only the capitals, quotes, markup or wrong options of a question change. */
export function answerDigest(question: WrittenQuestion): string {
  const answer = answerOf(question).map((text) =>
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' '),
  );
  return createHash('sha256')
    .update(JSON.stringify([question.kind, ...answer]))
    .digest('base64url')
    .slice(0, 10);
}

function answerOf(question: WrittenQuestion): string[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      if (question.verify && asksForOutcome(question)) {
        const { prints = '', raises = '' } = question.verify;
        return [prints, raises];
      }
      return question.options.flatMap(({ right }) => right ?? []).sort();
    case 'true-false':
      return [String(question.answer)];
    case 'short-answer':
      return [question.accepted[0] ?? ''];
    case 'ordering':
      return question.steps;
    case 'open':
      return [];
  }
}

/** Questions whose answer is another than their id has stood for. */
export function changedAnswers(all: readonly Placed[], ids: Ids): Finding[] {
  return all.flatMap((place) => {
    const { id } = place.question;
    if (ids[id] === undefined || ids[id] === answerDigest(place.question)) return [];
    const message = `the answer of \`${id}\` is another than the one its id stands for; scores and statistics name it`;
    const remedy = `give the question a new id; if only words changed, \`npm run questions:ids -- ${id}\``;
    return [{ ...place, path: ['id'], message, remedy }];
  });
}

/** Said once: the list is written when questions of several people have come together. */
export function unrecordedIds(dir: string, all: readonly Placed[], ids: Ids): Fault[] {
  const missing = all.filter(({ question }) => ids[question.id] === undefined);
  if (missing.length === 0) return [];
  const message = `${missing.length} ids are not recorded yet, such as ${missing[0]?.question.id}`;
  return [{ file: join(dir, idsFile), line: 1, message, remedy: 'run: npm run questions:ids' }];
}

/** The list with what is new, and with the digests of those that were only reworded. */
export function recorded(all: readonly Placed[], ids: Ids, reworded: ReadonlySet<string>): Ids {
  const own = all.flatMap(({ question }): [string, string][] =>
    ids[question.id] === undefined || reworded.has(question.id)
      ? [[question.id, answerDigest(question)]]
      : [],
  );
  const entries = [...Object.entries(ids).filter(([id]) => !reworded.has(id)), ...own];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
