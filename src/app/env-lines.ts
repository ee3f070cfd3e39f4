/** One `NAME=value` of a `.env` file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
  /** It begins with a quote that nothing closes, which then is part of the value. */
  readonly isUnclosed: boolean;
}

/** A line that is neither `NAME=value` nor a comment. */
export interface UnreadLine {
  readonly text: string;
  readonly line: number;
}

/**
 * What Node's `parseEnv` takes, in the same way; but that one joins a line without `=` with the next, whose variable
 * is lost, and an unclosed quote with the next quote, wherever it stands.
 */
export function readEnvLines(text: string): { entries: EnvEntry[]; unread: UnreadLine[] } {
  const entries: EnvEntry[] = [];
  const unread: UnreadLine[] = [];
  let line = 1;
  for (const [whole, name, quoted, bare = '', rest = ''] of text.replace(/\r\n?/g, '\n').matchAll(piece)) {
    if (name !== undefined) entries.push({ name, line, ...read(quoted, bare) });
    else if (rest.trim()) unread.push({ text: rest.trim(), line });
    line += whole.split('\n').length - 1;
  }
  return { entries, unread };
}

/** A quoted value may span lines, none of which begins the next variable. */
const within = (quote: string): string =>
  `${quote}(?:[^${quote}\\n]|\\n(?!\\s*(?:export\\s+)?[A-Z][A-Z0-9_]*[ \\t]*=))*${quote}`;
const quotes = ['"', "'", '`'].map(within).join('|');

/** An entry, a comment, or another line: with the end of its line, but at the very end. */
const piece = new RegExp(
  `[ \\t]*(?:(?:export[ \\t]+)?([\\w.-]+)[ \\t]*=[ \\t]*(?:(${quotes})[^\\n]*|([^\\n#]*)(?:#[^\\n]*)?)|#[^\\n]*|([^\\n]*))(?:\\n|$)`,
  'gy',
);

function read(quoted: string | undefined, bare: string): Pick<EnvEntry, 'value' | 'isUnclosed'> {
  if (quoted === undefined) return { value: bare.trim(), isUnclosed: /^["'`]/.test(bare.trim()) };
  const inner = quoted.slice(1, -1);
  return { value: quoted.startsWith('"') ? inner.replaceAll('\\n', '\n') : inner, isUnclosed: false };
}
