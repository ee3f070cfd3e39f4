import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { Place } from './faults.js';

export interface YamlSource {
  readonly data: unknown;
  readonly syntaxFaults: readonly { line: number; message: string; remedy: string }[];
  /** The line, from 1, on which something stands; of what is missing, the line of what it is missing in. */
  lineOf(place: Place): number;
}

/** Parses a YAML text, remembering where everything is. */
export function readYaml(text: string): YamlSource {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const syntaxFaults = document.errors.map((error) => ({
    line: counter.linePos(error.pos[0]).line,
    message: `the YAML is broken: ${lowerFirst(error.message.split('\n')[0] ?? error.code)}`,
    remedy: remedies[error.code] ?? 'compare the indentation and quotes with the lines around it',
  }));
  return {
    data: syntaxFaults.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 }),
    syntaxFaults,
    lineOf: (place) => counter.linePos(offsetOf(document, place)).line,
  };
}

const remedies: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'leave the key once',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'remove the `---` line: a file holds one topic',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that contains a colon and a space into quotes',
  MISSING_CHAR: 'close the quotes or brackets',
};

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

function offsetOf(document: Document.Parsed, { path, key }: Place): number {
  let node: unknown = document.contents;
  let offset = start(node);
  for (const part of key === undefined ? path : [...path, key]) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      offset = start(pair.key);
      node = pair.value;
    } else {
      const items = (node as { items?: readonly unknown[] } | null)?.items;
      node = items?.[Number(part)];
      if (node === undefined) break;
      offset = start(node);
    }
  }
  return offset;
}

const start = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
