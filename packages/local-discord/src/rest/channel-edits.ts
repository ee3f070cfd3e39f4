import { codePoints } from '../checks/code-points.js';
import { errors, type Fault } from '../errors.js';
import { mustHaveAll } from '../hierarchy.js';
import { isoTime } from '../iso-time.js';
import { channelPermissions, may, permissionBits } from '../permissions.js';
import {
  type ChannelState,
  ChannelType,
  forgetPermissions,
  type GuildState,
  type Overwrite,
  type ThreadState,
} from '../state.js';
import { type Api, checkBody, reachable } from './api.js';
import type { Answer } from './call.js';
import { announce } from './channel-events.js';
import type { Router } from './router.js';

interface OverwriteBody {
  id: string;
  type?: number | null;
  allow?: string | number | null;
  deny?: string | number | null;
}

/** What a new channel and an edited one have in common. */
export interface ChannelBody {
  type?: number | null;
  name?: string | null;
  topic?: string | null;
  position?: number | null;
  nsfw?: boolean | null;
  parent_id?: string | null;
  rate_limit_per_user?: number | null;
  default_auto_archive_duration?: number | null;
  default_thread_rate_limit_per_user?: number | null;
  permission_overwrites?: OverwriteBody[] | null;
}

interface ThreadBody {
  name?: string | null;
  archived?: boolean | null;
  locked?: boolean | null;
  invitable?: boolean | null;
  auto_archive_duration?: number | null;
  rate_limit_per_user?: number | null;
}

/** @throws ApiError 50013 without Manage Channels, and for overwrites without Manage Roles */
export function editChannel(api: Api, channel: ChannelState, given: unknown): void {
  if (!channel.guild) throw errors.directMessage();
  checkBody(api, 'channelEdit', given, () =>
    channelFaults(api, channel.guild, { type: channel.type, ...(given as ChannelBody | undefined) }),
  );
  const body = (given ?? {}) as ChannelBody;
  const { bot } = api.world;
  if (!may(channel, bot.id, 'ManageChannels')) throw errors.missingPermissions();
  if (body.permission_overwrites && !may(channel, bot.id, 'ManageRoles')) throw errors.missingPermissions();
  for (const overwrite of body.permission_overwrites ?? [])
    mayOverwrite(api, channel, channel.overwrites.get(overwrite.id), read(overwrite));
  applyTo(api, channel, body);
}

/** Where topics may be longer, since they are guidelines. */
const withLongTopics: readonly number[] = [ChannelType.forum, ChannelType.media];
/** https://docs.discord.com/developers/resources/channel#modify-channel */
const longestTopic = 1_024;

/** What the published schema leaves out. */
export function channelFaults(
  api: Pick<Api, 'world'>,
  guild: GuildState | undefined,
  body: ChannelBody,
): Fault[] {
  const faults = parentFaults(api, guild, body);
  if (
    codePoints(body.topic ?? '') > longestTopic &&
    !withLongTopics.includes(body.type ?? ChannelType.text)
  ) {
    const message = `Must be ${longestTopic} or fewer in length.`;
    faults.push({ path: ['topic'], code: 'BASE_TYPE_MAX_LENGTH', message });
  }
  return faults;
}

const withPlainNames: readonly number[] = [
  ChannelType.text,
  ChannelType.announcement,
  ChannelType.forum,
  ChannelType.media,
];

/** Channels that people write in have small letters and dashes; which signs fall away besides is written down nowhere. */
export function channelName(name: string, type: number): string {
  return withPlainNames.includes(type) ? name.toLowerCase().trim().replaceAll(/\s+/g, '-') : name;
}

/** Channels are in categories of their server, and in nothing else. */
function parentFaults(
  { world }: Pick<Api, 'world'>,
  guild: GuildState | undefined,
  { parent_id: id }: ChannelBody,
): Fault[] {
  if (id == null) return [];
  const parent = world.channels.get(id);
  if (parent?.guild === guild && parent?.type === ChannelType.category) return [];
  const fault =
    parent?.guild === guild && parent
      ? { code: 'CHANNEL_PARENT_INVALID_TYPE', message: 'Not a category' }
      : { code: 'CHANNEL_PARENT_INVALID', message: 'Category does not exist' };
  return [{ path: ['parent_id'], ...fault }];
}

/** Puts into a channel what a body says. */
export function applyTo({ world }: Pick<Api, 'world'>, channel: ChannelState, body: ChannelBody): void {
  if (body.name != null) channel.name = channelName(body.name, channel.type);
  if (body.topic !== undefined) channel.topic = body.topic;
  channel.position = body.position ?? channel.position;
  channel.nsfw = body.nsfw ?? channel.nsfw;
  channel.slowmode = body.rate_limit_per_user ?? channel.slowmode;
  channel.threadSlowmode = body.default_thread_rate_limit_per_user ?? channel.threadSlowmode;
  if (body.default_auto_archive_duration != null) channel.threadMinutes = body.default_auto_archive_duration;
  if (body.parent_id !== undefined) channel.category = world.channels.get(body.parent_id ?? '');
  if (body.permission_overwrites) {
    channel.overwrites.clear();
    for (const overwrite of body.permission_overwrites) channel.overwrites.set(overwrite.id, read(overwrite));
    accessChanged(channel);
  }
  channel.revision += 1;
}

