import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayOptions, SessionLimits } from './gateway-options.js';
import type { RunAt } from './interactions.js';
import type { ManualTime } from './manual-time.js';

export interface LocalDiscordOptions {
  /** 0 (the default): a free one. */
  readonly port?: number;
  /**
   * Whether the process stays while this server listens and nothing else runs. By default only with a `port` or a
   * `site` of its own: a test that failed before its `close` is over all the same.
   */
  readonly keepsProcess?: boolean;
  /** Where time comes from, in milliseconds since the epoch (default: the machine). */
  readonly now?: () => number;
  /** The same with timers; then Discord's own deadlines run by it, too. */
  readonly clock?: {
    now(): number;
    /** @param how `counted` false: what goes on in Discord whether or not a bot does anything */
    at(atMs: number, run: () => void, how?: { readonly counted?: boolean }): { cancel(): void };
  };
  readonly token?: string;
  readonly botName?: string;
  /** The bot's user and application id (default: one made now). */
  readonly botId?: string;
  /** What `/gateway/bot` recommends (1). */
  readonly shards?: number;
  /** Makes so many servers with the bot in them, named `Server 1`, … */
  readonly guilds?: number;
  /** Checks bodies by schema and limits (true). */
  readonly strict?: boolean;
  /** Refuses requests over Discord's rate limits (false: only the headers are there). */
  readonly rateLimits?: boolean;
  /** Refuses more than three edits in six seconds of messages older than an hour in a channel (true). */
  readonly oldEdits?: boolean;
  /**
   * Holds bots to one identify in five seconds a bucket (of which there is one), 120 commands a minute, heartbeats, and
   * resuming within five minutes (false).
   */
  readonly gatewayLimits?: boolean;
  readonly sessionLimits?: Partial<SessionLimits>;
  readonly heartbeatMs?: number;
  /** Privileged intents that are granted, as bits. */
  readonly privilegedIntents?: number;
  /**
   * False, for load: requests are not logged, messages that one person alone sees are not kept in the channel,
   * and only the latest interactions are remembered.
   */
  readonly keep?: boolean;
  /** How many interactions those are at least (5,000). */
  readonly remembered?: number;
  readonly site?: Site;
  /** Time that the test moves by `discord.time.advance('15m')`; takes the place of `now` and `clock`. */
  readonly time?: ManualTime;
  /**
   * Draws for each request whether its answer comes before or after the events that it causes: Discord promises
   * neither. Absent: the events come first.
   */
  readonly seed?: number;
}

/** What the same port serves besides Discord: everything outside `/api`, `/attachments` and `/gateway`. */
export interface Site {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What Node waits for at most; longer ones would run at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** In the shape of a real one: the bot's id, a time, a secret. */
export function newToken(botId: string): string {
  return `${Buffer.from(botId).toString('base64url')}.local0.${randomBytes(27).toString('base64url')}`;
}

export function gatewayOptions(options: LocalDiscordOptions, token: string): GatewayOptions {
  // A bot of less than 150,000 servers gets 1; with it, shards that come up together would wait five seconds each.
  const maxConcurrency = options.gatewayLimits ? 1 : 16;
  const limits = { total: 1000, remaining: 1000, resetAfterMs: 86_400_000, maxConcurrency };
  return {
    token,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    recommendedShards: options.shards ?? 1,
    sessionLimits: { ...limits, ...options.sessionLimits },
    privilegedIntents: options.privilegedIntents ?? 0,
    limits: options.gatewayLimits ?? false,
  };
}

/** Of real time, what a bot has at least for anything while a given clock stands still, however busy its machine is. */
const standstillMs = 20_000;

/**
 * Discord's deadlines run by the given clock, and much later by real time as well: a bot that never answers must not
 * let a test wait for ever because its clock stands still.
 */
export function timers(
  { clock }: LocalDiscordOptions,
  now: () => number,
  how?: { readonly counted: boolean },
): RunAt {
  return (atMs, run) => {
    const waitMs = Math.max(clock ? standstillMs : 0, atMs - now());
    const timeout = setTimeout(run, Math.min(waitMs, longestTimeoutMs));
    timeout.unref();
    const timer = clock?.at(atMs, run, how);
    return {
      cancel: () => {
        clearTimeout(timeout);
        timer?.cancel();
      },
    };
  };
}
