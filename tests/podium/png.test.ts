import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { encodePng } from '../../src/podium/png.js';

it.each([
  [1, 1],
  [3, 2],
  [640, 280],
])('a picture of %i by %i pixels is read back as it was drawn', async (width, height) => {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#2b2d31';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#f7cf5e';
  context.fillRect(width / 3, height / 3, width / 2, 1);
  const image = await loadImage(await encodePng(canvas));
  expect({ width: image.width, height: image.height }).toEqual({ width, height });
  const again = createCanvas(width, height);
  again.getContext('2d').drawImage(image, 0, 0);
  expect(again.data().equals(canvas.data())).toBe(true);
});
