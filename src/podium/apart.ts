import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Slice } from './fonts.js';

/** Registers a font and draws with it once, which is when it is read. */
const reading = `
const { workerData: { canvas, path, alias } } = require('node:worker_threads');
const { createCanvas, GlobalFonts } = require(canvas);
GlobalFonts.registerFromPath(path, alias);
const context = createCanvas(8, 8).getContext('2d');
context.font = '400 8px "' + alias + '"';
context.measureText('🔴');
`;

/**
 * Has a large font read by a thread of its own: it is all threads' from then on, and the event loop does not stop for it.
 * Rejects where there can be no such thread.
 */
export function readApart({ path, alias }: Slice): Promise<void> {
  const canvas = createRequire(import.meta.url).resolve('@napi-rs/canvas');
  return new Promise((resolve, reject) => {
    const worker = new Worker(reading, { eval: true, workerData: { canvas, path, alias } });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}
