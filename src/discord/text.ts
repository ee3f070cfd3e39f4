import { clip } from './components.js';

/** Control characters, and those of direction, which would reorder what stands around them. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/**
 * What somebody typed, as Discord shows it unchanged: in a code span on one line, cut to a length. Neither markdown
 * in it nor mentions take effect.
 */
export function codeSpan(typed: string, longest: number): string {
  const line = clip(typed.replace(/\s+/g, ' ').replace(unprintable, '').trim(), longest);
  if (line === '') return '`\u00a0`';
  const runs = new Set((line.match(/`+/g) ?? []).map(({ length }) => length));
  // Three would begin a code block; where both shorter fences stand in the text, look-alikes take their place.
  const fence = runs.has(1) ? (runs.has(2) ? undefined : '``') : '`';
  if (fence === undefined) return `\`${line.replaceAll('`', 'ˋ')}\``;
  // Discord takes away a space that keeps a backtick from the fence.
  return `${fence}${line.startsWith('`') ? ' ' : ''}${line}${line.endsWith('`') ? ' ' : ''}${fence}`;
}

/** Spaces, controls and format characters, and letters without a shape: the Hangul fillers, the grapheme joiner. */
const invisible = /[\s\p{C}\p{Z}]|\u{115f}|\u{1160}|\u{3164}|\u{ffa0}|\u{034f}/gu;

/** Whether nothing in a text can be seen. */
export const isBlank = (typed: string): boolean => typed.replace(invisible, '') === '';
