import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { guildCreateJson } from './shapes.js';
import { type GuildState, Signal, type World } from './state.js';

/** https://docs.discord.com/developers/events/gateway#gateway-intents */
export const Intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;

const privileged = Intent.guildMembers | Intent.guildPresences | Intent.messageContent;
const allIntents = (1 << 26) - 1;

const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
  requestSoundboard: 31,
} as const;

const known = new Set<number>(Object.values(Op));

/** How many servers one shard may have. */
const mostGuilds = 2_500;

/** How many events a session without a connection keeps for a resume. */
const replayLength = 5_000;

export interface SessionLimits {
  total: number;
  remaining: number;
  resetAfterMs: number;
  maxConcurrency: number;
}

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly recommendedShards: number;
  readonly sessionLimits: SessionLimits;
  /** Privileged intents that the application has been granted, as bits. */
  readonly privilegedIntents: number;
}

interface Payload {
  op?: unknown;
  d?: unknown;
}

/** One bot's session on one shard; it outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  seq: number;
  /** The latest events as sent, the last of them number `seq`. */
  readonly sent: string[];
  /** Events on their way through a slow network, oldest first. */
  readonly late: { readonly socket: WebSocket; readonly packet: string }[];
  socket: WebSocket | undefined;
}

/** The gateway: sessions by shard, events with replay. https://docs.discord.com/developers/events/gateway */
export class Gateway {
  readonly sessions = new Map<string, Session>();
  /** Everything that bots told the gateway, for asserting. */
  readonly received: { op: number; d: unknown; at: number }[] = [];
  /** A bot has identified or resumed, and has been sent what it missed. */
  readonly loggedIn = new Signal<Session>();
  /** Milliseconds before an event is delivered. */
  delayMs = 0;
  /** While true, connections are refused. */
  down = false;
  url = '';
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #sockets = new Set<WebSocket>();

