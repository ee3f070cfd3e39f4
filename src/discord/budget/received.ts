import { STATUS_CODES } from 'node:http';
import type { ResponseLike } from 'discord.js';

/** An answer that has come whole. */
export class Received implements ResponseLike {
  readonly status: number;
  readonly headers: ResponseLike['headers'];
  readonly body = null;
  readonly bodyUsed = false;
  readonly #bytes: Buffer;

  constructor(status: number, headers: readonly Buffer[], chunks: readonly Buffer[]) {
    this.status = status;
    // discord.js asks for nothing else of them.
    this.headers = new ReceivedHeaders(headers) as Pick<
      ResponseLike['headers'],
      'get' | 'has'
    > as ResponseLike['headers'];
    this.#bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return STATUS_CODES[this.status] ?? '';
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#bytes).buffer;
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#bytes.toString());
  }

  async text(): Promise<string> {
    return this.#bytes.toString();
  }
}

/** Headers by name, whatever its case. */
class ReceivedHeaders {
  readonly #values = new Map<string, string>();

  /** @param raw names and values in turns */
  constructor(raw: readonly Buffer[]) {
    for (let at = 0; at + 1 < raw.length; at += 2)
      this.#values.set(`${raw[at]?.toString('latin1')}`.toLowerCase(), `${raw[at + 1]?.toString('latin1')}`);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }
}
