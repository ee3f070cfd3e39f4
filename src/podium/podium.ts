import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawWith, faint, fontNamed, ink, paper } from './canvas.js';
import { characters, fontsFor, type Slice } from './fonts.js';
import { nameless, tidyName } from './names.js';

export interface PodiumPlace {
  /** As the person calls themselves; any script, any length. */
  readonly name: string;
  readonly points: number;
  /** From 1; people with equal points share one. */
  readonly place: number;
}

/** Twice what Discord shows, for screens of high density. */
export const podiumSize = { width: 1000, height: 500 } as const;

const floorY = 468;
const mostColumns = 5;
const gap = 14;
const widestColumn = 280;
const nameSizes = [34, 30, 26, 23] as const;

interface Step {
  readonly height: number;
  readonly light: string;
  readonly dark: string;
}

/** Gold, silver and bronze. */
const steps: Readonly<Record<number, Step>> = {
  1: { height: 236, light: '#f7cf5e', dark: '#b57f14' },
  2: { height: 172, light: '#dfe4ec', dark: '#8d97a6' },
  3: { height: 118, light: '#e2a06b', dark: '#9a5a2a' },
};

/** Nobody wins a medal with nothing. */
const plain: Step = { height: 80, light: '#8f939c', dark: '#565a63' };

interface Column extends PodiumPlace {
  readonly step: Step;
  readonly fonts: readonly Slice[];
}

/**
 * A PNG with those in the first three places on their steps, the winner in the middle.
 * @param places in any order; those from place 4 on are left out
 */
export async function renderPodium(places: readonly PodiumPlace[]): Promise<Buffer> {
  const winners = places.filter(({ place }) => place in steps).sort((a, b) => a.place - b.place);
  const columns = await Promise.all(winners.slice(0, mostColumns).map(toColumn));
  const inLatin = (await fontsFor('0 …')).slices;
  const slices = [...inLatin, ...columns.flatMap(({ fonts }) => fonts)];
  const fonts = new Map(slices.map((slice) => [slice.alias, slice]));
  return drawWith(podiumSize, [...fonts.values()], (context) =>
    draw(context, columns, inLatin, winners.length - columns.length),
  );
}

async function toColumn(place: PodiumPlace): Promise<Column> {
  const { slices, drawable } = await fontsFor(tidyName(place.name));
  const step = (place.points > 0 && steps[place.place]) || plain;
  return { ...place, step, fonts: slices, name: tidyName(drawable) || nameless };
}

function draw(
  context: SKRSContext2D,
  columns: readonly Column[],
  inLatin: readonly Slice[],
  leftOut: number,
): void {
  context.fillStyle = paper;
  context.fillRect(0, 0, podiumSize.width, podiumSize.height);
  const across = Math.max(3, columns.length);
  const width = Math.min(widestColumn, (podiumSize.width - gap * (across + 1)) / across);
  const left = (podiumSize.width - columns.length * width - (columns.length - 1) * gap) / 2;
  for (const [index, column] of winnerInTheMiddle(columns).entries()) {
    drawColumn(context, column, left + index * (width + gap), width, inLatin);
  }
  if (leftOut > 0) {
    context.font = fontNamed(22, 400, inLatin);
    context.textAlign = 'right';
    context.fillStyle = faint;
    context.fillText(`and ${leftOut} more`, podiumSize.width - 24, 36);
  }
}

/** Second to the left of the first, third to the right, and so on outwards. */
function winnerInTheMiddle(columns: readonly Column[]): Column[] {
  const row: Column[] = [];
  for (const [index, column] of columns.entries()) {
    if (index % 2 === 1) row.unshift(column);
    else row.push(column);
  }
  return row;
}

function drawColumn(
  context: SKRSContext2D,
  column: Column,
  left: number,
  width: number,
  inLatin: readonly Slice[],
): void {
  const { step } = column;
  const top = floorY - step.height;
  const middle = left + width / 2;
  drawStep(context, step, left, top, width);
  context.textAlign = 'center';
  context.fillStyle = faint;
  context.font = fontNamed(24, 400, inLatin);
  context.fillText(pointsText(column.points), middle, top - 20);
  drawName(context, column, middle, top - 60, width - 12, inLatin);
  drawMedal(context, column, middle, top - 146, inLatin);
}

function drawStep(context: SKRSContext2D, step: Step, left: number, top: number, width: number): void {
  const face = context.createLinearGradient(0, top, 0, floorY);
  face.addColorStop(0, step.light);
  face.addColorStop(0.04, step.light);
  face.addColorStop(0.041, step.dark);
  face.addColorStop(1, paper);
  context.fillStyle = face;
  context.beginPath();
  context.roundRect(left, top, width, step.height, [10, 10, 0, 0]);
  context.fill();
}

function drawMedal(
  context: SKRSContext2D,
  { place, step }: Column,
  x: number,
  y: number,
  inLatin: readonly Slice[],
): void {
  const radius = 40;
  const shine = context.createLinearGradient(x - radius, y - radius, x + radius, y + radius);
  shine.addColorStop(0, step.light);
  shine.addColorStop(1, step.dark);
  context.fillStyle = shine;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = step.light;
  context.lineWidth = 4;
  context.beginPath();
  context.arc(x, y, radius - 7, 0, 2 * Math.PI);
  context.stroke();
  context.fillStyle = paper;
  context.font = fontNamed(42, 800, inLatin);
  context.textAlign = 'center';
  context.fillText(String(place), x, y + 15);
}

function drawName(
  context: SKRSContext2D,
  { name, fonts }: Column,
  x: number,
  y: number,
  width: number,
  inLatin: readonly Slice[],
): void {
  context.fillStyle = ink;
  context.direction = startsRightToLeft(name) ? 'rtl' : 'ltr';
  const slices = [...inLatin, ...fonts];
  for (const size of nameSizes) {
    context.font = fontNamed(size, 700, slices);
    if (context.measureText(name).width <= width) break;
  }
  context.fillText(shortened(context, name, width), x, y);
  context.direction = 'ltr';
}

function shortened(context: SKRSContext2D, name: string, width: number): string {
  const parts = characters(name);
  let text = name;
  while (parts.length > 1 && context.measureText(text).width > width) {
    parts.pop();
    text = `${parts.join('').trimEnd()}…`;
  }
  return text;
}

function startsRightToLeft(name: string): boolean {
  const [letter = ''] = /\p{L}/u.exec(name) ?? [];
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter);
}

function pointsText(points: number): string {
  return `${points.toLocaleString('en-US')} ${points === 1 ? 'point' : 'points'}`;
}
