import { snowflakeTime } from './snowflake.js';

/** What a request learns about its bucket. Times in milliseconds. */
export interface Allowance {
  readonly bucket: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** Set when the request must wait. */
  readonly retryAfterMs?: number;
  /** Whether it is the bot's limit on all requests that makes it wait. */
  readonly global?: boolean;
}

interface Budget {
  readonly limit: number;
  readonly perMs: number;
}

interface Window {
  used: number;
  endsAt: number;
}

/** As seen in practice: posts and edits of messages are tight, everything else is roomy. */
const messageBudget: Budget = { limit: 5, perMs: 5_000 };
/** Follow-ups of interactions and other webhooks: each token has its own. */
const webhookBudget: Budget = { limit: 5, perMs: 2_000 };
const usualBudget: Budget = { limit: 50, perMs: 1_000 };
const globalBudget: Budget = { limit: 50, perMs: 1_000 };

/** Reactions of all kinds together. */
const reactionBudget: Budget = { limit: 1, perMs: 250 };
/** Names and topics of a channel, beside the limit on the route. */
const nameBudget: Budget = { limit: 2, perMs: 10 * 60_000 };
/** Deletions have a limit for each age of what is deleted. */
const deleteBudgets: readonly (Budget & { readonly upToMs: number })[] = [
  { upToMs: 10_000, limit: 3, perMs: 1_000 },
  { upToMs: 14 * 86_400_000, limit: 5, perMs: 1_000 },
  { upToMs: Number.POSITIVE_INFINITY, limit: 30, perMs: 120_000 },
];

const messageRoutes = ['POST /channels/:channel/messages', 'PATCH /channels/:channel/messages/:message'];
const mostWindows = 10_000;

/** https://docs.discord.com/developers/topics/rate-limits */
export class RateLimits {
  readonly #windows = new Map<string, Window>();

  readonly enforced: boolean;
  readonly now: () => number;

  /** @param enforced false: the headers are there, nobody is ever refused. */
  constructor(enforced: boolean, now: () => number) {
    this.enforced = enforced;
    this.now = now;
  }

  /**
   * Counts a request; `undefined`: there is no limit on it.
   * @param about what else of the request decides
   */
  take(route: string, major: string, about: About = {}): Allowance | undefined {
    if (route.startsWith('POST /interactions/')) return undefined;
    const { name, ...budget } = budgetOf(route, about, this.now);
    const bucket = bucketName(name);
    const { limit, perMs } = budget;
    if (!this.enforced) return { bucket, limit, remaining: limit - 1, resetAfterMs: perMs };
    // Interactions' webhooks do not count towards the bot's limit on everything.
    const all = route.includes(' /webhooks/') ? undefined : this.#count('global', globalBudget);
    if (all && all.left < 0) {
      return {
        bucket,
        limit,
        remaining: 0,
        resetAfterMs: all.endsInMs,
        retryAfterMs: all.endsInMs,
        global: true,
      };
    }
    const { left, endsInMs } = this.#count(`${bucket}:${major}`, budget);
    if (left < 0) return { bucket, limit, remaining: 0, resetAfterMs: endsInMs, retryAfterMs: endsInMs };
    const named = about.renames ? this.#count(`names:${major}`, nameBudget) : undefined;
    if (named && named.left < 0)
      return { bucket, limit, remaining: left, resetAfterMs: endsInMs, retryAfterMs: named.endsInMs };
    return { bucket, limit, remaining: left, resetAfterMs: endsInMs };
  }

  /** `left` is negative when the budget was used up before; then nothing is counted. */
  #count(key: string, { limit, perMs }: Budget): { left: number; endsInMs: number } {
    const now = this.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      if (this.#windows.size >= mostWindows) this.#windows.clear();
      window = { used: 0, endsAt: now + perMs };
      this.#windows.set(key, window);
    }
    const endsInMs = window.endsAt - now;
    if (window.used >= limit) return { left: -1, endsInMs };
    window.used += 1;
    return { left: limit - window.used, endsInMs };
  }
}

/** What a request's limit goes by besides its route. */
export interface About {
  /** Whether it changes the name or the topic of a channel. */
  readonly renames?: boolean;
  /** When the message was written that it deletes. */
  readonly deletes?: number;
}

/** @returns with `name`, what is counted together */
function budgetOf(route: string, { deletes }: About, now: () => number): Budget & { readonly name: string } {
  if (messageRoutes.includes(route)) return { ...messageBudget, name: route };
  if (/^(PUT|DELETE) .*\/reactions/.test(route)) return { ...reactionBudget, name: 'reactions' };
  if (deletes !== undefined) {
    const age = now() - deletes;
    const index = deleteBudgets.findIndex(({ upToMs }) => age <= upToMs);
    return { ...(deleteBudgets[index] ?? usualBudget), name: `${route} ${index}` };
  }
  return { ...(route.startsWith('POST /webhooks/') ? webhookBudget : usualBudget), name: route };
}

/** What of a request matters to its limit. */
export function aboutOf(route: string, body: unknown, { message }: { readonly message?: string }): About {
  if (route === 'PATCH /channels/:channel') {
    const { name, topic } = (body ?? {}) as { name?: unknown; topic?: unknown };
    return { renames: name !== undefined || topic !== undefined };
  }
  const deletes = route === 'DELETE /channels/:channel/messages/:message';
  return deletes && message ? { deletes: snowflakeTime(message) } : {};
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
