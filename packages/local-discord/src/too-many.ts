import type { FaultAnswer } from './http.js';

/** A 429 as Discord words it. */
export function tooManyRequests(retryAfterMs: number, global = false): FaultAnswer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterMs / 1000, global },
    headers: {
      'retry-after': String(Math.ceil(retryAfterMs / 1000)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
  };
}
