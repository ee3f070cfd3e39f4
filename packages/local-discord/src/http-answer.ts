import type { ServerResponse } from 'node:http';
import type { Allowance } from './rate-limits.js';
import type { Answer, RecordedRequest } from './rest/call.js';

export function tooMany(retryAfterMs: number, global = false): Answer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterMs / 1000, global },
  };
}

export function rateHeaders(
  { bucket, limit, remaining, resetAfterMs }: Allowance,
  nowMs: number,
): Record<string, string> {
  return {
    'x-ratelimit-bucket': bucket,
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': ((nowMs + resetAfterMs) / 1000).toFixed(3),
    'x-ratelimit-reset-after': (resetAfterMs / 1000).toFixed(3),
  };
}

/** Says nothing to a connection that is cut already. */
export function send(
  response: ServerResponse,
  call: RecordedRequest,
  answer: Answer,
  headers: Record<string, string>,
): void {
  call.status = answer.status;
  if (response.destroyed) return;
  // By the server's own clock, which may not be the machine's.
  headers['date'] = new Date(call.at).toUTCString();
  if (answer.body === undefined) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  const text = JSON.stringify(answer.body);
  headers['content-type'] = 'application/json';
  headers['content-length'] = String(Buffer.byteLength(text));
  response.writeHead(answer.status, headers).end(text);
}
