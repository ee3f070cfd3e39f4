import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { GatewayLimits, watchHeartbeats } from './gateway-limits.js';
import {
  type Identify,
  Intent,
  knownOps,
  longestPayload,
  Op,
  parsePayload,
  readIdentify,
  type Shard,
  tooManyGuilds,
} from './gateway-protocol.js';
import { may } from './permissions.js';
import { guildCreateJson, readyJson } from './shapes.js';
import { type ChannelState, type GuildState, Signal, type World } from './state.js';

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
  /** Whether Discord's limits on identifying, heartbeats and commands are held. */
  readonly limits: boolean;
}

/** One bot's session on one shard; it outlives its connection, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly shard: Shard;
  readonly intents: number;
  seq: number;
  /** The latest events as sent, the last of them number `seq`. */
  readonly sent: string[];
  /** Events on their way through a slow network, oldest first. */
  readonly late: { readonly socket: WebSocket; readonly packet: string }[];
  socket: WebSocket | undefined;
}

/** The gateway: sessions by shard, events with replay. https://docs.discord.com/developers/events/gateway */
/** Discord closes at 4,096 bytes with 4002; nothing that is much longer is read at all. */
const longestFrame = 64 * 1024;

export class Gateway {
  readonly sessions = new Map<string, Session>();
  /** Everything that bots told the gateway, for asserting. */
  readonly received: { op: number; d: unknown; at: number }[] = [];
  /** A bot has identified or resumed, and has been sent what it missed. */
  readonly loggedIn = new Signal<Session>();
  /** An event is sent to a session. */
  readonly said = new Signal<{ readonly event: string; readonly json: string }>();
  #held: { readonly session: Session; readonly socket: WebSocket; readonly packet: string }[] | undefined;
  /** A bot's connection is gone, for whatever reason. */
  readonly disconnected = new Signal<Session>();
  /** Milliseconds before an event is delivered. */
  delayMs = 0;
  /** While true, connections are refused. */
  down = false;
  url = '';
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestFrame,
  });
  readonly #sockets = new Set<WebSocket>();
  readonly #bySocket = new Map<WebSocket, Session>();

  readonly world: World;
  readonly options: GatewayOptions;
  readonly now: () => number;
  readonly #limits: GatewayLimits;

  constructor(world: World, options: GatewayOptions, now: () => number) {
    this.world = world;
    this.options = options;
    this.now = now;
    this.#limits = new GatewayLimits(options.limits, now);
  }

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

  /** Like `dispatch`, but of what happens in a channel: only a bot that sees the channel is told. */
  dispatchIn(
    channel: ChannelState,
    intent: number,
    event: string,
    json: string | ((intents: number) => string),
  ): void {
    if (channel.guild && !may(channel, this.world.bot.id, 'ViewChannel')) return;
    this.dispatch(channel.guild, intent, event, json);
  }

  /**
   * Sends an event to every session of the server's shard (direct messages: shard 0) that asked for `intent`;
   * intent 0: to all of them. A bot that is not in the server hears only of interactions.
   * @param json the event's data, or how it is shown to a session with these intents
   */
  dispatch(
    guild: GuildState | undefined,
    intent: number,
    event: string,
    json: string | ((intents: number) => string),
  ): void {
    if (guild && !guild.hasBot && event !== 'INTERACTION_CREATE') return;
    for (const session of this.sessions.values()) {
      if (!hears(session, guild) || (intent !== 0 && !(session.intents & intent))) continue;
      this.#send(session, event, typeof json === 'string' ? json : json(session.intents));
    }
  }

  /** Keeps events back until the function that it gives back is called; they keep their order. */
  hold(): () => void {
    const held = this.#held ?? [];
    this.#held = held;
    return () => {
      if (this.#held === held) this.#held = undefined;
      for (const { session, socket, packet } of held.splice(0)) {
        if (this.delayMs > 0 || session.late.length > 0) this.#sendLate(session, socket, packet);
        else socket.send(packet);
      }
    };
  }

  /** Cuts connections. Not resumable: the sessions are gone as well. */
  drop(resumable: boolean, code?: number): void {
    for (const session of [...this.sessions.values()]) {
      if (!resumable) this.sessions.delete(session.id);
      const socket = this.#detach(session);
      if (socket) this.disconnected.emit(session);
      if (code) socket?.close(code);
      else socket?.terminate();
    }
  }

  askToReconnect(): void {
    for (const session of this.sessions.values()) session.socket?.send(`{"op":${Op.reconnect},"d":null}`);
  }

  invalidate(resumable: boolean): void {
    for (const session of [...this.sessions.values()]) {
      // The connection stays, for a resume or a new identify on it.
      this.#detach(session)?.send(invalidSession(resumable));
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
    socket.on('close', (code) => this.#lost(socket, code));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#receive(socket, data));
    if (this.options.limits) {
      watchHeartbeats(
        socket,
        this.options.heartbeatMs,
        (data) => parsePayload(data as RawData)?.op === Op.heartbeat,
      );
    }
    socket.send(
      JSON.stringify({
        t: null,
        s: null,
        op: Op.hello,
        d: { heartbeat_interval: this.options.heartbeatMs, _trace: [] },
      }),
    );
  }

  #lost(socket: WebSocket, code: number): void {
    this.#sockets.delete(socket);
    const session = this.#bySocket.get(socket);
    if (!session) return;
    this.#detach(session);
    if (code === 1000 || code === 1001) this.sessions.delete(session.id);
    this.disconnected.emit(session);
  }

  #receive(socket: WebSocket, data: RawData): void {
    const payload = String(data).length > longestPayload ? undefined : parsePayload(data);
    const refused = this.#limits.count(socket);
    if (refused) {
      socket.close(refused.code, refused.reason);
      return;
    }
    if (!payload) {
      socket.close(4002, 'Error while decoding payload.');
      return;
    }
    const op = typeof payload.op === 'number' ? payload.op : -1;
    const session = this.#bySocket.get(socket);
    this.received.push({ op, d: op === Op.identify ? undefined : payload.d, at: this.now() });
    if (!knownOps.has(op)) socket.close(4001, 'Unknown opcode.');
    else if (op === Op.heartbeat) {
      if (session && typeof payload.d === 'number') forget(session, payload.d);
      socket.send(`{"op":${Op.heartbeatAck}}`);
    } else if (op === Op.identify || op === Op.resume) {
      if (session) socket.close(4005, 'Already authenticated.');
      else if (op === Op.identify) this.#identify(socket, payload.d);
      else this.#resume(socket, payload.d);
    } else if (!session) socket.close(4003, 'Not authenticated.');
  }

  #attach(session: Session, socket: WebSocket): void {
    this.#detach(session);
    session.socket = socket;
    this.#bySocket.set(socket, session);
  }

  /** Gives back the connection that the session had. */
  #detach(session: Session): WebSocket | undefined {
    const { socket } = session;
    session.socket = undefined;
    if (socket) this.#bySocket.delete(socket);
    return socket;
  }

  #identify(socket: WebSocket, data: unknown): void {
    const asked = readIdentify((data ?? {}) as Identify, this.options);
    if ('code' in asked) {
      socket.close(asked.code, asked.reason);
      return;
    }
    const guilds = this.#guildsOf(asked.shard);
    const refused = tooManyGuilds(guilds.length);
    if (refused) {
      socket.close(refused.code, refused.reason);
      return;
    }
    const limits = this.options.sessionLimits;
    if (limits.remaining <= 0 || !this.#limits.mayIdentify(asked.shard, limits.maxConcurrency)) {
      socket.send(invalidSession(false));
      return;
    }
    limits.remaining -= 1;
    this.#welcome(this.#open(socket, asked.shard, asked.intents), guilds);
  }

  /** A new session; those of the same shard that lost their connection are not kept any longer. */
  #open(socket: WebSocket, shard: Shard, intents: number): Session {
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
      socket: undefined,
    };
    this.sessions.set(session.id, session);
    this.#attach(session, socket);
    return session;
  }

  #welcome(session: Session, guilds: readonly GuildState[]): void {
    const { bot, users } = this.world;
    const ready = readyJson(bot, guilds, session, this.url);
    this.#send(session, 'READY', JSON.stringify(ready));
    if (session.intents & Intent.guilds) {
      for (const guild of guilds) {
        if (!guild.available) {
          this.#send(session, 'GUILD_DELETE', JSON.stringify({ id: guild.id, unavailable: true }));
          continue;
        }
        this.#send(
          session,
          'GUILD_CREATE',
          JSON.stringify(guildCreateJson(guild, bot.id, users, session.intents)),
        );
      }
    }
    // What was sent on connecting is never asked for again unless the connection drops right here.
    if (session.sent.length > 64) session.sent.splice(0, session.sent.length - 64);
    this.loggedIn.emit(session);
  }

  #resume(socket: WebSocket, data: unknown): void {
    const d = (data ?? {}) as { token?: unknown; session_id?: unknown; seq?: unknown };
    if (d.token !== this.options.token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    const session = this.sessions.get(String(d.session_id));
    const missed = session && typeof d.seq === 'number' ? session.seq - d.seq : -1;
    if (!session || missed < 0 || missed > session.sent.length) {
      socket.send(invalidSession(false));
      return;
    }
    this.#detach(session)?.terminate();
    this.#attach(session, socket);
    for (const packet of missed > 0 ? session.sent.slice(-missed) : []) socket.send(packet);
    this.#send(session, 'RESUMED', '{"_trace":[]}');
    this.loggedIn.emit(session);
  }

  #guildsOf([id, count]: Shard): GuildState[] {
    return [...this.world.guilds.values()].filter((guild) => guild.hasBot && guild.shardKey % count === id);
  }

  #send(session: Session, event: string, json: string): void {
    session.seq += 1;
    const packet = `{"t":"${event}","s":${session.seq},"op":0,"d":${json}}`;
    session.sent.push(packet);
    if (session.sent.length > replayLength * 2) session.sent.splice(0, replayLength);
    this.said.emit({ event, json });
    if (!session.socket) return;
    if (this.#held) {
      this.#held.push({ session, socket: session.socket, packet });
      return;
    }
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

function invalidSession(resumable: boolean): string {
  return `{"op":${Op.invalidSession},"d":${resumable}}`;
}
