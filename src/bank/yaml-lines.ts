import {
  type Document,
  type ErrorCode,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { Place } from './faults.js';

export interface YamlLines {
  /** Undefined where there are syntax faults. */
  readonly data: unknown;
  readonly syntaxFaults: readonly SyntaxFault[];
  /** The line, from 1, on which something stands; of what is missing, the line of what it is missing in. */
  lineOf(place: Place): number;
  /** How a value that is no text stands in the file, e.g. `3.10` or `0x1F`; undefined for everything else. */
  writtenAt(path: readonly PropertyKey[]): string | undefined;
}

interface SyntaxFault {
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** Parses a YAML text, remembering where everything is. */
export function readYaml(text: string): YamlLines {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const syntaxFaults = syntaxFaultsOf(document, lineAt);
  return {
    data: syntaxFaults.length > 0 ? undefined : document.toJS(),
    syntaxFaults,
    lineOf: (place) => lineAt(offsetOf(document, place)),
    writtenAt: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) && typeof node.value !== 'string' ? node.source : undefined;
    },
  };
}

function syntaxFaultsOf(document: Document.Parsed, lineAt: (offset: number) => number): SyntaxFault[] {
  // One slip makes the parser stumble again and again behind it; a key that is there twice does not.
  const errors = document.errors.filter(({ code }, index) => index === 0 || code === 'DUPLICATE_KEY');
  const faults = errors.map(({ code, message, pos }) => ({
    line: lineAt(pos[0]),
    ...wordsFor(code, message),
  }));
  visit(document, {
    Alias(_, { source, range }) {
      faults.push({
        line: lineAt(range?.[0] ?? 0),
        message: `\`*${source}\` is an alias of YAML`,
        remedy: 'put a text that starts with * into quotes, or write out what is meant',
      });
    },
  });
  for (const offset of cutTexts(document))
    faults.push({
      line: lineAt(offset),
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

const taught: Partial<Record<ErrorCode, Omit<SyntaxFault, 'line'>>> = {
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'there is a colon and a space inside a text',
    remedy: 'put the text into quotes, or write it in the lines below `>-`',
  },
  DUPLICATE_KEY: { message: 'the key is here twice', remedy: 'leave it once' },
  MULTIPLE_DOCS: {
    message: 'a second document starts with `---`',
    remedy: 'remove the line: a file holds one topic',
  },
  TAB_AS_INDENT: { message: 'a tab indents the line', remedy: 'indent with spaces' },
};

function wordsFor(code: ErrorCode, message: string): Omit<SyntaxFault, 'line'> {
  if (code === 'BAD_SCALAR_START') {
    return {
      message: `a text cannot start with ${message.slice(-1)}`,
      remedy: 'put it into quotes, or write it in the lines below `>-`',
    };
  }
  return (
    taught[code] ?? {
      message: `the YAML is broken: ${message.slice(0, 1).toLowerCase()}${message.slice(1)}`,
      remedy: 'compare quotes, brackets and indentation with questions/_template.yaml',
    }
  );
}

function offsetOf(document: Document.Parsed, { path, key }: Place): number {
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
