import {
  type Channel,
  type CommandJson,
  type GuildState,
  guildPermissions,
  type LocalDiscord,
  type Member,
  type MessageJson,
  type MessageState,
  may,
  permissionBits,
} from 'local-discord';
import type { ChannelView, PersonView, StateView } from './protocol.js';

/** What a member's client shows of the place. Decides who sees what; nothing else does. */

export interface ViewPlace {
  readonly discord: LocalDiscord;
  /** Those whom the page's users can be. */
  readonly players: readonly Member[];
  readonly classmates: readonly Member[];
}

export interface Circumstances {
  readonly classmatesHere: boolean;
  readonly aheadMs: number;
  readonly dayPassing: boolean;
  readonly mayReset: boolean;
}

const manageServer = permissionBits('ManageGuild');

export function stateView(place: ViewPlace, me: Member, now: Circumstances): StateView {
  const { discord } = place;
  const guild = me.server.state;
  const channels = channelsOf(me);
  const [first] = channels;
  const direct = me.dm;
  return {
    me: me.id,
    server: { id: guild.id, name: guild.name },
    people: [...guild.members.values()].map(({ user }) =>
      personView(place, guild, user.id, user.json.global_name ?? user.json.username),
    ),
    roles: [...guild.roles.values()]
      .filter(({ id }) => id !== guild.id)
      .map(({ id, name }) => ({ id, name })),
    channels: [
      ...channels.map((channel) => channelView(channel, me)),
      { id: direct.id, name: discord.world.bot.json.username, direct: true, mayWrite: true },
    ],
    commands: {
      server: first ? commandsIn(first, me) : [],
      direct: commandsIn(direct, me),
    },
    botThere: discord.gateway.connected,
    classmates: now.classmatesHere,
    aheadMs: now.aheadMs,
    dayPassing: now.dayPassing,
    mayReset: now.mayReset,
  };
}

function channelsOf(me: Member): Channel[] {
  return me.server.channels
    .filter(({ state }) => may(state, me.id, 'ViewChannel'))
    .sort((a, b) => placeOf(a) - placeOf(b));
}

/** Threads stand below their channel, the oldest first. */
const placeOf = ({ state }: Channel): number => (state.parent ?? state).position + (state.thread ? 0.5 : 0);

/** The channel of this id, if the member sees it. */
export function channelShown(me: Member, id: string): Channel | undefined {
  const { dm } = me;
  return dm.id === id ? dm : channelsOf(me).find((channel) => channel.id === id);
}

export function maySee(me: Member, { channel, visibleTo }: MessageState): boolean {
  if (visibleTo && visibleTo !== me.id) return false;
  return channel.guild !== undefined && channel.guild !== me.server.state
    ? false
    : may(channel, me.id, 'ViewChannel');
}

/** The newest messages that the member sees in a channel, oldest first. */
export function historyOf(me: Member, channel: Channel): MessageJson[] {
  return channel
    .seenBy(me.id)
    .slice(-longestHistory)
    .map(({ raw }) => raw);
}

const longestHistory = 1_500;

function channelView({ id, name, state }: Channel, me: Member): ChannelView {
  const { thread } = state;
  return {
    id,
    name,
    direct: false,
    mayWrite: may(state, me.id, thread ? 'SendMessagesInThreads' : 'SendMessages'),
    ...(thread && { thread: thread.archived ? ('closed' as const) : ('open' as const) }),
  };
}

function commandsIn(channel: Channel, me: Member): readonly CommandJson[] {
  return me.commands(channel);
}

function personView(place: ViewPlace, guild: GuildState, id: string, name: string): PersonView {
  const isOne = (members: readonly Member[]): boolean => members.some((member) => member.id === id);
  const kind =
    id === place.discord.world.bot.id
      ? 'bot'
      : isOne(place.players)
        ? 'player'
        : isOne(place.classmates)
          ? 'classmate'
          : 'other';
  return { id, name, kind, admin: kind === 'player' && (guildPermissions(guild, id) & manageServer) !== 0n };
}
