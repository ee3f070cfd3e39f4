import type { FaultAnswer } from './http.js';
import type { Call } from './rest/call.js';
import { tooManyRequests } from './too-many.js';

export interface ChaosOptions {
  /** The same seed misbehaves in the same way. */
  readonly seed: number;
  /** How many of a hundred requests something happens to (20). */
  readonly percent?: number;
}

/** What a request meets: first a wait, then perhaps an answer in the place of the real one. */
export interface Mishap {
  readonly delayMs: number;
  readonly answer?: FaultAnswer;
}

const longestDelayMs = 25;
const shortLimitMs = 20;
const badGateway = '<html><head><title>502 Bad Gateway</title></head></html>';

/**
 * Draws what Discord may do to any request: answer late, limit it, fail with a page of HTML, or carry it out and
 * lose the answer. First replies to interactions are only delayed: a client cannot ask for those twice.
 */
export function mishap({ method, path }: Call, draw: () => number, percent: number): Mishap | undefined {
  if (draw() * 100 >= percent) return undefined;
  const delayMs = Math.floor(draw() * longestDelayMs);
  const kind = draw();
  if (path.startsWith('/interactions/') || kind < 0.5) return { delayMs };
  if (kind < 0.7) return { delayMs, answer: tooManyRequests(shortLimitMs) };
  // What cannot be repeated without doing it twice fails before it is carried out.
  const after = kind > 0.9 && method !== 'POST';
  return { delayMs, answer: { status: 502, after, html: badGateway } };
}
