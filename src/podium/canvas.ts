import type { SKRSContext2D } from '@napi-rs/canvas';
import { fontsFor, type Slice } from './fonts.js';
import { encodePng } from './png.js';

/** The font of a picture at a size and weight, as a canvas takes it. */
export type FontOf = (size: number, weight: number) => string;

/** Loaded by whoever draws first: it takes longer than a start should wait. */
export async function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  // With the machine's own fonts the same name would look different, or be missing, from one machine to the next.
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1';
  return import('@napi-rs/canvas');
}

/**
 * A PNG of what is drawn.
 * @param written all texts that stand in it: their fonts are loaded for this one picture
 */
export async function drawPicture(
  { width, height }: { readonly width: number; readonly height: number },
  written: readonly string[],
  draw: (context: SKRSContext2D, font: FontOf) => void,
): Promise<Buffer> {
  const [{ createCanvas, GlobalFonts }, { slices }] = await Promise.all([
    loadCanvas(),
    fontsFor([...new Set(written.join(''))].join('')),
  ]);
  const canvas = createCanvas(width, height);
  // In one turn of the event loop, with the drawing: they would stay in memory for ever.
  const keys = slices.map(({ alias, path }) => GlobalFonts.registerFromPath(path, alias));
  try {
    draw(canvas.getContext('2d'), (size, weight) => fontNamed(size, weight, slices));
  } finally {
    GlobalFonts.removeBatch(keys.filter((key) => key !== null));
  }
  return encodePng(canvas);
}

export const fontNamed = (size: number, weight: number, slices: readonly Slice[]): string =>
  `${weight} ${size}px ${slices.map(({ alias }) => `"${alias}"`).join(', ')}`;

/** Colours of every picture: Discord's dark theme, readable on the light one too. */
export const paper = '#2b2d31';
export const ink = '#f2f3f5';
export const faint = '#b5bac1';
