import type { PlacedFault } from './faults.js';
import { nearest } from './nearest.js';
import { keysOfKind } from './schema.js';

/** What stands at a place in a file's data; undefined where there is nothing. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** A key that is not known where it stands. */
export function unknownKey(path: readonly PropertyKey[], key: string, data: unknown): PlacedFault {
  const parent = valueAt(data, path);
  const kind = (parent as { kind?: unknown })?.kind;
  const known = path.length === 2 && path[0] === 'questions' ? keysOfKind.get(String(kind)) : undefined;
  const elsewhere = known && [...keysOfKind].filter(([, keys]) => keys.includes(key)).map(([name]) => name);
  if (elsewhere && elsewhere.length > 0) {
    return {
      path,
      key,
      message: `a ${String(kind)} question has no \`${key}\``,
      remedy: `remove it, or change the kind (${elsewhere.join(', ')} has it)`,
    };
  }
  const near = nearest(key, known ?? otherKeys(path));
  return {
    path,
    key,
    message: `\`${key}\` is not known here`,
    remedy: near ? `write \`${near}\`, or remove it` : 'remove it, or compare with questions/_template.yaml',
  };
}

function otherKeys(path: readonly PropertyKey[]): readonly string[] {
  const list = path.findLast((part) => typeof part === 'string');
  if (list === undefined) return ['topic', 'title', 'short', 'description', 'questions'];
  return keysOfList[String(list)] ?? ['setup', 'code', 'prints', 'raises', 'runs', 'neutral'];
}

const keysOfList: Readonly<Record<string, readonly string[]>> = {
  options: ['right', 'wrong', 'why', 'verify'],
  exhibits: ['title', 'language', 'text'],
  claims: ['says', 'setup', 'code', 'prints', 'raises', 'on', 'cites'],
  ladder: ['of', 'rung'],
  keyPoints: ['point', 'weight', 'phrases'],
  redFlags: ['flag', 'phrases'],
  followUps: ['base', 'why', 'tradeOff', 'incident'],
  samples: ['good', 'bad'],
};
