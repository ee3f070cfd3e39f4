import type { Fault } from '../errors.js';
import { ComponentType, MessageFlag } from '../json.js';
import type { BodyKind } from './body-kind.js';
import { resolved, typesOf, unknownFields, unmodelledFields } from './fields.js';
import { idsToText } from './ids.js';
import { isForgiven } from './patches.js';
import { quick } from './quick-schema.js';
import type { Schema, SchemaIssue } from './schema-nodes.js';
import { nodeAt, unknownType, wording } from './wording.js';

export type { BodyKind };

/** Checks bodies by Discord's published OpenAPI description. */

/** Absent until the first body comes: building them takes a third of the package's whole import. */
let bodySchemas: Readonly<Record<BodyKind, Schema>> | undefined;

/** Gives the schemas to whoever checks without waiting. */
export function useSchemas(schemas: Readonly<Record<BodyKind, Schema>>): void {
  bodySchemas = schemas;
}

/** To be awaited before the first body is checked; later calls do nothing. */
export async function loadSchemas(): Promise<void> {
  if (!bodySchemas) useSchemas((await import('./body-schemas.js')).bodySchemas);
}

/** @throws Error when nobody has loaded or given them */
function schemaOf(kind: BodyKind): Schema {
  if (!bodySchemas) throw new Error('The schemas are not loaded yet');
  return bodySchemas[kind];
}

/** Ids that are numbers become texts, in place. */
export function schemaFaults(kind: BodyKind, body: unknown): Fault[] {
  const schema = schemaOf(kind);
  if (quick(schema).safeParse(body).success) return [];
  if (idsToText(schema, body)) return schemaFaults(kind, body);
  const result = schema.safeParse(body);
  if (result.success) return [];
  const faults = result.error.issues.flatMap((issue) => issueFaults(issue, [], schema, body));
  return withoutFlag(kind, body) ? faults.map(inRows) : faults;
}

/** Fields that Discord does not know there, and those that it knows and this server does not carry out. */
export function fieldFaults(kind: BodyKind, body: unknown): Fault[] {
  return [...unknownFields(kind, schemaOf(kind), body), ...unmodelledFields(kind, body)];
}

const newMessages: readonly BodyKind[] = ['messageCreate', 'webhookCreate', 'callback4'];

/** Whether this is a new message that has not the flag IS_COMPONENTS_V2. */
function withoutFlag(kind: BodyKind, body: unknown): boolean {
  const { data, flags } = (body ?? {}) as { data?: { flags?: unknown }; flags?: unknown };
  return (
    newMessages.includes(kind) && (Number((data ?? { flags }).flags ?? 0) & MessageFlag.componentsV2) === 0
  );
}

/** Without the flag there are rows and nothing else at the top, which the schema does not tell apart. */
function inRows(fault: Fault): Fault {
  const [list, index] = fault.path.slice(-2);
  const isTop =
    list === 'components' && typeof index === 'number' && !fault.path.slice(0, -2).includes('components');
  return isTop && fault.code === 'UNION_TYPE_CHOICES'
    ? { ...fault, ...unknownType([ComponentType.actionRow]) }
    : fault;
}

function issueFaults(issue: SchemaIssue, before: Fault['path'], schema: Schema, body: unknown): Fault[] {
  const path = [...before, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const branches = issue.errors ?? [];
  const value = valueAt(body, path);
  if (branches.length > 0) {
    const types = typesIn(nodeAt(schema, body, path)).sort((a, b) => Number(a) - Number(b));
    const { type } = (value ?? {}) as { type?: unknown };
    if (types.length > 1 && type !== undefined && !types.includes(type))
      return [{ path, ...unknownType(types) }];
    const found = branches.map((branch) => branch.flatMap((inner) => issueFaults(inner, path, schema, body)));
    if (found.some((faults) => faults.length === 0)) return [];
    const closest = branches.reduce((best, branch) => (farness(branch) < farness(best) ? branch : best));
    return found[branches.indexOf(closest)] ?? [];
  }
  return isForgiven(issue, path, value) ? [] : [{ path, ...wording(issue, value, { schema, body, path }) }];
}

/** The types that a union of objects has a branch for. */
function typesIn(union: Schema | undefined): unknown[] {
  return (union?.def.options ?? []).flatMap((branch) => typesOf(resolved(branch).def) ?? []);
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | null)?.[step],
    body,
  );
}

/** Of a union's branches the one was meant whose type fits and that has the fewest complaints. */
function farness(branch: readonly SchemaIssue[]): number {
  const another = branch.some(({ path }) => path.length === 0 || (path.length === 1 && path[0] === 'type'));
  return branch.length + (another ? 1_000 : 0);
}
