import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/**
 * Fonts for people's names in any of the usual scripts, from Fontsource's packages of Google's Noto fonts. Those
 * come in small slices with a list of the characters in each, so only what a name needs is loaded: a Japanese
 * name takes two or three of 120 files.
 */

/** One file with some of a font's characters. */
export interface Slice {
  /** Unique; the name to register the file under. */
  readonly alias: string;
  readonly path: string;
  /** It takes long to read. */
  readonly isLarge?: boolean;
}

interface CharacterSlice extends Slice {
  /** Pairs of first and last code point. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** In the order in which they are asked; Latin, Cyrillic, Greek, Vietnamese and Devanagari are in the first. */
const scripts = ['', '-arabic', '-hebrew', '-thai', '-bengali', '-tamil', '-telugu'];

/** The same ideograph is drawn differently in each; the rest of a name tells which one it wants. */
const ideographs = { japanese: '-jp', korean: '-kr', chinese: '-sc' } as const;

/** Not sliced here: sequences of several characters must find all of their parts in one font. */
const emojiFile = '@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff2';

/** Asked for an emoji's own picture, or a flag; digits and © are text unless they say otherwise. */
const emoji = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F/u;

/** Made when first needed: its tables take longer to load than a start should wait. */
let graphemes: Intl.Segmenter | undefined;

const locate = createRequire(import.meta.url).resolve;
const loaded = new Map<string, Promise<CharacterSlice[]>>();

/** A name split in what people see as one character each. */
export function characters(name: string): string[] {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(name), ({ segment }) => segment);
}

/** The slices for a name, in the order in which to ask them, and the name without what no font here has. */
export async function fontsFor(name: string): Promise<{ slices: Slice[]; drawable: string }> {
  const slices = new Map<string, Slice>();
  const families = familiesFor(name);
  let drawable = '';
  let hasEmoji = false;
  for (const character of characters(name)) {
    if (emoji.test(character)) {
      drawable += character;
      hasEmoji = true;
    } else drawable += await withoutMissing(character, families, slices);
  }
  // Last, because its own spaces and digits are as wide as its pictures.
  return { slices: [...slices.values(), ...(hasEmoji ? [emojiSlice()] : [])], drawable };
}

function familiesFor(name: string): string[] {
  const { japanese, korean, chinese } = ideographs;
  if (/\p{Script=Hangul}/u.test(name)) return [...scripts, korean, chinese, japanese];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name)) return [...scripts, japanese, chinese, korean];
  return [...scripts, chinese, japanese, korean];
}

/** An accent may be missing, a letter not: then nothing is left of the character. */
async function withoutMissing(
  character: string,
  families: readonly string[],
  slices: Map<string, Slice>,
): Promise<string> {
  let kept = '';
  for (const part of character) {
    const slice = await sliceWith(part.codePointAt(0) ?? 0, families);
    if (slice) {
      kept += part;
      slices.set(slice.alias, slice);
    } else if (kept === '') return '';
  }
  return kept;
}

async function sliceWith(codePoint: number, families: readonly string[]): Promise<Slice | undefined> {
  for (const family of families) {
    const slices = await slicesIn(family);
    const found = slices.find(({ ranges }) =>
      ranges.some(([first, last]) => first <= codePoint && codePoint <= last),
    );
    if (found) return found;
  }
  return undefined;
}

function slicesIn(family: string): Promise<CharacterSlice[]> {
  let slices = loaded.get(family);
  if (!slices) {
    slices = readSlices(`noto-sans${family}`);
    loaded.set(family, slices);
  }
  return slices;
}

/** A package's `unicode.json` maps a slice's name, in brackets if a number, to `U+0-FF,U+131,…`. */
async function readSlices(font: string): Promise<CharacterSlice[]> {
  const folder = `@fontsource-variable/${font}`;
  const list: Record<string, string> = JSON.parse(await readFile(locate(`${folder}/unicode.json`), 'utf8'));
  return Object.entries(list).map(([name, ranges]) => {
    const slice = name.replace(/[[\]]/g, '');
    const alias = `${font}-${slice}`;
    return { alias, path: locate(`${folder}/files/${alias}-wght-normal.woff2`), ranges: parseRanges(ranges) };
  });
}

function parseRanges(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

function emojiSlice(): Slice {
  return { alias: 'noto-color-emoji', path: locate(emojiFile), isLarge: true };
}
