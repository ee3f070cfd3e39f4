import type { WebSocket } from 'ws';
import type { Delivery } from './delivery.js';
import { compressLong } from './gateway-compression.js';
import type { GatewayLimits } from './gateway-limits.js';
import type { GatewayOptions } from './gateway-options.js';
import {
  type Identify,
  Intent,
  isToken,
  readIdentify,
  type Shard,
  tooManyGuilds,
} from './gateway-protocol.js';
import { invalidSession, type Presence, type Session } from './session.js';
import type { Sessions } from './sessions.js';
import { guildCreateJson, readyJson } from './shapes.js';
import type { GuildState, World } from './state.js';

/** What was sent on connecting is never asked for again unless the connection drops right here. */
const keptOfWelcome = 64;

export interface LoginContext {
  readonly world: World;
  readonly options: GatewayOptions;
  readonly sessions: Sessions;
  readonly delivery: Delivery;
  readonly limits: GatewayLimits;
  /** Where a session is resumed. */
  url(): string;
}

/** Opens a session, or gives back why the bot has none: then the connection is closed, or told that it is invalid. */
export function identify(socket: WebSocket, data: unknown, context: LoginContext): Session | undefined {
  const { options, limits } = context;
  const asked = readIdentify((data ?? {}) as Identify, options);
  if ('code' in asked) {
    socket.close(asked.code, asked.reason);
    return undefined;
  }
  const guilds = guildsOf(context.world, asked.shard);
  const refused = tooManyGuilds(guilds.length);
  if (refused) {
    socket.close(refused.code, refused.reason);
    return undefined;
  }
  const { remaining, maxConcurrency } = limits.starts;
  if (remaining <= 0 || !limits.mayIdentify(asked.shard, maxConcurrency)) {
    socket.send(invalidSession(false));
    return undefined;
  }
  limits.countStart();
  const { compress, presence } = data as Identify;
  if (compress === true) compressLong(socket);
  const session = context.sessions.open(socket, asked);
  session.presence = (presence ?? undefined) as Presence | undefined;
  welcome(session, guilds, context);
  return session;
}

function welcome(
  session: Session,
  guilds: readonly GuildState[],
  { world, delivery, url }: LoginContext,
): void {
  const { bot, users } = world;
  delivery.send(session, 'READY', JSON.stringify(readyJson(bot, guilds, session, url())));
  if (session.intents & Intent.guilds) {
    for (const guild of guilds) {
      if (!guild.available) {
        delivery.send(session, 'GUILD_DELETE', JSON.stringify({ id: guild.id, unavailable: true }));
        continue;
      }
      const json = guildCreateJson(guild, bot.id, users, session);
      delivery.send(session, 'GUILD_CREATE', JSON.stringify(json));
    }
  }
  if (session.sent.length > keptOfWelcome) session.sent.splice(0, session.sent.length - keptOfWelcome);
}

/** @param again how many events that have arrived already are sent once more, before those that were missed */
export function resume(
  socket: WebSocket,
  data: unknown,
  { options, sessions, delivery, limits }: LoginContext,
  again: (session: Session) => number = () => 0,
): Session | undefined {
  const d = (data ?? {}) as { token?: unknown; session_id?: unknown; seq?: unknown };
  if (!isToken(d.token, options.token)) {
    socket.close(4004, 'Authentication failed.');
    return undefined;
  }
  const session = sessions.byId.get(String(d.session_id));
  const missed = session && typeof d.seq === 'number' ? session.seq - d.seq : -1;
  if (session && missed < 0) {
    socket.close(4007, 'Invalid seq.');
    return undefined;
  }
  if (!session || missed > session.sent.length || !limits.mayResume(session.lostAt)) {
    socket.send(invalidSession(false));
    return undefined;
  }
  sessions.detach(session)?.terminate();
  sessions.attach(session, socket);
  session.lostAt = undefined;
  const replayed = missed + again(session);
  for (const packet of replayed > 0 ? session.sent.slice(-replayed) : []) socket.send(packet);
  delivery.send(session, 'RESUMED', '{"_trace":[]}');
  return session;
}

function guildsOf(world: World, [id, count]: Shard): GuildState[] {
  return [...world.guilds.values()].filter((guild) => guild.hasBot && guild.shardKey % count === id);
}
