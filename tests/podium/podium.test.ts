import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas';
import { describe, expect, it, vi } from 'vitest';
import { fontsFor } from '../../src/podium/fonts.js';
import { type PodiumPlace, podiumSize, renderPodium } from '../../src/podium/podium.js';

const place = (name: string, position = 1, points = 100): PodiumPlace => ({ name, points, place: position });

interface Box {
  readonly left: number;
  readonly right: number;
}

/** The picture of somebody without a name, to hold many against. */
let nameless: Promise<Buffer> | undefined;
const ofNobody = (): Promise<Buffer> => {
  nameless ??= renderPodium([place('')]);
  return nameless;
};

/** Where the bright ink of the names is, as boxes from left to right with at least 20 dark pixels between them. */
async function names(png: Buffer): Promise<Box[]> {
  const image = await loadImage(png);
  // Asked once: each time they are asked of the picture itself, they are asked of what drew it.
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const boxes: { left: number; right: number }[] = [];
  for (let x = 0; x < width; x++) {
    let ink = false;
    for (let y = 0; y < height && !ink; y++) {
      const at = (y * width + x) * 4;
      ink = Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > 236;
    }
    const last = boxes.at(-1);
    if (ink && last && x - last.right < 20) last.right = x;
    else if (ink) boxes.push({ left: x, right: x });
  }
  return boxes;
}

describe('the podium', () => {
  // Before anything else here has drawn one.
  it('has the font of emoji, which takes long to read, read by a thread of its own', async () => {
    const registering = vi.spyOn(GlobalFonts, 'registerFromPath');
    await renderPodium([place('🔴 Red', 1, 200), place('🔵 Blue', 2)]);
    expect(registering.mock.calls.map(([, alias]) => alias)).not.toContain('noto-color-emoji');
    expect(GlobalFonts.has('noto-color-emoji')).toBe(true);
  });

  it('is a PNG of the size that it says', async () => {
    const png = await renderPodium([place('Ada'), place('Grace', 2), place('Linus', 3)]);
    expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
    expect({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) }).toEqual(podiumSize);
    expect(png.length).toBeLessThan(200_000);
  });

  it.each([
    [1, [1]],
    [2, [1, 2]],
    [3, [1, 2, 3]],
    [2, [1, 1]],
    [3, [1, 1, 1]],
    [5, [1, 2, 2, 2, 2]],
    [5, [3, 3, 3, 2, 1, 3, 3, 3]],
    [3, [1, 2, 3, 4, 5, 6]],
    [0, []],
  ])('has %i names on it for the places %j', async (count, positions) => {
    const png = await renderPodium(positions.map((position) => place('Hilde', position)));
    expect(await names(png)).toHaveLength(count);
  });

  it('puts the first in the middle, the second to the left, the third to the right', async () => {
    const png = await renderPodium([place('III', 3), place('WWWWWWWW', 1), place('WWWW', 2)]);
    const widths = (await names(png)).map(({ left, right }) => right - left);
    expect(widths).toHaveLength(3);
    const [second = 0, first = 0, third = 0] = widths;
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
  });

  it.each([3, 5])('keeps long names apart on %i steps', async (count) => {
    const long = Array.from({ length: count }, (_, index) => place('W'.repeat(32), Math.min(3, index + 1)));
    const boxes = await names(await renderPodium(long));
    expect(boxes).toHaveLength(count);
    for (const { left, right } of boxes) expect(right - left).toBeLessThan(podiumSize.width / count);
  });

  it('gives no medal for nothing', async () => {
    const gold = await renderPodium([place('Ada', 1, 1)]);
    const none = await renderPodium([place('Ada', 1, 0)]);
    expect(none.equals(gold)).toBe(false);
    expect(await names(none)).toHaveLength(1);
  });

  it('leaves nothing behind from one picture to the next', async () => {
    const before = await renderPodium([place('Ada')]);
    await Promise.all([renderPodium([place('山田')]), renderPodium([place('🎉')])]);
    expect((await renderPodium([place('Ada')])).equals(before)).toBe(true);
  });

  it('draws a name as before when more fonts than are kept were needed in between', async () => {
    const before = await renderPodium([place('山田 Ada')]);
    const many = Array.from({ length: 120 }, (_, index) => String.fromCodePoint(0x4e00 + 97 * index));
    const rare = [0, 1, 2, 3].map((part) => many.slice(30 * part, 30 * part + 30).join(''));
    expect((await fontsFor(many.join(''))).slices.length).toBeGreaterThan(40);
    await renderPodium(rare.map((name) => place(name)));
    expect((await renderPodium([place('山田 Ada')])).equals(before)).toBe(true);
  });
});

