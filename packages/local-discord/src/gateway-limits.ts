import type { WebSocket } from 'ws';
import type { CloseReason, Shard } from './gateway-protocol.js';

const identifyEveryMs = 5_000;
const mostEvents = 120;
const eventsPerMs = 60_000;

/**
 * Discord's limits on what bots say to the gateway. Source:
 * https://docs.discord.com/developers/events/gateway#rate-limiting
 */
export class GatewayLimits {
  readonly #identified = new Map<number, number>();
  readonly #said = new WeakMap<WebSocket, { count: number; endsAt: number }>();

  readonly enforced: boolean;
  readonly now: () => number;

  constructor(enforced: boolean, now: () => number) {
    this.enforced = enforced;
    this.now = now;
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