export function read({ id, type, allow, deny }: OverwriteBody): Overwrite {
  return { id, type: type === 1 ? 1 : 0, allow: BigInt(allow ?? 0), deny: BigInt(deny ?? 0) };
}

/**
 * Only what the bot may do itself, in the server or the category, can be allowed or denied, unless an overwrite of the
 * channel lets it manage roles. What stays as it was is nobody's business.
 * @throws ApiError 50013
 */
export function mayOverwrite(
  { world: { bot } }: Pick<Api, 'world'>,
  channel: Pick<ChannelState, 'guild' | 'overwrites' | 'category'>,
  before: Overwrite | undefined,
  { allow, deny }: Overwrite,
): void {
  const { guild } = channel;
  if (!guild) throw errors.wrongChannelType();
  const manages = permissionBits('ManageRoles');
  const own = [bot.id, ...(guild.members.get(bot.id)?.roles ?? [])];
  if (own.some((id) => (channel.overwrites.get(id)?.allow ?? 0n) & manages)) return;
  const changed = (allow ^ (before?.allow ?? 0n)) | (deny ^ (before?.deny ?? 0n));
  const here = channel.category ? channelPermissions(channel.category, bot.id) : 0n;
  mustHaveAll(guild, bot.id, changed & ~here);
}

/** Before the change is announced, so that who sees the channel is known then. */
function accessChanged({ guild }: ChannelState): void {
  for (const each of guild?.channels.values() ?? []) each.permissions.clear();
}

/**
 * Its owner may rename, archive and bring back a thread; the rest, and the threads of others, take Manage Threads.
 * @throws ApiError 50083 for any other change of an archived thread
 */
export function editThread(api: Api, channel: ChannelState, given: unknown): void {
  checkBody(api, 'threadEdit', given);
  const { thread } = channel;
  if (!thread) return;
  const body = (given ?? {}) as ThreadBody;
  const { bot } = api.world;
  const manages = may(channel, bot.id, 'ManageThreads');
  const wakes = body.archived === false && !thread.locked && may(channel, bot.id, 'SendMessagesInThreads');
  if (!manages && thread.ownerId !== bot.id && !wakes) throw errors.missingPermissions();
  if (!manages && (body.locked != null || body.rate_limit_per_user != null))
    throw errors.missingPermissions();
  const others = Object.keys(body).some((key) => key !== 'archived' && key !== 'locked');
  if (thread.archived && body.archived !== false && others) throw errors.threadArchived();
  applyToThread(channel, thread, body);
  api.world.threadChanged.emit(channel);
}

function applyToThread(channel: ChannelState, thread: ThreadState, body: ThreadBody): void {
  channel.name = body.name ?? channel.name;
  channel.slowmode = body.rate_limit_per_user ?? channel.slowmode;
  thread.locked = body.locked ?? thread.locked;
  thread.invitable = body.invitable ?? thread.invitable;
  const { archived, autoArchiveMinutes } = thread;
  thread.archived = body.archived ?? archived;
  thread.autoArchiveMinutes = body.auto_archive_duration ?? autoArchiveMinutes;
  if (thread.archived !== archived || thread.autoArchiveMinutes !== autoArchiveMinutes)
    thread.archiveChangedAt = isoTime(channel.guild?.now() ?? 0);
  channel.revision += 1;
}

/** `/channels/:channel/permissions/:overwrite` */
export function overwriteRoutes(router: Router, api: Api): void {
  const path = '/channels/:channel/permissions/:overwrite';
  const changed = (channel: ChannelState): Answer => {
    accessChanged(channel);
    announce(api, channel, 'UPDATE');
    if (channel.guild) forgetPermissions(channel.guild);
    return { status: 204 };
  };
  router.add(`PUT ${path}`, (call, params) => {
    const channel = reachable(api, params.channel, 'ManageRoles');
    const id = params.overwrite ?? '';
    checkBody(api, 'overwrite', { id, ...(call.body as object) });
    const next = read({ ...(call.body as object), id });
    mayOverwrite(api, channel, channel.overwrites.get(id), next);
    channel.overwrites.set(id, next);
    return changed(channel);
  });
  router.add(`DELETE ${path}`, (_call, params) => {
    const channel = reachable(api, params.channel, 'ManageRoles');
    if (!channel.overwrites.delete(params.overwrite ?? '')) throw errors.unknownOverwrite();
    return changed(channel);
  });
}
