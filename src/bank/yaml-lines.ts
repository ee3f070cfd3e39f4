import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { FaultPlace } from './faults.js';
import { type SyntaxWords, taughtError } from './yaml-words.js';

export interface YamlLines {
  /** Undefined where there are syntax faults. */
  readonly data: unknown;
  readonly syntaxFaults: readonly SyntaxFault[];
  /** The line, from 1, on which something stands; of what is missing, the line of what it is missing in. */
  lineOf(place: FaultPlace): number;
  /** How a value that is no text stands in the file, e.g. `3.10` or `0x1F`; undefined for everything else. */
  writtenAt(path: readonly PropertyKey[]): string | undefined;
}

interface SyntaxFault extends SyntaxWords {
  readonly line: number;
  readonly column: number;
}

/** Parses a YAML text, remembering where everything is. */
export function readYaml(text: string): YamlLines {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const placeAt: PlaceAt = (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const syntaxFaults = syntaxFaultsOf(document, text, placeAt);
  return {
    data: syntaxFaults.length > 0 ? undefined : document.toJS(),
    syntaxFaults,
    lineOf: (place) => placeAt(offsetOf(document, place)).line,
    writtenAt: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) && typeof node.value !== 'string' ? node.source : undefined;
    },
  };
}

type PlaceAt = (offset: number) => Pick<SyntaxFault, 'line' | 'column'>;

function syntaxFaultsOf(document: Document.Parsed, text: string, placeAt: PlaceAt): SyntaxFault[] {
  // One slip makes the parser stumble again and again behind it; a key that is there twice does not.
  const errors = document.errors.filter(({ code }, index) => index === 0 || code === 'DUPLICATE_KEY');
  const faults = errors.map((error): SyntaxFault => {
    const { offset, ...words } = taughtError(document, text, error);
    return { ...placeAt(offset), ...words };
  });
  visit(document, {
    Alias(_, { source, range }) {
      faults.push({
        ...placeAt(range?.[0] ?? 0),
        message: `\`*${source}\` is an alias of YAML`,
        remedy: 'put a text that starts with * into quotes, or write out what is meant',
      });
    },
  });
  for (const offset of cutTexts(document))
    faults.push({
      ...placeAt(offset),
      message: 'the text ends before a #, where YAML begins a comment',
      remedy: 'put the text into quotes, or the comment into a line of its own',
    });
  return faults;
}

/** Keys whose values are single words, behind which a comment takes nothing away. */
const words: ReadonlySet<unknown> = new Set([
  'topic',
  'id',
  'level',
  'kind',
  'form',
  'language',
  'answer',
  'weight',
  'rung',
  'of',
  'runs',
  'on',
  'raises',
  'practiceOnly',
  'reviewed',
]);

/** Keys whose values are sentences, however short. */
const prose: ReadonlySet<unknown> = new Set([
  'prompt',
  'right',
  'wrong',
  'why',
  'explanation',
  'point',
  'flag',
]);

/** Where plain texts stand in one line with a comment behind them. */
function cutTexts(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Scalar(_, { type, value, comment, range }, ancestors) {
      const parent = ancestors.at(-1);
      const key = isPair(parent) && isScalar(parent.key) ? parent.key.value : undefined;
      if (type !== 'PLAIN' || typeof value !== 'string' || !comment || words.has(key)) return;
      if (/\s/.test(value) || prose.has(key)) found.push(range?.[0] ?? 0);
    },
  });
  return found;
}

function offsetOf(document: Document.Parsed, { path, key }: FaultPlace): number {
  let node: unknown = document.contents;
  let offset = start(node);
  for (const part of key === undefined ? path : [...path, key]) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (!pair) break;
      offset = start(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (!node) break;
      offset = start(node);
    } else break;
  }
  return offset;
}

const start = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
