import type { FontKey, SKRSContext2D } from '@napi-rs/canvas';
import { LRUCache } from 'lru-cache';
import { readApart } from './apart.js';
import { fontsFor, type Slice } from './fonts.js';

/** The font of a picture at a size and weight, as a canvas takes it. */
export type FontOf = (size: number, weight: number) => string;

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** More than most pictures need; all scripts of the world would take 120 MB. */
const mostRegistered = 40;
const superfluous: FontKey[] = [];
/** The font of emoji, which takes 0.4 s of CPU to read: once for all pictures, and in no picture's turn. */
let largeRead: Promise<void> | undefined;
/** By alias, fonts that stay for the next picture. */
const registered = new LRUCache<string, FontKey>({
  max: mostRegistered,
  dispose: (key) => superfluous.push(key),
});

let canvas: Promise<typeof import('@napi-rs/canvas')> | undefined;

/** Loaded by whoever draws first: it takes longer than a start should wait. */
function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  // With the machine's own fonts the same name would look different, or be missing, from one machine to the next.
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1';
  canvas ??= import('@napi-rs/canvas');
  return canvas;
}

/**
 * A PNG of what is drawn.
 * @param written all texts that stand in it
 */
export async function drawPicture(
  size: PictureSize,
  written: readonly string[],
  draw: (context: SKRSContext2D, font: FontOf) => void,
): Promise<Buffer> {
  const { slices } = await fontsFor([...new Set(written.join(''))].join(''));
  return drawWith(size, slices, (context) =>
    draw(context, (pixels, weight) => fontNamed(pixels, weight, slices)),
  );
}

/** A PNG of what is drawn with these fonts. */
export async function drawWith(
  { width, height }: PictureSize,
  slices: readonly Slice[],
  draw: (context: SKRSContext2D) => void,
): Promise<Buffer> {
  const { createCanvas, GlobalFonts } = await loadCanvas();
  const large = slices.find(({ isLarge }) => isLarge);
  if (large) {
    // Where no thread can be had, this one reads it below.
    largeRead ??= readApart(large).catch(() => {});
    await largeRead;
  }
  const picture = createCanvas(width, height);
  const used = slices.map(({ alias, path, isLarge }) => ({
    alias,
    key:
      registered.get(alias) ??
      (isLarge && GlobalFonts.has(alias) ? undefined : GlobalFonts.registerFromPath(path, alias)),
  }));
  try {
    draw(picture.getContext('2d'));
  } finally {
    // Only now, with what it was drawn with: none of them may go before.
    for (const { alias, key } of used) if (key) registered.set(alias, key);
    GlobalFonts.removeBatch(superfluous.splice(0));
  }
  return picture.encode('png');
}

export const fontNamed = (size: number, weight: number, slices: readonly Slice[]): string =>
  `${weight} ${size}px ${slices.map(({ alias }) => `"${alias}"`).join(', ')}`;

/** Colours of every picture: Discord's dark theme, readable on the light one too. */
export const paper = '#2b2d31';
export const ink = '#f2f3f5';
export const faint = '#b5bac1';
