import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compressed = promisify(deflate);
const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const bytesOfPixel = 4;
/** Eight bits of each of red, green, blue and alpha; deflated, filtered by row, not interlaced. */
const format = [8, 6, 0, 0, 0] as const;

/**
 * A PNG of pixels that hide what is behind them: red, green, blue and alpha, row after row. The canvas's own encoder looks
 * for the best filter of each row, which takes twice the time, and for plain colours none is better.
 */
export async function encodePng(
  pixels: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  const stride = width * bytesOfPixel;
  // Before each row stands how it is filtered: not at all.
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) pixels.copy(rows, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(format, 8);
  const data = await compressed(rows);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Its length, its name, what is in it, and a checksum of the last two. */
function chunk(name: string, content: Buffer): Buffer {
  const whole = Buffer.alloc(content.length + 12);
  whole.writeUInt32BE(content.length, 0);
  whole.write(name, 4, 'latin1');
  content.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), content.length + 8);
  return whole;
}