  constructor(
    readonly world: World,
    readonly options: GatewayOptions,
    readonly now: () => number,
  ) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.down) {
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#accept(connection, request));
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.close();
  }

  get connected(): boolean {
    return [...this.sessions.values()].some((session) => session.socket);
  }

  /** Whether a session would get events of this server (or of direct messages), connected or resumable. */
  listens(guild: GuildState | undefined): boolean {
    for (const session of this.sessions.values()) if (hears(session, guild)) return true;
    return false;
  }

  /**
   * Sends an event to every session of the server's shard (direct messages: shard 0) that asked for `intent`;
   * intent 0: to all of them.
   * @param json the event's data, or how it is shown to a session with these intents
   */
  dispatch(
    guild: GuildState | undefined,
    intent: number,
    event: string,
    json: string | ((intents: number) => string),
  ): void {
    for (const session of this.sessions.values()) {
      if (!hears(session, guild) || (intent !== 0 && !(session.intents & intent))) continue;
      this.#send(session, event, typeof json === 'string' ? json : json(session.intents));
    }
  }

  /** Cuts connections. Not resumable: the sessions are gone as well. */
  drop(resumable: boolean, code?: number): void {
    for (const session of [...this.sessions.values()]) {
      if (!resumable) this.sessions.delete(session.id);
      const socket = session.socket;
      session.socket = undefined;
      if (code) socket?.close(code);
      else socket?.terminate();
    }
  }

  askToReconnect(): void {
    for (const session of this.sessions.values()) session.socket?.send(`{"op":${Op.reconnect},"d":null}`);
  }

  invalidate(resumable: boolean): void {
    for (const session of [...this.sessions.values()]) {
      session.socket?.send(`{"op":${Op.invalidSession},"d":${resumable}}`);
      if (!resumable) this.sessions.delete(session.id);
    }
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    this.#sockets.add(socket);
    const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
    if (!['9', '10', null].includes(query.get('v'))) {
      socket.close(4012, 'Invalid API version.');
      return;
    }
    let session: Session | undefined;
    socket.on('close', (code) => {
      this.#sockets.delete(socket);
      if (session?.socket !== socket) return;
      session.socket = undefined;
      if (code === 1000 || code === 1001) this.sessions.delete(session.id);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const payload = parse(data);
      if (!payload) return socket.close(4002, 'Error while decoding payload.');
      const op = typeof payload.op === 'number' ? payload.op : -1;
      this.received.push({ op, d: op === Op.identify ? undefined : payload.d, at: this.now() });
      if (!known.has(op)) return socket.close(4001, 'Unknown opcode.');
      if (op === Op.heartbeat) {
        if (session && typeof payload.d === 'number') forget(session, payload.d);
        return socket.send(`{"op":${Op.heartbeatAck}}`);
      }
      if (op === Op.identify) {
        if (session) return socket.close(4005, 'Already authenticated.');
        session = this.#identify(socket, payload.d);
      } else if (op === Op.resume) {
        if (session) return socket.close(4005, 'Already authenticated.');
        session = this.#resume(socket, payload.d);
      } else if (!session) socket.close(4003, 'Not authenticated.');
    });
    socket.send(
      JSON.stringify({
        t: null,
        s: null,
        op: Op.hello,
        d: { heartbeat_interval: this.options.heartbeatMs, _trace: [] },
      }),
    );
  }

  #identify(socket: WebSocket, data: unknown): Session | undefined {
    const d = (data ?? {}) as { token?: unknown; intents?: unknown; shard?: unknown };
    if (d.token !== this.options.token) return refuse(socket, 4004, 'Authentication failed.');
    const shard = shardOf(d.shard);
    if (!shard) return refuse(socket, 4010, 'Invalid shard.');
    const { intents } = d;
    if (typeof intents !== 'number' || intents & ~allIntents) {
      return refuse(socket, 4013, 'Invalid intent(s).');
    }
    if (intents & privileged & ~this.options.privilegedIntents) {
      return refuse(socket, 4014, 'Disallowed intent(s).');
    }
    const guilds = this.#guildsOf(shard);
    if (guilds.length > mostGuilds) return refuse(socket, 4011, 'Sharding required.');
    const limits = this.options.sessionLimits;
    if (limits.remaining <= 0) {
      socket.send(`{"op":${Op.invalidSession},"d":false}`);
      return undefined;
    }
    limits.remaining -= 1;
    const session = this.#open(socket, shard, intents);
    this.#welcome(session, guilds);
    return session;
  }

  /** A new session; those of the same shard that lost their connection are not kept any longer. */
  #open(socket: WebSocket, shard: Session['shard'], intents: number): Session {
    for (const old of [...this.sessions.values()]) {
      const same = old.shard[0] === shard[0] && old.shard[1] === shard[1];
      if (same && !old.socket) this.sessions.delete(old.id);
    }
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      shard,
      intents,
      seq: 0,
      sent: [],
      late: [],
      socket,
    };
    this.sessions.set(session.id, session);
    return session;
  }

  #welcome(session: Session, guilds: readonly GuildState[]): void {
    const { bot } = this.world;
    const ready = {
      v: 10,
      user: { ...bot.json, verified: true, email: null, mfa_enabled: true, flags: 0 },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.url,
      shard: session.shard,
      application: { id: bot.id, flags: 1 << 23 },
      session_type: 'normal',
      user_settings: {},
      relationships: [],
      private_channels: [],
      presences: [],
      guild_join_requests: [],
      geo_ordered_rtc_regions: [],
      _trace: [],
    };
    this.#send(session, 'READY', JSON.stringify(ready));
    if (session.intents & Intent.guilds) {
      for (const guild of guilds) {
        if (!guild.available) continue;
        this.#send(session, 'GUILD_CREATE', JSON.stringify(guildCreateJson(guild, bot.id, this.world.users)));
      }
    }
    // What was sent on connecting is never asked for again unless the connection drops right here.
    if (session.sent.length > 64) session.sent.splice(0, session.sent.length - 64);
    this.loggedIn.emit(session);
  }

  #resume(socket: WebSocket, data: unknown): Session | undefined {
    const d = (data ?? {}) as { token?: unknown; session_id?: unknown; seq?: unknown };
    if (d.token !== this.options.token) return refuse(socket, 4004, 'Authentication failed.');
    const session = this.sessions.get(String(d.session_id));
    const missed = session && typeof d.seq === 'number' ? session.seq - d.seq : -1;
    if (!session || missed < 0 || missed > session.sent.length) {
      socket.send(`{"op":${Op.invalidSession},"d":false}`);
      return undefined;
    }
    session.socket?.terminate();
    session.socket = socket;
    for (const packet of missed > 0 ? session.sent.slice(-missed) : []) socket.send(packet);
    this.#send(session, 'RESUMED', '{"_trace":[]}');
    this.loggedIn.emit(session);
    return session;
  }

  #guildsOf([id, count]: readonly [number, number]): GuildState[] {
    return [...this.world.guilds.values()].filter((guild) => guild.hasBot && guild.shardKey % count === id);
  }

  #send(session: Session, event: string, json: string): void {
    session.seq += 1;
    const packet = `{"t":"${event}","s":${session.seq},"op":0,"d":${json}}`;
    session.sent.push(packet);
    if (session.sent.length > replayLength * 2) session.sent.splice(0, replayLength);
    if (!session.socket) return;
    if (this.delayMs > 0 || session.late.length > 0) this.#sendLate(session, session.socket, packet);
    else session.socket.send(packet);
  }

  /** Behind everything that is late already: events arrive in their order. */
  #sendLate(session: Session, socket: WebSocket, packet: string): void {
    session.late.push({ socket, packet });
    setTimeout(() => {
      const next = session.late.shift();
      if (next && next.socket === session.socket) next.socket.send(next.packet);
    }, this.delayMs);
  }
}

/** A heartbeat tells what has arrived; nobody asks for it again. */
function forget(session: Session, arrived: number): void {
  session.sent.splice(0, Math.max(0, session.sent.length - (session.seq - arrived)));
}

function hears(session: Session, guild: GuildState | undefined): boolean {
  return guild ? guild.shardKey % session.shard[1] === session.shard[0] : session.shard[0] === 0;
}

function refuse(socket: WebSocket, code: number, reason: string): undefined {
  socket.close(code, reason);
}

function shardOf(shard: unknown): readonly [number, number] | undefined {
  if (shard === undefined || shard === null) return [0, 1];
  if (!Array.isArray(shard) || shard.length !== 2) return undefined;
  const [id, count] = shard as unknown[];
  if (!Number.isInteger(id) || !Number.isInteger(count)) return undefined;
  const [index, of] = [Number(id), Number(count)];
  return index >= 0 && index < of ? [index, of] : undefined;
}

function parse(data: RawData): Payload | undefined {
  try {
    const payload: unknown = JSON.parse(String(data));
    return typeof payload === 'object' && payload !== null ? payload : undefined;
  } catch {
    return undefined;
  }
}
