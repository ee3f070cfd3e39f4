/** What a request learns about its bucket. Times in milliseconds. */
export interface Allowance {
  readonly bucket: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** Set when the request must wait. */
  readonly retryAfterMs?: number;
}

interface Window {
  used: number;
  endsAt: number;
}

/**
 * Discord's budgets as they are seen in practice: posts and edits of messages 5 in 5 s for each channel,
 * everything else roomy. https://docs.discord.com/developers/topics/rate-limits
 */
export class RateLimits {
  readonly #windows = new Map<string, Window>();

  /** @param enforced false: the headers are there, nobody is ever refused. */
  constructor(
    readonly enforced: boolean,
    readonly now: () => number,
  ) {}

  take(route: string, major: string): Allowance | undefined {
    if (route.startsWith('POST /interactions/')) return undefined;
    const messages =
      route === 'POST /channels/:channel/messages' || route === 'PATCH /channels/:channel/messages/:message';
    const [limit, lengthMs] = messages ? [5, 5_000] : [50, 1_000];
    const bucket = bucketName(route);
    if (this.enforced && this.#windows.size > 10_000) this.#windows.clear();
    if (!this.enforced) return { bucket, limit, remaining: limit - 1, resetAfterMs: lengthMs };
    const key = `${bucket}:${major}`;
    const now = this.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { used: 0, endsAt: now + lengthMs };
      this.#windows.set(key, window);
    }
    const resetAfterMs = window.endsAt - now;
    if (window.used >= limit)
      return { bucket, limit, remaining: 0, resetAfterMs, retryAfterMs: resetAfterMs };
    window.used += 1;
    return { bucket, limit, remaining: limit - window.used, resetAfterMs };
  }
}

const names = new Map<string, string>();

/** A stable name of 32 hex digits, as opaque as Discord's. */
function bucketName(route: string): string {
  const known = names.get(route);
  if (known) return known;
  let name = '';
  for (let part = 0; part < 4; part++) {
    let hash = 0x811c9dc5 ^ part;
    for (const char of route) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    name += hash.toString(16).padStart(8, '0');
  }
  names.set(route, name);
  return name;
}
