import type { SKRSContext2D } from '@napi-rs/canvas';
import { levels } from '../bank/question.js';
import { drawPicture, type FontOf, faint, ink, paper } from '../podium/canvas.js';
import type { CoverageRow, CoverageTally } from './coverage.js';

/** A phone shows it at half this size: its smallest letters are eleven pixels high there. */
const width = 640;
const edge = 16;
const cellWidth = 84;
const rowHeight = 40;
const headHeight = 44;
const footHeight = 40;
const titleSizes = [24, 21] as const;
const titleWidth = width - 2 * edge - levels.length * cellWidth;
/** Clients show no picture higher than some 350 pixels, so a higher one would be shown smaller, and not be read. */
const rowsAPicture = 16;
const mostPictures = 3;

/** From never met to known; each cell has its figures besides. */
const colours = { known: '#2b8a5f', partly: '#a87413', weak: '#b23b34', few: '#49505c' } as const;
const headings = ['basic', 'interm.', 'adv.'] as const;

/**
 * PNGs with a row for each topic and a cell for each level: right of all answers, and a colour for how well it is
 * known. As many as the rows need, at most {@link mostPictures}, about equally long.
 */
export function renderCoverage(rows: readonly CoverageRow[]): Promise<Buffer[]> {
  const shown = rows.slice(0, rowsAPicture * mostPictures);
  const pictures = Math.max(1, Math.ceil(shown.length / rowsAPicture));
  const each = Math.ceil(shown.length / pictures);
  const more = rows.length - shown.length;
  return Promise.all(
    Array.from({ length: pictures }, (_, index) =>
      renderPart(
        shown.slice(index * each, (index + 1) * each),
        more > 0 && index === pictures - 1 ? `and ${more} more topics` : 'right / answered',
      ),
    ),
  );
}

function renderPart(shown: readonly CoverageRow[], foot: string): Promise<Buffer> {
  const height = headHeight + shown.length * rowHeight + footHeight;
  const written = [...shown.map(({ title }) => title), foot, ...headings, '0123456789/…·'];
  return drawPicture({ width, height }, written, (context, font) => {
    context.fillStyle = paper;
    context.fillRect(0, 0, width, height);
    context.font = font(22, 600);
    context.fillStyle = faint;
    context.textAlign = 'center';
    for (const [index, heading] of headings.entries()) context.fillText(heading, cellMiddle(index), 30);
    for (const [index, row] of shown.entries()) drawRow(context, font, row, headHeight + index * rowHeight);
    context.textAlign = 'right';
    context.font = font(20, 400);
    context.fillStyle = faint;
    context.fillText(foot, width - edge, height - 14);
  });
}

const cellMiddle = (index: number): number => edge + titleWidth + (index + 0.5) * cellWidth;

function drawRow(context: SKRSContext2D, font: FontOf, { title, cells }: CoverageRow, top: number): void {
  context.textAlign = 'left';
  context.fillStyle = ink;
  drawTitle(context, font, title, top + 28);
  context.textAlign = 'center';
  for (const [index, cell] of cells.entries())
    if (cell) drawCell(context, font, cell, cellMiddle(index), top);
}

function drawCell(
  context: SKRSContext2D,
  font: FontOf,
  { right, total, standing }: CoverageTally,
  middle: number,
  top: number,
): void {
  context.beginPath();
  context.roundRect(middle - cellWidth / 2 + 3, top + 3, cellWidth - 6, rowHeight - 6, 7);
  if (standing === 'unmet') {
    context.strokeStyle = '#4e535c';
    context.lineWidth = 2;
    context.stroke();
    return;
  }
  context.fillStyle = colours[standing];
  context.fill();
  context.font = font(22, 600);
  context.fillStyle = ink;
  context.fillText(`${right}/${total}`, middle, top + 28, cellWidth - 12);
}

/** In the largest of the sizes that holds the title, or cut; measuring costs more than drawing, so it is done little. */
function drawTitle(context: SKRSContext2D, font: FontOf, title: string, y: number): void {
  let measured = 0;
  for (const size of titleSizes) {
    context.font = font(size, 500);
    measured = context.measureText(title).width;
    if (measured <= titleWidth - 8) break;
  }
  const room = Math.floor((title.length * (titleWidth - 24)) / measured);
  context.fillText(
    measured <= titleWidth - 8 ? title : `${title.slice(0, room).trimEnd()}…`,
    edge,
    y,
    titleWidth - 4,
  );
}
