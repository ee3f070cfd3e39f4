import { type ChannelState, ChannelType, type GuildState } from './state.js';

/** Discord's permissions by the names that discord.js gives them; the number is the bit. */
const bits = {
  CreateInstantInvite: 0,
  KickMembers: 1,
  BanMembers: 2,
  Administrator: 3,
  ManageChannels: 4,
  ManageGuild: 5,
  AddReactions: 6,
  ViewAuditLog: 7,
  PrioritySpeaker: 8,
  Stream: 9,
  ViewChannel: 10,
  SendMessages: 11,
  SendTTSMessages: 12,
  ManageMessages: 13,
  EmbedLinks: 14,
  AttachFiles: 15,
  ReadMessageHistory: 16,
  MentionEveryone: 17,
  UseExternalEmojis: 18,
  ViewGuildInsights: 19,
  Connect: 20,
  Speak: 21,
  MuteMembers: 22,
  DeafenMembers: 23,
  MoveMembers: 24,
  UseVAD: 25,
  ChangeNickname: 26,
  ManageNicknames: 27,
  ManageRoles: 28,
  ManageWebhooks: 29,
  ManageGuildExpressions: 30,
  UseApplicationCommands: 31,
  RequestToSpeak: 32,
  ManageEvents: 33,
  ManageThreads: 34,
  CreatePublicThreads: 35,
  CreatePrivateThreads: 36,
  UseExternalStickers: 37,
  SendMessagesInThreads: 38,
  UseEmbeddedActivities: 39,
  ModerateMembers: 40,
  ViewCreatorMonetizationAnalytics: 41,
  UseSoundboard: 42,
  CreateGuildExpressions: 43,
  CreateEvents: 44,
  UseExternalSounds: 45,
  SendVoiceMessages: 46,
  SetVoiceChannelStatus: 48,
  SendPolls: 49,
  UseExternalApps: 50,
  PinMessages: 51,
  BypassSlowmode: 52,
} as const;

export type PermissionName = keyof typeof bits;

export function permissionBits(...names: readonly PermissionName[]): bigint {
  return names.reduce((all, name) => all | (1n << BigInt(bits[name])), 0n);
}

export const allPermissions = permissionBits(...(Object.keys(bits) as PermissionName[]));

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
