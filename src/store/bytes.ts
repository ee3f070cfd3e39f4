/** Of collections no more than these are looked at; the others count as much. */
const mostSampled = 16;

const word = 8;
const rounded = (bytes: number): number => Math.ceil(bytes / word) * word;

/** A key's and its value's places, and the table's own slack; keys of large objects stand in a table of strings too. */
const keyBytes = { object: 8, largeObject: 96, map: 48 } as const;
/** Beyond so many keys an object is a hash table, as a map is. */
const fewKeys = 20;

/**
 * What a value takes in memory, roughly: plain data as it comes from JSON, maps, sets and typed arrays. Made from how
 * V8 lays things out on 64 bits, and held against what the heap grows by in a test. What is large is guessed by a
 * sample, so that asking costs microseconds whatever the value.
 */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 16 + rounded(value.length * (isWide(value) ? 2 : 1));
  // Small integers lie in their place; others are objects.
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 0 : 16;
  if (typeof value !== 'object' || value === null) return 0;
  if (ArrayBuffer.isView(value)) return 200 + value.byteLength;
  if (Array.isArray(value)) return 32 + word * value.length + ofSample(value, value.length, bytesOf);
  if (value instanceof Map) return 150 + keyBytes.map * value.size + ofSample(value, value.size, ofEntry);
  if (value instanceof Set) return 150 + 36 * value.size + ofSample(value, value.size, bytesOf);
  return ofObject(value);
}

function ofObject(value: object): number {
  const keys = Object.keys(value);
  const values = value as Readonly<Record<string, unknown>>;
  // The names of a few keys are shared by all objects of their kind; many keys are ids, each with its own name.
  if (keys.length <= fewKeys)
    return 24 + keyBytes.object * keys.length + keys.reduce((sum, key) => sum + bytesOf(values[key]), 0);
  const pair = (key: string): number => bytesOf(key) + bytesOf(values[key]);
  return 100 + keyBytes.largeObject * keys.length + ofSample(keys, keys.length, pair);
}

const ofEntry = ([key, value]: readonly [unknown, unknown]): number => bytesOf(key) + bytesOf(value);

const isWide = (text: string): boolean => /[\u0100-\uffff]/.test(text);

function ofSample<T>(all: Iterable<T>, size: number, measure: (one: T) => number): number {
  let sum = 0;
  let sampled = 0;
  for (const one of all) {
    sum += measure(one);
    if (++sampled === mostSampled) break;
  }
  return sampled === 0 ? 0 : (sum / sampled) * size;
}
