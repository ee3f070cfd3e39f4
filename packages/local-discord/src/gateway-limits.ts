import type { WebSocket } from 'ws';
import type { SessionLimits } from './gateway-options.js';
import { type CloseReason, Op, type Shard } from './gateway-protocol.js';
import { type GatewayAnswer, wholeServerAsked } from './member-chunks.js';

const dayMs = 86_400_000;
const identifyEveryMs = 5_000;
const mostEvents = 120;
const eventsPerMs = 60_000;
const allMembersEveryMs = 30_000;
/** Discord says "a few minutes". */
const resumableMs = 5 * 60_000;

/**
 * Discord's limits on what bots say to the gateway. Source:
 * https://docs.discord.com/developers/events/gateway#rate-limiting
 */
export class GatewayLimits {
  readonly #identified = new Map<number, number>();
  readonly #membersAsked = new Map<string, number>();
  readonly #said = new WeakMap<WebSocket, { count: number; endsAt: number }>();

  readonly enforced: boolean;
  readonly now: () => number;
  readonly #starts: SessionLimits;
  #startsEndAt: number;

  constructor(enforced: boolean, now: () => number, starts: SessionLimits) {
    this.enforced = enforced;
    this.now = now;
    this.#starts = starts;
    this.#startsEndAt = now() + starts.resetAfterMs;
  }

  /** How many more sessions may be started today, as `/gateway/bot` says it. */
  get starts(): Readonly<SessionLimits> {
    const now = this.now();
    if (now >= this.#startsEndAt) {
      this.#starts.remaining = this.#starts.total;
      this.#startsEndAt = now + dayMs;
    }
    this.#starts.resetAfterMs = this.#startsEndAt - now;
    return this.#starts;
  }

  /** Counts an identify that was let in. */
  countStart(): void {
    this.#starts.remaining -= 1;
  }

  /** Whether a session that lost its connection then can still be resumed. */
  mayResume(lostAt: number | undefined): boolean {
    return !this.enforced || lostAt === undefined || this.now() - lostAt <= resumableMs;
  }

  /** Whether this shard may identify: one of each bucket (`shard % max_concurrency`) in five seconds. */
  mayIdentify([id]: Shard, maxConcurrency: number): boolean {
    if (!this.enforced) return true;
    const bucket = id % maxConcurrency;
    const last = this.#identified.get(bucket);
    if (last !== undefined && this.now() - last < identifyEveryMs) return false;
    this.#identified.set(bucket, this.now());
    return true;
  }

  /** Counts something that a connection says: 120 in 60 s. */
  count(socket: WebSocket): CloseReason | undefined {
    if (!this.enforced) return undefined;
    const now = this.now();
    let window = this.#said.get(socket);
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + eventsPerMs };
      this.#said.set(socket, window);
    }
    window.count += 1;
    return window.count > mostEvents ? { code: 4008, reason: 'Rate limited.' } : undefined;
  }

  /**
   * All members of a server may be asked for once in half a minute.
   * https://docs.discord.com/developers/change-log#introducing-rate-limit-when-requesting-all-guild-members
   */
  refusedMembers(data: unknown): GatewayAnswer[] | undefined {
    const asked = this.enforced ? wholeServerAsked(data) : undefined;
    if (!asked) return undefined;
    const { guildId: guild_id, nonce } = asked;
    const waitMs = (this.#membersAsked.get(guild_id) ?? 0) + allMembersEveryMs - this.now();
    if (waitMs <= 0) {
      this.#membersAsked.set(guild_id, this.now());
      return undefined;
    }
    const meta = { guild_id, ...(nonce !== undefined && { nonce }) };
    return [{ event: 'RATE_LIMITED', json: { opcode: Op.requestMembers, retry_after: waitMs / 1000, meta } }];
  }
}

/** Closes a connection with 4009 when no heartbeat has come for one and a half intervals. */
export function watchHeartbeats(
  socket: WebSocket,
  intervalMs: number,
  isHeartbeat: (data: unknown) => boolean,
): void {
  const late = (): NodeJS.Timeout =>
    setTimeout(() => socket.close(4009, 'Session timed out.'), intervalMs * 1.5).unref();
  let timer = late();
  socket.on('message', (data) => {
    if (!isHeartbeat(data)) return;
    clearTimeout(timer);
    timer = late();
  });
  socket.on('close', () => clearTimeout(timer));
}
