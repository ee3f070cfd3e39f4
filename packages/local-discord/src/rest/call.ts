import type { Upload } from '../json.js';

/** A request of the bot, as the log keeps it. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the `/api/v10` before it and without the query. */
  readonly path: string;
  readonly query: string;
  /** The JSON of the body, whether it came alone or as `payload_json`. */
  readonly body: unknown;
  readonly files: readonly string[];
  /** By the server's clock. */
  readonly at: number;
  /** The answer's status; 0 while there is none, or when the connection was hung up. */
  status: number;
}

/** A request on its way to its route. */
export interface Call extends RecordedRequest {
  readonly authorized: boolean;
  readonly params: URLSearchParams;
  readonly uploads: readonly Upload[];
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}
