import type { Fault } from '../errors.js';
import { fits, resolved } from './fields.js';
import { emptyItem, required } from './figures.js';
import type { Schema, SchemaIssue } from './schema-nodes.js';

type Wording = Pick<Fault, 'code' | 'message'>;

/**
 * Discord's own code and words for what a schema complains of.
 * @param schema the whole body's, in which the bounds of a length are looked up
 */
export function wording(
  issue: SchemaIssue,
  value: unknown,
  { schema, body, path }: { schema: Schema; body: unknown; path: Fault['path'] },
): Wording {
  const isNumber = issue.origin === 'number';
  if (path.at(-1) === 'nonce') return badNonce(value);
  switch (issue.code) {
    case 'too_small':
    case 'too_big': {
      const { least, most } = { ...boundsAt(schema, body, path), ...boundsOf(issue) };
      return isNumber ? outOfRange(issue) : badLength(least, most, value);
    }
    case 'invalid_type':
      if (value === null && issue.expected === 'object' && typeof path.at(-1) === 'number') return emptyItem;
      return value === undefined || value === null ? required : badType(String(issue.expected), value);
    case 'invalid_value':
      if (value === undefined) return required;
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of ${listed(issue.values)}.` };
    case 'invalid_format':
      return badFormat(issue.format, value);
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

function badNonce(value: unknown): Wording {
  return typeof value === 'string'
    ? { code: 'NONCE_TYPE_TOO_LONG', message: 'Must be 25 or fewer characters long.' }
    : { code: 'NONCE_TYPE_INVALID_TYPE', message: 'This field must be a string or integer.' };
}

/** Of an object that none of a union's branches has the type of. */
export function unknownType(types: readonly unknown[]): Wording {
  const all = types.length === 1 ? `${types[0]},` : types.join(', ');
  return { code: 'UNION_TYPE_CHOICES', message: `Value of field "type" must be one of (${all}).` };
}

export const notASnowflake = (value: unknown): Wording => ({
  code: 'NUMBER_TYPE_COERCE',
  message: `Value "${value}" is not snowflake.`,
});

function outOfRange({ code, minimum, maximum }: SchemaIssue): Wording {
  return code === 'too_small'
    ? { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` }
    : { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
}

/** Where a length has two bounds, both are named. */
function badLength(least: number | undefined, most: number | undefined, value: unknown): Wording {
  if (least && most)
    return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${least} and ${most} in length.` };
  if (most !== undefined)
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${most} or fewer in length.` };
  return value === ''
    ? required
    : { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${least} or more in length.` };
}

function badType(expected: string, value: unknown): Wording {
  switch (expected) {
    case 'object':
    case 'record':
      return { code: 'MODEL_TYPE_CONVERT', message: 'Expected an object/dictionary.' };
    case 'array':
      return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
    case 'boolean':
      return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
    case 'string':
      return { code: 'STRING_TYPE_CONVERT', message: `Could not interpret "${plain(value)}" as string.` };
    default:
      return { code: 'NUMBER_TYPE_COERCE', message: `Value "${plain(value)}" is not int.` };
  }
}

function badFormat(format: string | undefined, value: unknown): Wording {
  if (format === 'url') return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
  if (format === 'datetime')
    return { code: 'DATE_TIME_TYPE_PARSE', message: `Could not parse ${value}. Should be ISO8601.` };
  // The only texts with a pattern of their own are ids.
  return notASnowflake(value);
}

/** Numbers are told as a set, `{1, 4, 5}`, and texts as a tuple, `('a', 'b')`. */
function listed(values: readonly unknown[] = []): string {
  const isText = values.every((each) => typeof each === 'string');
  return isText ? `('${values.join("', '")}')` : `{${values.join(', ')}}`;
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

interface Bounds {
  least?: number;
  most?: number;
}

function boundsOf({ minimum, maximum }: Pick<SchemaIssue, 'minimum' | 'maximum'>): Bounds {
  return {
    ...(minimum !== undefined && { least: Number(minimum) }),
    ...(maximum !== undefined && { most: Number(maximum) }),
  };
}

function boundsAt(schema: Schema, body: unknown, path: Fault['path']): Bounds {
  const checks = nodeAt(schema, body, path)?.def.checks ?? [];
  return Object.assign(leastAt(path), ...checks.map((check) => boundsOf(check._zod.def))) as Bounds;
}

/** The schema leaves out that the description of a command or an event has at least one character. */
function leastAt(path: Fault['path']): Bounds {
  const [step] = path.filter((each) => typeof each === 'string');
  return step === 'description' ? { least: 1 } : {};
}

/** The schema of what is at a path of a body. */
export function nodeAt(schema: Schema, value: unknown, path: Fault['path']): Schema | undefined {
  const node = resolved(schema);
  const { def } = node;
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (def.type === 'union') {
    const branches = (def.options ?? []).filter(
      (branch) => typeof value !== 'object' || value === null || fits(resolved(branch).def, value),
    );
    return branches.map((branch) => nodeAt(branch, value, path)).find(Boolean);
  }
  const inner = (value as Record<string | number, unknown> | null)?.[step];
  const next = def.type === 'array' ? def.element : def.shape?.[step];
  return next && nodeAt(next, inner, rest);
}
