import { type ChannelState, ChannelType, type GuildState } from './state.js';
import { permissionFlags } from './tables.js';

/** Permissions by the names that discord.js gives them. */
export type PermissionName = keyof typeof permissionFlags;

export function permissionBits(...names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | permissionFlags[name], 0n);
}

export const allPermissions = permissionBits(...(Object.keys(permissionFlags) as PermissionName[]));

/** What `@everyone` of a new server may do. */
export const everyonePermissions = permissionBits(
  'CreateInstantInvite',
  'AddReactions',
  'Stream',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'UseExternalEmojis',
  'Connect',
  'Speak',
  'UseVAD',
  'ChangeNickname',
  'UseApplicationCommands',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'SendMessagesInThreads',
  'SendPolls',
);

/** What anybody may do in a direct message. */
export const directMessagePermissions = permissionBits(
  'AddReactions',
  'PinMessages',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'UseExternalEmojis',
  'UseApplicationCommands',
);

const administrator = permissionBits('Administrator');
const viewChannel = permissionBits('ViewChannel');
const sendMessages = permissionBits('SendMessages');
const sendInThreads = permissionBits('SendMessagesInThreads');
const manageThreads = permissionBits('ManageThreads');
/** What a timeout leaves. */
const whileTimedOut = permissionBits('ViewChannel', 'ReadMessageHistory');
const impliedBySending = permissionBits('MentionEveryone', 'EmbedLinks', 'AttachFiles', 'SendTTSMessages');

/** Server-wide permissions, before any channel's overwrites. 0 for somebody who is not in the server. */
export function guildPermissions(guild: GuildState, userId: string): bigint {
  if (guild.ownerId === userId) return allPermissions;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const role of member.roles) permissions |= guild.roles.get(role)?.permissions ?? 0n;
  if (permissions & administrator) return allPermissions;
  return isTimedOut(guild, userId) ? permissions & whileTimedOut : permissions;
}

export function isTimedOut(guild: GuildState, userId: string): boolean {
  return (guild.members.get(userId)?.timedOutUntil ?? 0) > guild.now();
}

/**
 * What a user may do in a channel, as Discord computes it: roles, then the overwrites of everyone, of roles
 * and of the member, then what a missing View Channel or Send Messages takes away.
 */
export function channelPermissions(channel: ChannelState, userId: string): bigint {
  const cached = channel.permissions.get(userId);
  if (cached !== undefined) return cached;
  const permissions = compute(channel, userId);
  // A timeout ends by itself.
  if (!channel.guild?.members.get(userId)?.timedOutUntil) channel.permissions.set(userId, permissions);
  return permissions;
}

function compute(channel: ChannelState, userId: string): bigint {
  const guild = channel.guild;
  if (!guild) return channel.recipients.includes(userId) ? directMessagePermissions : 0n;
  let permissions = guildPermissions(guild, userId);
  if (permissions === allPermissions) return permissions;
  const overwrites = (channel.parent ?? channel).overwrites;
  const everyone = overwrites.get(guild.id);
  if (everyone) permissions = (permissions & ~everyone.deny) | everyone.allow;
  let allow = 0n;
  let deny = 0n;
  for (const role of guild.members.get(userId)?.roles ?? []) {
    allow |= overwrites.get(role)?.allow ?? 0n;
    deny |= overwrites.get(role)?.deny ?? 0n;
  }
  permissions = (permissions & ~deny) | allow;
  const own = overwrites.get(userId);
  if (own) permissions = (permissions & ~own.deny) | own.allow;
  if (isTimedOut(guild, userId)) permissions &= whileTimedOut;
  if (!(permissions & viewChannel) || !isInvited(channel, userId, permissions)) return 0n;
  const sending = channel.thread ? sendInThreads : sendMessages;
  return permissions & sending ? permissions : permissions & ~impliedBySending;
}

/** A private thread is for its members and for those who manage threads. */
function isInvited({ type, thread }: ChannelState, userId: string, permissions: bigint): boolean {
  if (type !== ChannelType.privateThread || !thread) return true;
  return thread.members.has(userId) || (permissions & manageThreads) !== 0n;
}

export function may(channel: ChannelState, userId: string, ...names: readonly PermissionName[]): boolean {
  const needed = permissionBits(...names);
  return (channelPermissions(channel, userId) & needed) === needed;
}
