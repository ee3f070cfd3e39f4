/** The magic number, no optional field, a window of 128 KiB: https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1 */
const frameHeader = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
const largestBlock = 128 * 1024;

/** Zstandard of raw blocks alone, in one frame that never ends: any decoder reads it, and nothing gets shorter. */
export class UncompressedZstd {
  #waiting: Buffer[] = [frameHeader];

  write(text: string): boolean {
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += largestBlock) {
      const block = bytes.subarray(start, start + largestBlock);
      const header = Buffer.alloc(3);
      // Not the last block (bit 0), and raw (bits 1 and 2).
      header.writeUIntLE(block.length << 3, 0, 3);
      this.#waiting.push(header, block);
    }
    return true;
  }

  flush(_kind: number, done: () => void): void {
    done();
  }

  read(): Buffer {
    return Buffer.concat(this.#waiting.splice(0));
  }

  destroy(): void {
    this.#waiting = [];
  }
}
