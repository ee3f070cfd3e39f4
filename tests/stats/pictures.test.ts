import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { levels } from '../../src/bank/question.js';
import { countStandings, coverageRows } from '../../src/stats/coverage.js';
import { renderCoverage } from '../../src/stats/coverage-picture.js';
import { renderWeeks } from '../../src/stats/weeks-picture.js';

const counts = { basic: 5, intermediate: 5, advanced: 0 };
const topics = (many: number) =>
  Array.from({ length: many }, (_, index) => ({
    id: `t${index}`,
    title: `A topic with a long title, number ${index}`,
    levels: counts,
  }));
const cell = (topic: string, right: number, total: number) => ({
  topic,
  level: 'basic' as const,
  right,
  total,
});

async function coloursOf(png: Buffer): Promise<Set<string>> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colours = new Set<string>();
  for (let at = 0; at < data.length; at += 4)
    colours.add(`#${[0, 1, 2].map((part) => (data[at + part] ?? 0).toString(16).padStart(2, '0')).join('')}`);
  return colours;
}

it.each([
  ['unmet', 0, 0],
  ['few', 1, 2],
  ['weak', 1, 4],
  ['partly', 2, 3],
  ['known', 4, 5],
] as const)('a level of a topic is %s with %i of %i right', (standing, right, total) => {
  const rows = coverageRows([cell('t0', right, total)], topics(1));
  expect(rows[0]?.cells.map((one) => one?.standing)).toEqual([standing, 'unmet', undefined]);
  expect(countStandings(rows)[standing]).toBe(standing === 'unmet' ? 2 : 1);
  expect(levels).toHaveLength(rows[0]?.cells.length ?? 0);
});

it('coverage has a row for each topic, and one colour for each standing', async () => {
  const cells = [cell('t0', 5, 5), cell('t1', 2, 4), cell('t2', 0, 4), cell('t3', 1, 1)];
  const pictures = await renderCoverage(coverageRows(cells, topics(30)));
  expect(pictures).toHaveLength(2);
  const [png = Buffer.of()] = pictures;
  const image = await loadImage(png);
  expect([image.width, image.height]).toEqual([640, 44 + 15 * 40 + 40]);
  expect(await coloursOf(png)).toEqual(
    expect.toSatisfy((all: Set<string>) =>
      ['#2b8a5f', '#a87413', '#b23b34', '#49505c'].every((one) => all.has(one)),
    ),
  );
  expect(png.length).toBeLessThan(300_000);
});

it('coverage of a bank with very many topics ends, and says how many are left', async () => {
  const pictures = await renderCoverage(coverageRows([], topics(120)));
  expect(pictures).toHaveLength(3);
  for (const png of pictures) {
    const { width, height } = await loadImage(png);
    // Clients make it smaller when it is higher than this.
    expect(height / width).toBeLessThan(352 / 300);
  }
});

it('the line of readiness rises with it', async () => {
  const top = async (percent: number): Promise<number> => {
    const image = await loadImage(
      await renderWeeks([
        { label: '2 Mar', percent: 1 },
        { label: 'now', percent },
      ]),
    );
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    for (let y = 0; y < image.height; y++) {
      const [red, green, blue] = context.getImageData(610, y, 1, 1).data;
      if (red === 0x5b && green === 0x8d && blue === 0xef) return y;
    }
    return image.height;
  };
  expect(await top(20)).toBeLessThan(await top(5));
  expect(await top(100)).toBeLessThan(60);
});
