import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { Op, type Wishes } from './gateway-protocol.js';
import type { GuildState } from './state.js';

/** https://docs.discord.com/developers/events/gateway-events#update-presence */
export interface Presence {
  readonly status: string;
  readonly activities: readonly { readonly name: string; readonly type: number; readonly state?: string }[];
}

/** One bot's session on one shard; it outlives its connection, so that it can be resumed. */
export interface Session extends Wishes {
  readonly id: string;
  seq: number;
  /** What the bot says of itself, as it said it last. */
  presence: Presence | undefined;
  /** The latest events as sent, the last of them number `seq`. */
  readonly sent: string[];
  /** Events on their way through a slow network, oldest first. */
  readonly late: { readonly socket: WebSocket; readonly packet: string }[];
  socket: WebSocket | undefined;
  /** When its connection went, by the server's clock; absent while there is one. */
  lostAt?: number | undefined;
}

export function newSession(wishes: Wishes): Session {
  const id = randomBytes(16).toString('hex');
  return { presence: undefined, ...wishes, id, seq: 0, sent: [], late: [], socket: undefined };
}

/** A heartbeat tells what has arrived; nobody asks for it again. */
export function forget(session: Session, arrived: number): void {
  session.sent.splice(0, Math.max(0, session.sent.length - (session.seq - arrived)));
}

export function hears(session: Session, guild: GuildState | undefined): boolean {
  return guild ? guild.shardKey % session.shard[1] === session.shard[0] : session.shard[0] === 0;
}

export function invalidSession(resumable: boolean): string {
  return `{"op":${Op.invalidSession},"d":${resumable}}`;
}
