import { snowflakeTime } from './snowflake.js';

/** What a request learns about its bucket. Times in milliseconds. */
export interface Allowance {
  readonly bucket: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** Set when the request must wait. */
  readonly retryAfterMs?: number;
  /** Whose limit makes it wait: the bot's on this route (user), on everything (global), or one of many bots. */
  readonly scope?: 'user' | 'global' | 'shared';
}

interface Budget {
  readonly limit: number;
  readonly perMs: number;
}

interface Window {
  used: number;
  endsAt: number;
}

/**
 * Discord promises no figures ("not hard-coded"); these are what others have measured, each at the address beside it.
 * Five posts, and five edits, in five seconds in a channel: https://github.com/discord/discord-api-docs/issues/5646
 */
const messageBudget: Budget = { limit: 5, perMs: 5_000 };
/**
 * Messages of a webhook, and follow-ups of an interaction: each token has its own. Beside it those of a channel's
 * webhooks share one that no header tells of: https://github.com/discord/discord-api-docs/issues/367 and 4043
 */
const webhookBudget: Budget = { limit: 5, perMs: 2_000 };
const sharedWebhookBudget: Budget = { limit: 30, perMs: 60_000 };
/** What nobody has written down is roomy here: no more than the limit on everything. */
const usualBudget: Budget = { limit: 50, perMs: 1_000 };
/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const globalBudget: Budget = { limit: 50, perMs: 1_000 };

/** Reactions of all kinds together: https://github.com/discord/discord-api-docs/issues/981 and 182 */
const reactionBudget: Budget = { limit: 1, perMs: 250 };
/** https://github.com/discord/discord-api-docs/issues/1900 */
const channelBudget: Budget = { limit: 5, perMs: 15_000 };
/** Names and topics of a channel, each beside the limit on the route: issue 2208 there. */
const nameBudget: Budget = { limit: 2, perMs: 10 * 60_000 };
/** Deletions have a limit for each age of what is deleted: https://github.com/discord/discord-api-docs/issues/8330 */
const deleteBudgets: readonly (Budget & { readonly upToMs: number })[] = [
  { upToMs: 10_000, limit: 5, perMs: 1_000 },
  { upToMs: 14 * 86_400_000, limit: 3, perMs: 333 },
  { upToMs: Number.POSITIVE_INFINITY, limit: 30, perMs: 4_000 },
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
        scope: 'global',
      };
    }
    const { left, endsInMs } = this.#count(`${bucket}:${major}`, budget);
    if (left < 0) return { bucket, limit, remaining: 0, resetAfterMs: endsInMs, retryAfterMs: endsInMs };
    const allowance = { bucket, limit, remaining: left, resetAfterMs: endsInMs };
    for (const field of about.renames ?? []) {
      const named = this.#count(`${field}:${major}`, nameBudget);
      if (named.left < 0) return { ...allowance, retryAfterMs: named.endsInMs };
    }
    if (about.webhookIn === undefined) return allowance;
    const shared = this.#count(`webhooks:${about.webhookIn}`, sharedWebhookBudget);
    return shared.left < 0 ? { ...allowance, retryAfterMs: shared.endsInMs, scope: 'shared' } : allowance;
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
  /** What it changes of a channel that has a limit of its own. */
  readonly renames?: readonly ('name' | 'topic')[];
  /** The channel that it posts in by a webhook which is no interaction's. */
  readonly webhookIn?: string;
  /** When the message was written that it deletes. */
  readonly deletes?: number;
}

/** @returns with `name`, what is counted together */
function budgetOf(route: string, { deletes }: About, now: () => number): Budget & { readonly name: string } {
  if (messageRoutes.includes(route)) return { ...messageBudget, name: route };
  if (route === 'PATCH /channels/:channel') return { ...channelBudget, name: route };
  if (/^(PUT|DELETE) .*\/reactions/.test(route)) return { ...reactionBudget, name: 'reactions' };
  if (deletes !== undefined) {
    const age = now() - deletes;
    const index = deleteBudgets.findIndex(({ upToMs }) => age <= upToMs);
    return { ...(deleteBudgets[index] ?? usualBudget), name: `${route} ${index}` };
  }
  return { ...(route.startsWith('POST /webhooks/') ? webhookBudget : usualBudget), name: route };
}

/**
 * What of a request matters to its limit.
 * @param channelOf the channel of a webhook, by its id; undefined for that of an interaction
 */
export function aboutOf(
  route: string,
  body: unknown,
  { message, webhook }: { readonly message?: string; readonly webhook?: string },
  channelOf: (webhook: string) => string | undefined,
): About {
  if (route === 'PATCH /channels/:channel') {
    const { name, topic } = (body ?? {}) as { name?: unknown; topic?: unknown };
    return {
      renames: [
        ...(name == null ? [] : ['name' as const]),
        ...(topic === undefined ? [] : ['topic' as const]),
      ],
    };
  }
  if (route === 'POST /webhooks/:webhook/:token') {
    const channel = channelOf(webhook ?? '');
    return channel === undefined ? {} : { webhookIn: channel };
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
