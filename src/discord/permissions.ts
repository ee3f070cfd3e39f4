import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Repliable } from './announced.js';

/** A permission, and how Discord's settings call it. */
export interface Permission {
  readonly flag: bigint;
  readonly name: string;
}

const viewChannel: Permission = { flag: PermissionFlagsBits.ViewChannel, name: 'View Channel' };
const sendMessages: Permission = { flag: PermissionFlagsBits.SendMessages, name: 'Send Messages' };
const sendInThreads: Permission = {
  flag: PermissionFlagsBits.SendMessagesInThreads,
  name: 'Send Messages in Threads',
};
export const attachFiles: Permission = { flag: PermissionFlagsBits.AttachFiles, name: 'Attach Files' };
export const mentionRoles: Permission = {
  flag: PermissionFlagsBits.MentionEveryone,
  name: 'Mention @everyone, @here and All Roles (or make the role mentionable)',
};

/** Names of those that the bot lacks for posting in a channel, and of others that it needs there and lacks. */
export const missingToPost = (
  permissions: Pick<PermissionsBitField, 'has'>,
  isThread: boolean,
  others: readonly Permission[] = [],
): string[] =>
  [viewChannel, isThread ? sendInThreads : sendMessages, ...others]
    .filter(({ flag }) => !permissions.has(flag))
    .map(({ name }) => name);

/**
 * The same, where the interaction happened. Every channel of a server is in the cache but its threads, so one that is
 * not there is a thread.
 */
export const missingHere = (
  { channel, appPermissions }: Repliable,
  others: readonly Permission[] = [],
): string[] => missingToPost(appPermissions, channel?.isThread() ?? true, others);
