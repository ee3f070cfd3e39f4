import type { Server } from 'node:http';
import type { LocalDiscordOptions } from './options.js';

/**
 * Whether a server keeps its process alive. One that a test made does not, lest a test that never reached `close`
 * hang; but while somebody waits for a bot to come from outside it does, for nothing else may run meanwhile.
 */
export class Keeping {
  readonly #server: Server;
  #reasons: number;

  constructor(
    server: Server,
    { port = 0, site, keepsProcess = port !== 0 || site !== undefined }: LocalDiscordOptions,
  ) {
    this.#server = server;
    this.#reasons = keepsProcess ? 1 : 0;
    // Whoever talks to the server keeps its process alive by its own end of the connection.
    server.on('connection', (socket) => socket.unref());
    server.on('listening', () => this.#decide());
  }

  async during<T>(wait: Promise<T>): Promise<T> {
    this.#reasons += 1;
    this.#decide();
    try {
      return await wait;
    } finally {
      this.#reasons -= 1;
      this.#decide();
    }
  }

  #decide(): void {
    if (this.#reasons > 0) this.#server.ref();
    else this.#server.unref();
  }
}
