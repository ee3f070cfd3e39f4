import { type Document, type ErrorCode, isCollection, visit, type YAMLParseError } from 'yaml';

export interface SyntaxWords {
  readonly message: string;
  readonly remedy: string;
}

/** What a parser's error is about, and the offset to which somebody should look. */
export function taughtError(
  document: Document.Parsed,
  text: string,
  { code, message, pos }: YAMLParseError,
): SyntaxWords & { readonly offset: number } {
  const [offset] = pos;
  // The parser notices what is not closed where the file or the next key begins, which may be far below.
  const quote = /closing .*quote/.test(message) ? openedQuote(document, offset) : undefined;
  if (quote !== undefined) return { offset: quote, ...openQuote };
  const bracket = /\bFlow\b.* must be/.test(message) ? openedBracket(document, offset) : undefined;
  if (bracket !== undefined) return { offset: bracket, ...openBracket(text[bracket] ?? '') };
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && message.includes('sequence')) {
    const entry = text.slice(offset).search(/\S/);
    return { offset: offset + Math.max(0, entry), ...oddEntry };
  }
  return { offset, ...wordsFor(code, message) };
}

const openQuote: SyntaxWords = {
  message: 'a quote opens here and is not closed',
  remedy: 'close it, or write the text in the lines below `>-`',
};

const openBracket = (bracket: string): SyntaxWords => ({
  message: `a ${bracket} opens here and is not closed`,
  remedy: `close it with ${bracket === '[' ? ']' : '}'}; lines inside it are indented further than its key`,
});

const oddEntry: SyntaxWords = {
  message: 'the entry is indented otherwise than those above it',
  remedy: 'write its - below theirs',
};

const oddKey: SyntaxWords = {
  message: 'the line is indented otherwise than the keys beside it',
  remedy: 'let it begin below them',
};

const taught: Partial<Record<ErrorCode, SyntaxWords>> = {
  BAD_INDENT: oddKey,
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'there is a colon and a space inside a text',
    remedy: 'put the text into quotes, or write it in the lines below `>-`',
  },
  DUPLICATE_KEY: { message: 'the key is here twice', remedy: 'leave it once' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'the line is no key with a colon and a space, and no part of the text above it',
    remedy: 'write `key: value`, or indent it further than the key to which it belongs',
  },
  MULTIPLE_DOCS: {
    message: 'a second document starts with `---`',
    remedy: 'remove the line: a file holds one topic',
  },
  TAB_AS_INDENT: { message: 'a tab indents the line', remedy: 'indent with spaces' },
};

function wordsFor(code: ErrorCode, message: string): SyntaxWords {
  if (code === 'BAD_SCALAR_START')
    return {
      message: `a text cannot start with ${message.slice(-1)}`,
      remedy: 'put it into quotes, or write it in the lines below `>-`',
    };
  if (message.includes('scalar at node end'))
    return {
      message: 'a text goes on behind its closing quote',
      remedy: 'write \\" for a quote within double quotes, or the text in the lines below `>-`',
    };
  if (message.includes('without - indicator')) return oddKey;
  return (
    taught[code] ?? {
      message: `the YAML is broken: ${message.slice(0, 1).toLowerCase()}${message.slice(1)}`,
      remedy: 'compare quotes, brackets and indentation with questions/_template.yaml',
    }
  );
}

/** Where the text in quotes begins that reaches to here. */
function openedQuote(document: Document.Parsed, end: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < end && range[1] >= end) found = range[0];
    },
  });
  return found;
}

/** Where the last list or mapping in brackets begins before here. */
function openedBracket(document: Document.Parsed, end: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node(_, node) {
      if (isCollection(node) && node.flow && node.range && node.range[0] < end) found = node.range[0];
    },
  });
  return found;
}
