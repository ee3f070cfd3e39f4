import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Delivery } from './delivery.js';
import { compress } from './gateway-compression.js';
import { GatewayLimits, watchHeartbeats } from './gateway-limits.js';
import type { GatewayOptions, SessionLimits } from './gateway-options.js';
import {
  type Identify,
  knownOps,
  longestPayload,
  notModelled,
  Op,
  oddIn,
  parsePayload,
} from './gateway-protocol.js';
import { identify, type LoginContext, resume } from './logins.js';
import { requestedMembers } from './member-chunks.js';
import { may } from './permissions.js';
import { forget, hears, invalidSession, type Presence, type Session } from './session.js';
import { Sessions } from './sessions.js';
import { type ChannelState, type GuildState, Signal, type World } from './state.js';

/** An event's data, or how it is shown to a session. */
type EventJson = string | ((session: Session) => string);

/** Discord closes at 4,096 bytes with 4002; nothing that is much longer is read at all. */
const longestFrame = 64 * 1024;
/** How long a bot that is asked to reconnect may take. */
const reconnectWithinMs = 10_000;

/** The gateway: sessions by shard, events with replay. https://docs.discord.com/developers/events/gateway */
export class Gateway {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly delivery = new Delivery();
  /** Everything that bots told the gateway, for asserting. */
  readonly received: { op: number; d: unknown; at: number }[] = [];
  /** A bot has identified or resumed, and has been sent what it missed. */
  readonly loggedIn = new Signal<Session>();
  /** A bot's connection is gone, for whatever reason. */
  readonly disconnected = new Signal<Session>();
  /** A bot asked for something that Discord has and this server has not. */
  readonly missing = new Signal<string>();
  /** While true, connections are refused. */
  down = false;
  /** While false, heartbeats are not acknowledged: to its client the connection is a zombie. */
  acknowledges = true;
  /** For chaos: how many events that have arrived already a resume sends once more. */
  again: ((session: Session) => number) | undefined;
  url = '';
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestFrame,
  });
  readonly #sockets = new Set<WebSocket>();
  readonly #sessions = new Sessions();

  readonly world: World;
  readonly options: GatewayOptions;
  readonly now: () => number;
  readonly #limits: GatewayLimits;

  constructor(world: World, options: GatewayOptions, now: () => number) {
    this.world = world;
    this.options = options;
    this.now = now;
    this.sessions = this.#sessions.byId;
    this.#limits = new GatewayLimits(options.limits, now, options.sessionLimits);
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

  /** How many sessions may still be started. */
  get starts(): Readonly<SessionLimits> {
    return this.#limits.starts;
  }

  get connected(): boolean {
    return this.#sessions.all.some((session) => session.socket);
  }

  /** What the bot last said of itself (its status, what it is doing); people here are not told. */
  get presence(): Presence | undefined {
    return this.#sessions.all.find(({ socket }) => socket)?.presence;
  }

  /** Whether a session would get events of this server (or of direct messages), connected or resumable. */
  listens(guild: GuildState | undefined): boolean {
    for (const session of this.sessions.values()) if (hears(session, guild)) return true;
    return false;
  }

  /** Like `dispatch`, but of what happens in a channel: only a bot that sees the channel is told. */
  dispatchIn(channel: ChannelState, intent: number, event: string, json: EventJson): void {
    if (channel.guild && !may(channel, this.world.bot.id, 'ViewChannel')) return;
    this.dispatch(channel.guild, intent, event, json, channel.id);
  }

  /**
   * Sends an event to every session of the server's shard (direct messages: shard 0) that asked for `intent`;
   * intent 0: to all of them. A bot that is not in the server hears only of interactions.
   * @param place what the event keeps its order in (default: the server)
   */
  dispatch(
    guild: GuildState | undefined,
    intent: number,
    event: string,
    json: EventJson,
    place = guild?.id ?? '',
  ): void {
    if (guild && !guild.hasBot && event !== 'INTERACTION_CREATE') return;
    for (const session of this.sessions.values()) {
      if (!hears(session, guild) || (intent !== 0 && !(session.intents & intent))) continue;
      this.delivery.dispatch(session, event, typeof json === 'string' ? json : json(session), place);
    }
  }

  /** Cuts connections. Not resumable: the sessions are gone as well. */
  drop(resumable: boolean, code?: number, of: readonly Session[] = this.#sessions.all): void {
    for (const session of of) {
      if (!resumable) this.#sessions.forget(session);
      const socket = this.#sessions.detach(session);
      if (socket) session.lostAt = this.now();
      if (socket) this.disconnected.emit(session);
      if (code) socket?.close(code);
      else socket?.terminate();
    }
  }

  /** Opcode 7; a bot that stays all the same is cut off. */
  askToReconnect(of: readonly Session[] = this.#sessions.all): void {
    for (const { socket } of of) {
      if (!socket) continue;
      socket.send(`{"op":${Op.reconnect},"d":null}`);
      const timer = setTimeout(() => socket.close(4000, 'Reconnect.'), reconnectWithinMs).unref();
      socket.once('close', () => clearTimeout(timer));
    }
  }

  /** Opcode 9. */
  invalidate(resumable: boolean, of: readonly Session[] = this.#sessions.all): void {
    for (const session of of) {
      // The connection stays, for a resume or a new identify on it.
      this.#sessions.detach(session)?.send(invalidSession(resumable));
      if (!resumable) this.#sessions.forget(session);
    }
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    this.#sockets.add(socket);
    const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
    if (!['9', '10', null].includes(query.get('v'))) {
      socket.close(4012, 'Invalid API version.');
      return;
    }
    const compression = query.get('compress');
    if (compression !== null && !compress(socket, compression)) this.missing.emit(`compress=${compression}`);
    if ((query.get('encoding') ?? 'json') !== 'json') {
      this.missing.emit(`encoding=${query.get('encoding')}`);
      // A code after which no library tries again.
      socket.close(4012, 'local-discord speaks JSON only: connect with encoding=json.');
      return;
    }
    socket.on('close', (code) => this.#lost(socket, code));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#receive(socket, data));
    const { heartbeatMs, limits } = this.options;
    if (limits)
      watchHeartbeats(socket, heartbeatMs, (data) => parsePayload(data as RawData)?.op === Op.heartbeat);
    const d = { heartbeat_interval: heartbeatMs, _trace: [] };
    socket.send(JSON.stringify({ t: null, s: null, op: Op.hello, d }));
  }

  #lost(socket: WebSocket, code: number): void {
    this.#sockets.delete(socket);
    const session = this.#sessions.of(socket);
    if (!session) return;
    this.#sessions.detach(session);
    session.lostAt = this.now();
    if (code === 1000 || code === 1001) this.#sessions.forget(session);
    this.disconnected.emit(session);
  }

  #receive(socket: WebSocket, data: RawData): void {
    const payload = Buffer.byteLength(String(data)) > longestPayload ? undefined : parsePayload(data);
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
    this.received.push({ op, d: op === Op.identify ? undefined : payload.d, at: this.now() });
    if (!knownOps.has(op)) socket.close(4001, 'Unknown opcode.');
    else if (op === Op.heartbeat) this.#heartbeat(socket, payload.d);
    else if (op === Op.identify || op === Op.resume) this.#login(socket, op, payload.d);
    else this.#command(socket, op, payload.d);
  }

  #heartbeat(socket: WebSocket, seq: unknown): void {
    const session = this.#sessions.of(socket);
    if (session && typeof seq === 'number') forget(session, seq);
    if (this.acknowledges) socket.send(`{"op":${Op.heartbeatAck}}`);
  }

  #login(socket: WebSocket, op: number, data: unknown): void {
    if (this.#sessions.of(socket)) {
      socket.close(4005, 'Already authenticated.');
      return;
    }
    const { world, options, delivery } = this;
    const context: LoginContext = {
      world,
      options,
      delivery,
      sessions: this.#sessions,
      limits: this.#limits,
      url: () => this.url,
    };
    const asked = (data ?? {}) as Identify;
    const odd = op === Op.identify && oddIn(asked);
    if (odd) this.missing.emit(odd);
    const session =
      op === Op.identify ? identify(socket, data, context) : resume(socket, data, context, this.again);
    if (session) this.loggedIn.emit(session);
  }

  #command(socket: WebSocket, op: number, data: unknown): void {
    const session = this.#sessions.of(socket);
    if (!session) {
      socket.close(4003, 'Not authenticated.');
      return;
    }
    if (op === Op.presence) session.presence = data as Presence;
    const what = notModelled.get(op);
    if (what) this.missing.emit(what);
    if (op !== Op.requestMembers) return;
    const answers = this.#limits.refusedMembers(data) ?? requestedMembers(this.world, session, data);
    for (const { event, json } of answers) this.delivery.send(session, event, JSON.stringify(json));
  }
}
