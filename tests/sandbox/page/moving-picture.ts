import { writeFile } from 'node:fs/promises';
import { createCanvas, GifEncoder, loadImage } from '@napi-rs/canvas';
import type { Page } from 'playwright-core';

const width = 820;

/** Screenshots of a story, put together as a GIF. Without a file to write, nothing is taken. */
export class MovingPicture {
  readonly #frames: { png: Buffer; delay: number }[] = [];

  readonly file: string | undefined;

  constructor(file: string | undefined) {
    this.file = file;
  }

  /** @param delay how long it is looked at, in milliseconds */
  async take(page: Page, delay: number): Promise<void> {
    if (this.file) this.#frames.push({ png: await page.screenshot({ animations: 'disabled' }), delay });
  }

  async save(): Promise<void> {
    const [first] = this.#frames;
    if (!this.file || !first) return;
    const { width: full, height: tall } = await loadImage(first.png);
    const height = Math.round((tall * width) / full);
    const encoder = new GifEncoder(width, height, { repeat: 0, quality: 10 });
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    for (const { png, delay } of this.#frames) {
      context.drawImage(await loadImage(png), 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      encoder.addFrame(new Uint8Array(data.buffer), width, height, { delay });
    }
    await writeFile(this.file, encoder.finish());
  }
}
