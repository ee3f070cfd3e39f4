import { fits, resolved } from './fields.js';
import type { Schema } from './schema-nodes.js';

/**
 * Discord takes ids as numbers, too. Turns those of a body into texts, in place.
 * https://docs.discord.com/developers/reference#id-serialization
 * @returns whether there was one
 */
export function idsToText(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { def } = resolved(schema);
  if (def.type === 'union') {
    const branches = (def.options ?? []).filter((branch) => fits(resolved(branch).def, value));
    return branches.map((branch) => idsToText(branch, value)).some(Boolean);
  }
  const holder = value as Record<string | number, unknown>;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.map((key) => inPlace(def.element ?? def.shape?.[key], holder, key)).some(Boolean);
}

function inPlace(
  schema: Schema | undefined,
  holder: Record<string | number, unknown>,
  key: string | number,
): boolean {
  const value = holder[key];
  if (!schema) return false;
  if (typeof value !== 'number') return idsToText(schema, value);
  if (!isId(schema) || !Number.isSafeInteger(value) || value < 0) return false;
  holder[key] = String(value);
  return true;
}

/** The only texts with a pattern of their own are ids. */
function isId(schema: Schema): boolean {
  const { type, checks = [] } = resolved(schema).def;
  return type === 'string' && checks.some((check) => check._zod.def.format === 'regex');
}
