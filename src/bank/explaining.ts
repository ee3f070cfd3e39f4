import type { z } from 'zod';
import type { IssueParams } from './complain.js';
import type { PlacedFault } from './faults.js';
import { kinds } from './question.js';
import { unknownKey, valueAt } from './unknown-keys.js';

/** Without sizes of what has another type than it should: a text where a list belongs is not "too long". */
export function worthTelling(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const mistyped = new Set(
    issues.flatMap(({ code, path }) => (code === 'invalid_type' ? [path.join()] : [])),
  );
  return issues.filter(({ code, path }) => !/^too_/.test(code) || !mistyped.has(path.join()));
}

/**
 * Puts what zod found into words that teach.
 * @param written how the value stands in the file, where it is no text
 */
export function explainIssue(issue: z.core.$ZodIssue, data: unknown, written?: string): PlacedFault[] {
  const { path } = issue;
  const value = valueAt(data, path);
  const field = nameOf(path);
  const one = (message: string, remedy: string): PlacedFault[] => [{ path, message, remedy }];
  switch (issue.code) {
    case 'custom': {
      const { remedy, saidOfPart } = issue.params as unknown as IssueParams;
      return one(saidOfPart ? `${field} ${issue.message}` : issue.message, remedy);
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, data));
    case 'invalid_union':
      return one(
        value === undefined ? 'the question has no `kind`' : `there is no kind ${show(value)}`,
        `use one of ${kinds.join(', ')}`,
      );
    case 'invalid_type':
      if (value === undefined) return one(`${field} is missing`, remedies.get(last(path)) ?? 'add it');
      return one(
        `${field} should be ${types[issue.expected] ?? issue.expected}, not ${show(value, written)}`,
        retype(issue, value, written),
      );
    case 'invalid_value':
      if (value === undefined) return one(`${field} is missing`, `add one of ${issue.values.join(', ')}`);
      return one(`${field} cannot be ${show(value, written)}`, `use one of ${issue.values.join(', ')}`);
    case 'too_small':
      if (issue.origin === 'string') return one(`${field} is empty`, 'write something, or remove the key');
      return one(`${field} has ${count(value)}`, `give at least ${issue.minimum}`);
    case 'too_big':
      if (issue.origin === 'string') {
        const length = String(value).trim().length;
        return one(`${field} has ${length} characters`, `shorten it to at most ${issue.maximum}`);
      }
      return one(`${field} has ${count(value)}`, `leave at most ${issue.maximum}`);
    case 'invalid_format':
      return one(
        `${field} cannot be ${show(value, written)}`,
        formats.get(last(path)) ?? 'use lower-case words joined by hyphens',
      );
    case 'invalid_key':
      return one(`${field} has a wrong key ${show(last(path))}`, 'use lower-case words joined by hyphens');
    default:
      return one(`${field} is wrong: ${issue.message}`, 'compare with questions/_template.yaml');
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
  boolean: 'true or false',
};

const remedies: ReadonlyMap<PropertyKey, string> = new Map([
  ['id', 'add `id: some-words-with-hyphens`, unique in the bank'],
  ['prompt', 'add `prompt:` with the question'],
  ['explanation', 'add `explanation:` that says why the answer is right'],
  ['sources', 'add `sources: [https://…]` with a page of the official documentation'],
  ['options', 'add `options:` with lines `- right: text` and `- wrong: text`'],
  ['answer', 'add `answer: true` or `answer: false`'],
  ['steps', 'add `steps:` in the right order'],
  ['accepted', 'add `accepted: [the answer]`'],
  ['keyPoints', 'add `keyPoints:` with lines `- {point: …, phrases: […]}`'],
  ['phrases', 'add `phrases:` with words that count as naming it, e.g. ["count*|measure* quer*"]'],
  ['modelAnswer', 'add `modelAnswer:` as a good candidate would say it'],
  ['questions', 'add `questions:` with at least one question'],
]);

const formats: ReadonlyMap<PropertyKey, string> = new Map([
  ['cites', 'use a full https:// address without spaces or brackets'],
  ['sources', 'use a full https:// address without spaces or brackets'],
  ['reviewed', 'write a day such as 2026-11-25'],
  ['language', 'use a name such as python, html, sql or bash'],
  ['versions', 'write a range such as ">=5.2" or ">=5.2,<6.1"'],
]);

/** The last name in a path; list positions belong to their list. */
function last(path: readonly PropertyKey[]): PropertyKey {
  const found = path.findLast((part) => typeof part !== 'number') ?? '';
  return path.includes('versions') ? 'versions' : found;
}

const positioned: ReadonlyMap<PropertyKey, string> = new Map([
  ['questions', 'question'],
  ['options', 'option'],
  ['steps', 'step'],
  ['keyPoints', 'key point'],
]);

function nameOf(path: readonly PropertyKey[]): string {
  const end = path.at(-1);
  if (end === undefined) return 'the file';
  if (typeof end !== 'number') return `\`${String(end)}\``;
  const list = path.at(-2) ?? '';
  const what = positioned.get(list);
  return what ? `${what} ${end + 1}` : `entry ${end + 1} of \`${String(list)}\``;
}

function count(value: unknown): string {
  const length = Array.isArray(value) ? value.length : 0;
  if (length === 1) return '1 entry';
  return `${length === 0 ? 'no' : length} entries`;
}

function show(value: unknown, written = String(value)): string {
  if (value === null)
    return written === 'null' || written === '' ? 'nothing' : `nothing, as YAML reads ${written}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return `the ${typeof value} ${written}`;
}

function retype(issue: z.core.$ZodIssueInvalidType, value: unknown, written = ''): string {
  if (issue.expected === 'string') {
    if (value === null && written === '') return 'write something after the colon, or remove the key';
    if (typeof value === 'object' && value !== null) {
      return 'write one text; put it into quotes when it contains a colon and a space, or starts with [ or {';
    }
    return `put it into quotes: "${written || String(value)}"`;
  }
  if (issue.expected === 'array') return 'write one entry a line, each after `- `';
  if (issue.expected === 'boolean') return 'write true or false, without quotes';
  return 'write `key: value` lines';
}
