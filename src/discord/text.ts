import { clip } from './components.js';

const ellipsis = '…';
/** Marks that open and close something. */
const mark = /`+|\*\*|\|\||~~/g;

/**
 * A text in one line, cut to a length. Of a question the last sentence is what is asked, so that stays whole where it
 * fits, and what stands before it is cut. Code spans and emphasis that a cut leaves open are closed.
 * @param longest in UTF-16 units, as Discord counts; the outcome has at most so many
 */
export function cut(content: string, longest: number): string {
  const line = content.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const last = lastSentence(line);
  const room = longest - last.length - 1;
  if (last.length < line.length && room >= shortestStart) return `${start(line, room)} ${last}`;
  return last.length <= longest ? last : start(last, longest);
}

/** A shorter beginning tells nothing. */
const shortestStart = 12;

/** From the end of the sentence before the last one; a full stop within code ends no sentence. */
function lastSentence(line: string): string {
  const hidden = line.replace(/(`+)(?:(?!\1).)+\1/g, (span) => '_'.repeat(span.length));
  let from = 0;
  for (const { index, 0: end } of hidden.matchAll(/[.!?:]["”’)]* (?=\S)/g)) from = index + end.length;
  return line.slice(from);
}

/** As many whole words as fit, with an ellipsis, and with what they open closed. */
function start(line: string, longest: number): string {
  for (let room = longest - ellipsis.length; room > 0; room--) {
    const space = line.lastIndexOf(' ', room);
    const end = space > 0 && space > room - longestWord ? space : room;
    const kept = `${closed(wholeCharacters(line.slice(0, end)).trimEnd())}${ellipsis}`;
    if (kept.length <= longest) return kept;
  }
  return ellipsis.slice(0, longest);
}

/** Words longer than this are cut in the middle. */
const longestWord = 24;

/** Without half of a surrogate pair at the end. */
const wholeCharacters = (part: string): string => (/[\uD800-\uDBFF]$/.test(part) ? part.slice(0, -1) : part);

/** With the marks that are still open closed, the innermost first. */
function closed(part: string): string {
  // What stands at the very end may be half of a mark, or open something that is not there.
  const kept = part.replace(/[\s`*|~]+$/, '');
  const open: string[] = [];
  for (const [found] of kept.matchAll(mark)) {
    const inCode = open.at(-1)?.startsWith('`') ?? false;
    if (open.at(-1) === found) open.pop();
    else if (!inCode) open.push(found);
  }
  return kept + open.reverse().join('');
}

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

/**
 * What somebody typed, with its line breaks: each line in a code span of its own, because a block of code does not wrap
 * on every phone. Neither markdown in it nor mentions take effect.
 * @param longest in UTF-16 units, of the outcome with its spans
 */
export function typedLines(typed: string, longest: number): string {
  const lines = typed.split(/[\n\r]+/).filter((line) => !isBlank(line));
  let shown = '';
  for (const line of lines) {
    const next = `${shown}${shown === '' ? '' : '\n'}${codeSpan(line, longest)}`;
    // What is cut later still needs its ellipsis.
    if (next.length > longest - ellipsis.length) return cutSpan(shown, line, longest);
    shown = next;
  }
  return shown === '' ? codeSpan('', 1) : shown;
}

/** For the fences of a span, with a line break and an ellipsis. */
const spanRoom = 8;

/** As much of the line as fits below what is shown. */
function cutSpan(shown: string, line: string, longest: number): string {
  const room = Math.floor((longest - shown.length - spanRoom) / 2);
  if (room < shortestStart) return `${shown}${ellipsis}`;
  return `${shown}${shown === '' ? '' : '\n'}${codeSpan(line, room)}`;
}

/** Spaces, controls and format characters, and letters without a shape: the Hangul fillers, the grapheme joiner. */
const invisible = /[\s\p{C}\p{Z}]|\u{115f}|\u{1160}|\u{3164}|\u{ffa0}|\u{034f}/gu;

/** Whether nothing in a text can be seen. */
export const isBlank = (typed: string): boolean => typed.replace(invisible, '') === '';
