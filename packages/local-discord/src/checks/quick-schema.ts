import * as z from 'zod/mini';
import { resolved, typesOf } from './fields.js';
import type { Schema } from './schema-nodes.js';

type Zod = z.core.$ZodType;
type Def = Schema['def'] & z.core.$ZodTypeDef;

const made = new WeakMap<Schema, Schema>();

/**
 * A schema that takes and refuses exactly what the given one does, in a third of the time: where branches of a union
 * differ by their `type`, only the one that has the value's is tried. What it says of a fault is less to the point.
 */
export function quick(schema: Schema): Schema {
  const known = made.get(schema);
  if (known) return known;
  const result = rebuilt(schema);
  made.set(schema, result);
  return result;
}

function rebuilt(schema: Schema): Schema {
  const { def } = schema;
  const { getter, innerType, element, shape, options } = def;
  // Described before it is needed: schemas have themselves in them.
  if (getter) return schemaOf(z.lazy(() => zodOf(quick(getter()))));
  if (innerType && (def.type === 'optional' || def.type === 'nullable'))
    return changed(schema, { innerType: quick(innerType) });
  if (element) return changed(schema, { element: quick(element) });
  if (shape) {
    const fields = Object.entries(shape).map(([field, of]) => [field, quick(of)]);
    return changed(schema, { shape: Object.fromEntries(fields) });
  }
  if (!options) return schema;
  const branches = options.map(quick);
  return isToldByType(options)
    ? schemaOf(z.discriminatedUnion('type', branches.map((one) => zodOf(resolved(one))) as never))
    : changed(schema, { options: branches });
}

/** Whether each branch is an object whose `type` has to be there and is of no other branch. */
function isToldByType(options: readonly Schema[]): boolean {
  const branches = options.map((branch) => resolved(branch).def);
  const types = branches.flatMap((branch) => typesOf(branch) ?? []);
  return branches.every(({ shape }) => shape?.['type']?.def.values) && new Set(types).size === types.length;
}

/** The same with other parts in it, and with all that is asked of it besides. */
const changed = (schema: Schema, parts: Partial<Def>): Schema =>
  schemaOf(z.core.clone(zodOf(schema), { ...schema.def, ...parts } as never));

const zodOf = (schema: Schema): Zod => schema as unknown as Zod;
const schemaOf = (zod: Zod): Schema => zod as unknown as Schema;
