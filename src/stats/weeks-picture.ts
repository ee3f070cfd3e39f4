import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawPicture, type FontOf, faint, ink, paper } from '../podium/canvas.js';

const width = 640;
const height = 280;
const frame = { left: 66, right: width - 30, top: 34, bottom: height - 52 } as const;
const line = '#5b8def';
const grid = '#3f434b';

/** How ready somebody was at the end of a week, or is now. */
export interface WeekPoint {
  /** `3 Dec`, or `now`. */
  readonly label: string;
  /** 0 to 100. */
  readonly percent: number;
}

/** A PNG with a line over the weeks, oldest first. */
export async function renderWeeks(points: readonly WeekPoint[]): Promise<Buffer> {
  const written = [...points.map(({ label }) => label), '0123456789 %'];
  return drawPicture({ width, height }, written, (context, font) => {
    context.fillStyle = paper;
    context.fillRect(0, 0, width, height);
    const top = ceilingOf(points);
    const xOf = (index: number): number =>
      points.length === 1
        ? frame.right
        : frame.left + (index / (points.length - 1)) * (frame.right - frame.left);
    const yOf = (percent: number): number => frame.bottom - (percent / top) * (frame.bottom - frame.top);
    drawGrid(context, font, top, yOf);
    drawLine(
      context,
      points.map(({ percent }, index) => [xOf(index), yOf(percent)]),
    );
    drawLabels(context, font, points, xOf);
    const last = points.at(-1);
    if (last) drawValue(context, font, last.percent, xOf(points.length - 1), yOf(last.percent));
  });
}

/** Of the scale: a quarter, a half, three quarters or all, so that small steps are seen. */
const ceilingOf = (points: readonly WeekPoint[]): number =>
  [25, 50, 75].find((top) => points.every(({ percent }) => percent < top - 3)) ?? 100;

function drawGrid(context: SKRSContext2D, font: FontOf, top: number, yOf: (percent: number) => number): void {
  context.font = font(21, 400);
  context.textAlign = 'right';
  context.lineWidth = 2;
  for (const share of [0, 0.5, 1]) {
    const percent = top * share;
    context.strokeStyle = grid;
    context.beginPath();
    context.moveTo(frame.left, yOf(percent));
    context.lineTo(frame.right, yOf(percent));
    context.stroke();
    context.fillStyle = faint;
    context.fillText(`${Math.round(percent)} %`, frame.left - 8, yOf(percent) + 7);
  }
}

function drawLine(context: SKRSContext2D, places: readonly (readonly [number, number])[]): void {
  context.strokeStyle = line;
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.beginPath();
  for (const [index, [x, y]] of places.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
  context.fillStyle = line;
  for (const [x, y] of places) {
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.fill();
  }
}

/** The first, the last, and as many between as have room. */
function drawLabels(
  context: SKRSContext2D,
  font: FontOf,
  points: readonly WeekPoint[],
  xOf: (index: number) => number,
): void {
  context.font = font(21, 400);
  context.fillStyle = faint;
  context.textAlign = 'center';
  const every = Math.max(1, Math.ceil((points.length - 1) / 4));
  for (const [index, { label }] of points.entries()) {
    const isLast = index === points.length - 1;
    if (!isLast && (index % every !== 0 || points.length - 1 - index < every)) continue;
    context.fillText(label, Math.min(xOf(index), width - 34), height - 18);
  }
}

function drawValue(context: SKRSContext2D, font: FontOf, percent: number, x: number, y: number): void {
  context.font = font(28, 700);
  context.fillStyle = ink;
  context.textAlign = 'right';
  context.fillText(`${percent} %`, Math.min(x + 10, width - 12), Math.max(26, y - 16));
}
