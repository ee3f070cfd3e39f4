import { Json, type RecordType } from './store.js';

/** What is stored under a key. Version 0 has no data: the record was removed. */
export interface Stored {
  readonly v: number;
  readonly d?: unknown;
}

/** Written in place of a removed record, in the same statement as its batch, and deleted a moment later. */
export const removed: Stored = { v: 0 };

/** Stands for a value that is not JSON as Keyv writes it, `{"value":…}`. */
class Unreadable {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Keyv's envelope, as {@link unwrap} opens it. */
export function wrap(envelope: { readonly value?: unknown }): string {
  const { value } = envelope;
  return isStored(value) && value.d instanceof Json
    ? `{"value":{"v":${value.v},"d":${value.d.text}}}`
    : JSON.stringify(envelope);
}

/** What Keyv takes out of its envelope. Never throws: a damaged value must not hide those read with it. */
export function unwrap<T>(text: string): { value: T } {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && 'value' in data) return data as { value: T };
  } catch {
    // What is given back tells.
  }
  return { value: new Unreadable(text) as T };
}

/** The text in which {@link unwrap} found this. */
export function asFound(stored: unknown): string {
  return stored instanceof Unreadable ? stored.text : JSON.stringify({ value: stored });
}

export type Decoded<T> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly reason: string }
  | { readonly state: 'newer'; readonly version: number };

export function encode(type: RecordType<unknown>, data: unknown): Stored {
  if (data === undefined) throw new TypeError(`a record of type ${type.name} was undefined`);
  return { v: type.version, d: data };
}

export function decode<T>(type: RecordType<T>, stored: unknown): Decoded<T> {
  if (stored === undefined || stored === null) return { state: 'absent' };
  if (stored instanceof Unreadable)
    return { state: 'damaged', reason: 'it is not JSON as the store writes it' };
  if (!isStored(stored)) return { state: 'damaged', reason: 'it is not a record with a version' };
  if (stored.v === removed.v) return { state: 'absent' };
  if (stored.v > type.version) return { state: 'newer', version: stored.v };
  try {
    const checked = type.schema.safeParse(migrated(type, stored));
    if (checked.success) return { state: 'present', value: checked.data };
    return { state: 'damaged', reason: faults(checked.error.issues) };
  } catch (error) {
    return { state: 'damaged', reason: `its migration failed: ${String(error)}` };
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'v' in value && Number.isSafeInteger(value.v);
}

function migrated(type: RecordType<unknown>, { v, d }: Stored): unknown {
  let data = d;
  for (let version = v; version < type.version; version++) {
    const migrate = type.migrations[version];
    if (migrate === undefined) throw new Error(`there is none from version ${version}`);
    data = migrate(data);
  }
  return data;
}

/** Places and rules only: a value in a log could be somebody's words. */
function faults(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string }[],
): string {
  return issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.map(String).join('.') || 'the record'}: ${code}`)
    .join('; ');
}