describe('names of any script', () => {
  it.each([
    ['Latin', 'Zoë', 'Łuk'],
    ['Vietnamese', 'Đỗ Thị', 'Nguyễ'],
    ['Cyrillic', 'Ёлка', 'Ждан'],
    ['Greek', 'Αλέξ', 'Ψυχή'],
    ['Arabic', 'محمد', 'عليه'],
    ['Hebrew', 'שלום', 'כהןב'],
    ['Devanagari', 'प्रिया', 'क्षत्र'],
    ['Bengali', 'বাংলা', 'কলকাতা'],
    ['Tamil', 'தமிழ்', 'சென்னை'],
    ['Telugu', 'తెలుగు', 'హైదరా'],
    ['Thai', 'สมชาย', 'น้ำใจ'],
    ['Japanese', 'さくら', 'ヤマダ'],
    ['Chinese', '王小明', '刘德華'],
    ['Korean', '김민준', '박서연'],
    ['emoji', '👩‍💻', '🇺🇦'],
    ['letters for show', '𝓪𝓭𝓪', '★彡a'],
  ])('are drawn with their own glyphs: %s', async (_, one, other) => {
    expect((await fontsFor(one)).drawable).toBe(one);
    expect((await fontsFor(other)).drawable).toBe(other);
    const [first, second] = await Promise.all([one, other].map((name) => renderPodium([place(name)])));
    // The box for a missing glyph is the same for every character.
    expect(first?.equals(second as Buffer)).toBe(false);
    expect(first?.equals(await ofNobody())).toBe(false);
  });

  it('are left out where no font has them, instead of boxes', async () => {
    expect((await fontsFor('ქართული Ada')).drawable).toBe(' Ada');
    expect((await renderPodium([place('ქართული')])).equals(await ofNobody())).toBe(true);
  });

  it('take Japanese shapes beside kana and Chinese ones without', async () => {
    const aliases = async (name: string) => (await fontsFor(name)).slices.map(({ alias }) => alias);
    expect(await aliases('直さ')).toEqual(expect.arrayContaining([expect.stringContaining('noto-sans-jp')]));
    expect(await aliases('直')).toEqual([expect.stringContaining('noto-sans-sc')]);
  });

  it.each([
    ['line breaks', 'Ada\n\nLovelace', 'Ada Lovelace'],
    ['changes of direction', '\u202EAda\u202C', 'Ada'],
    ['invisible characters', '\u200BAda\u2063', 'Ada'],
    ['towers of accents', `A${'\u0301'.repeat(50)}`, 'Á\u0301\u0301\u0301'],
  ])('cannot break the picture with %s', async (_, wild, tame) => {
    const [first, second] = await Promise.all([renderPodium([place(wild)]), renderPodium([place(tame)])]);
    expect(first?.equals(second as Buffer)).toBe(true);
  });

  it('are shortened also where they are read from right to left', async () => {
    const long = 'محمد عبد الله بن عبد الرحمن الطويل جدا جدا جدا';
    const [box] = await names(await renderPodium([place(long)]));
    expect((box?.right ?? 0) - (box?.left ?? 0)).toBeLessThan(280);
  });
});
