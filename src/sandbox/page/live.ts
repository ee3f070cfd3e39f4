import type { FromPage, FromServer, Result } from '../web/protocol.js';

type Ask = Extract<FromPage, { id: number }>;
/** An ask without its number. */
type Asked = Ask extends infer One ? (One extends Ask ? Omit<One, 'id'> : never) : never;

export interface LiveOptions {
  readonly as: string | null;
  /** A question to be shown once. */
  readonly question: string | null;
  readonly onMessage: (message: Exclude<FromServer, { type: 'result' }>) => void;
  readonly onLink: (online: boolean) => void;
}

const firstRetryMs = 250;
const longestRetryMs = 3_000;
const lost: Result = { kind: 'refused', words: 'The connection was lost; try again' };

/** The connection to the sandbox; lost, it is made again until the page is closed. */
export class Live {
  #socket: WebSocket | undefined;
  #retryMs = firstRetryMs;
  #asked = 0;
  readonly #waiting = new Map<number, (result: Result) => void>();

  readonly options: LiveOptions;

  constructor(options: LiveOptions) {
    this.options = options;

    this.#connect(true);
  }

  tell(message: Extract<FromPage, { type: 'open' | 'dismiss' }>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  ask(asked: Asked): Promise<Result> {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.resolve(lost);
    const id = ++this.#asked;
    this.#socket.send(JSON.stringify({ ...asked, id }));
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #connect(first = false): void {
    const { as, question } = this.options;
    const asked = new URLSearchParams({ ...(as && { as }), ...(first && question && { question }) });
    const socket = new WebSocket(`ws://${location.host}/live?${asked}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = firstRetryMs;
      this.options.onLink(true);
    };
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as FromServer);
    socket.onclose = () => {
      for (const resolve of this.#waiting.values()) resolve(lost);
      this.#waiting.clear();
      this.options.onLink(false);
      setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
    };
  }

  #receive(message: FromServer): void {
    if (message.type !== 'result') {
      this.options.onMessage(message);
      return;
    }
    this.#waiting.get(message.id)?.(message.result);
    this.#waiting.delete(message.id);
  }
}
