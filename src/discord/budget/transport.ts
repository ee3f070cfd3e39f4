import { STATUS_CODES } from 'node:http';
import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import { Agent, type Dispatcher } from 'undici';

type MakeRequest = RESTOptions['makeRequest'];

/**
 * Connections to Discord at most. Without a limit, undici opens one for each of two thousand answers of the same
 * moment; with this, most of them find one open. If Discord takes a tenth of a second for each, two thousand still
 * take less than one.
 */
const connections = 256;
/** What takes longer has failed; discord.js's own patience. */
const patienceMs = 15_000;

/**
 * Makes requests with what discord.js needs of them and no more: answers are read whole, without streams. Two thousand
 * answers of one moment cost a tenth less than by discord.js's own way.
 */
export function createTransport(): MakeRequest {
  const agent = new Agent({ connections, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  return (url, init) => {
    const { body } = init;
    // Uploads are few, and differ.
    if (typeof body !== 'string' && body !== null && body !== undefined)
      return DefaultRestOptions.makeRequest(url, { ...init, dispatcher: agent });
    return new Promise((resolve, reject) => {
      const pathAt = url.indexOf('/', 'https://'.length);
      const request: Dispatcher.DispatchOptions = {
        origin: url.slice(0, pathAt),
        path: url.slice(pathAt),
        method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: init.headers as Record<string, string>,
        body: body ?? null,
      };
      agent.dispatch(request, new Receiving(resolve, reject, init.signal ?? undefined));
    });
  };
}

/** Takes in one answer. */
class Receiving implements Dispatcher.DispatchHandlers {
  readonly #resolve: (answer: ResponseLike) => void;
  readonly #reject: (error: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #chunks: Buffer[] = [];
  #abort: ((error?: Error) => void) | undefined;
  #status = 0;
  #headers: readonly Buffer[] = [];

  constructor(
    resolve: (answer: ResponseLike) => void,
    reject: (error: unknown) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#give, { once: true });
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (this.#signal?.aborted) this.#give();
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.#status = status;
    this.#headers = headers;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    this.#signal?.removeEventListener('abort', this.#give);
    this.#resolve(new Received(this.#status, this.#headers, this.#chunks));
  }

  onError(error: Error): void {
    this.#signal?.removeEventListener('abort', this.#give);
    this.#reject(error);
  }

  /** Given up: also what still waits for a connection is told at once. */
  readonly #give = (): void => {
    const { reason } = this.#signal ?? {};
    this.#reject(reason);
    this.#abort?.(reason);
  };
}

/** An answer that has come whole. */
class Received implements ResponseLike {
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
