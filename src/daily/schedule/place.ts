import { type ChatInputCommandInteraction, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import { UserError } from '../../discord/errors.js';

interface Place {
  readonly channelId: string;
  readonly roleId?: string | undefined;
}

/**
 * Holds the bot's permissions against what posting in a channel takes.
 * @throws {UserError} naming the channel and what is missing there
 */
export function requirePlace(interaction: ChatInputCommandInteraction<'cached'>, place: Place): void {
  const found = permissionsIn(interaction, place.channelId);
  if (!found)
    throw new UserError(
      `I cannot see <#${place.channelId}>. Give me View Channel there, or choose another channel.`,
    );
  const missing = missingFor(found.permissions, found.isThread, needsMention(interaction, place.roleId));
  if (missing.length > 0)
    throw new UserError(
      `In <#${place.channelId}> I lack ${missing.map((name) => `**${name}**`).join(' and ')}. Give me that there, or choose another channel; nothing was changed.`,
    );
}

/** Names of the permissions that posting takes and the bot has not, as Discord's settings call them. */
export function missingFor(
  permissions: Pick<PermissionsBitField, 'has'>,
  isThread: boolean,
  mentionsAnyRole: boolean,
): string[] {
  const needed: [bigint, string][] = [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    isThread
      ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
      : [PermissionFlagsBits.SendMessages, 'Send Messages'],
  ];
  if (mentionsAnyRole)
    needed.push([
      PermissionFlagsBits.MentionEveryone,
      'Mention @everyone, @here and All Roles (or make the role mentionable)',
    ]);
  return needed.filter(([flag]) => !permissions.has(flag)).map(([, name]) => name);
}

interface Found {
  readonly permissions: Readonly<PermissionsBitField>;
  readonly isThread: boolean;
}

function permissionsIn(
  interaction: ChatInputCommandInteraction<'cached'>,
  channelId: string,
): Found | undefined {
  const { guild, options } = interaction;
  const cached = guild.channels.cache.get(channelId);
  // Threads are not cached: whatever is not there is one.
  if (channelId === interaction.channelId)
    return { permissions: interaction.appPermissions, isThread: cached === undefined || cached.isThread() };
  const { me } = guild.members;
  if (cached && me) return { permissions: cached.permissionsFor(me), isThread: cached.isThread() };
  const chosen: unknown = options.getChannel('channel');
  const parent = guild.channels.cache.get(parentOf(chosen) ?? '');
  return parent && me ? { permissions: parent.permissionsFor(me), isThread: true } : undefined;
}

/** A thread as an option comes as Discord sent it, or as discord.js's own object. */
function parentOf(channel: unknown): string | undefined {
  if (typeof channel !== 'object' || channel === null) return undefined;
  const { parent_id: raw, parentId } = channel as { parent_id?: unknown; parentId?: unknown };
  const id = raw ?? parentId;
  return typeof id === 'string' ? id : undefined;
}

function needsMention({ guild }: ChatInputCommandInteraction<'cached'>, roleId: string | undefined): boolean {
  return roleId !== undefined && guild.roles.cache.get(roleId)?.mentionable === false;
}
