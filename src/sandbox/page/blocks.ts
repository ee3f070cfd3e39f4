/** A message's Markdown in pieces: lists, which the parser leaves alone, and everything else. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] };

export interface ListItem {
  readonly depth: number;
  /** The number in front; absent: a dot. */
  readonly number?: number;
  readonly text: string;
}

const item = /^( *)(?:[-*]|(\d{1,9})\.) +(.+)$/;
const fence = /```/g;
const quoted = /^> /;
/** Headings and subtexts, which the parser does not find in the line behind a quote. */
const ownLine = /^(?:-#|#{1,3}) /;

/** Splits a message around each list, and behind a quote where the parser needs it; code blocks stay whole. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let items: ListItem[] = [];
  let lines: string[] = [];
  let inCode = false;
  const flush = (): void => {
    if (items.length > 0) blocks.push({ kind: 'list', items });
    if (lines.length > 0) blocks.push({ kind: 'text', text: lines.join('\n') });
    items = [];
    lines = [];
  };
  for (const line of markdown.split('\n')) {
    const found = inCode ? null : item.exec(line);
    if ((line.match(fence) ?? []).length % 2 === 1) inCode = !inCode;
    if (found) {
      if (lines.length > 0) flush();
      const [, indent = '', number, text = ''] = found;
      items.push({ depth: Math.ceil(indent.length / 2), text, ...(number && { number: Number(number) }) });
    } else {
      const endsQuote = !inCode && ownLine.test(line) && quoted.test(lines.at(-1) ?? '');
      if (items.length > 0 || endsQuote) flush();
      lines.push(line);
    }
  }
  flush();
  return blocks;
}
