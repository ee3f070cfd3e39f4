import { timeOf } from '../iso-time.js';
import { codePoints } from './code-points.js';
import type { Path } from './figures.js';
import type { SchemaIssue } from './schema-nodes.js';

/** A place where Discord's published schema refuses what Discord takes. */
export interface Patch {
  readonly reason: string;
  forgives(issue: SchemaIssue, path: Path, value: unknown): boolean;
}

const bitFields: readonly unknown[] = ['allow', 'deny', 'default_member_permissions', 'permissions'];

/** What of the published schema is not held, each with the reason. */
export const patches: readonly Patch[] = [
  {
    reason:
      'Lengths count code points: 2,000 emoji fit into a message. The schema counts UTF-16 units, of which they have two.',
    forgives: ({ code, origin, maximum }, _path, value) =>
      code === 'too_big' &&
      origin === 'string' &&
      typeof value === 'string' &&
      codePoints(value) <= Number(maximum),
  },
  {
    reason:
      'Permissions are strings of digits, since they have outgrown what a JSON number holds; the schema has numbers. ' +
      'https://docs.discord.com/developers/topics/permissions',
    forgives: ({ code, expected }, path, value) =>
      code === 'invalid_type' &&
      expected === 'number' &&
      bitFields.includes(path.at(-1)) &&
      typeof value === 'string' &&
      /^\d+$/.test(value),
  },
  {
    reason:
      'A message_reference of type 1 forwards a message; the schema knows replies (0) only. ' +
      'https://docs.discord.com/developers/resources/message#message-reference-types',
    forgives: ({ code }, path, value) =>
      code === 'invalid_value' &&
      path.at(-2) === 'message_reference' &&
      path.at(-1) === 'type' &&
      value === 1,
  },
  {
    reason:
      'Times are told in ISO 8601, with whatever offset; the schema takes none but Z. ' +
      'https://docs.discord.com/developers/reference#iso8601-datetime',
    forgives: ({ code, format }, _path, value) =>
      code === 'invalid_format' && format === 'datetime' && typeof value === 'string' && isTime(value),
  },
  {
    reason: 'Media channels (16) are documented as a type of channel; the schema ends at forums (15).',
    forgives: ({ code, values }, path, value) =>
      code === 'invalid_value' &&
      (path.at(-2) === 'channel_types' || path.at(-1) === 'type') &&
      values?.includes(15) === true &&
      value === 16,
  },
];

const time = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:?\d{2})?)?$/;

function isTime(text: string): boolean {
  return time.test(text) && !Number.isNaN(timeOf(text));
}

export function isForgiven(issue: SchemaIssue, path: Path, value: unknown): boolean {
  return patches.some((patch) => patch.forgives(issue, path, value));
}
