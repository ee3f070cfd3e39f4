import { type ChatInputCommandInteraction, DiscordAPIError, type PermissionsBitField } from 'discord.js';
import { UserError } from '../discord/errors.js';
import { mentionRoles, missingToPost } from '../discord/permissions.js';
import { lacksIn, unseen } from './words.js';

/** Where a schedule posts, and whom it mentions. */
export interface SchedulePlace {
  readonly channelId: string;
  readonly roleId?: string | undefined;
}

/** Where a change would have a schedule post: what is not given stays, and is here where nothing was. */
export const placeAfter = (
  given: { readonly [Part in keyof SchedulePlace]?: string | undefined },
  old: SchedulePlace | undefined,
  here: string,
): SchedulePlace => ({
  channelId: given.channelId ?? old?.channelId ?? here,
  roleId: given.roleId ?? old?.roleId,
});

/**
 * Holds the bot's permissions against what posting in a channel takes.
 * @throws {UserError} naming the channel and what is missing there
 */
export async function requirePlace(
  interaction: ChatInputCommandInteraction<'cached'>,
  place: SchedulePlace,
): Promise<void> {
  const found = await permissionsIn(interaction, place.channelId);
  if (!found) throw new UserError(unseen(place.channelId));
  const missing = missingToPost(
    found.permissions,
    found.isThread,
    needsMention(interaction, place.roleId) ? [mentionRoles] : [],
  );
  if (missing.length > 0) throw new UserError(lacksIn(place.channelId, missing));
}

interface Found {
  readonly permissions: Readonly<PermissionsBitField>;
  readonly isThread: boolean;
}

async function permissionsIn(
  interaction: ChatInputCommandInteraction<'cached'>,
  channelId: string,
): Promise<Found | undefined> {
  const { guild } = interaction;
  const cached = guild.channels.cache.get(channelId);
  // Threads are not cached: whatever is not there is one.
  if (channelId === interaction.channelId)
    return { permissions: interaction.appPermissions, isThread: cached === undefined || cached.isThread() };
  const { me } = guild.members;
  if (cached && me) return { permissions: cached.permissionsFor(me), isThread: cached.isThread() };
  const parent = guild.channels.cache.get((await parentOf(interaction, channelId)) ?? '');
  return parent && me ? { permissions: parent.permissionsFor(me), isThread: true } : undefined;
}

/** The channel of a thread of this server; undefined for what the bot cannot see, or what is no such thread. */
async function parentOf(
  { client, guildId }: ChatInputCommandInteraction<'cached'>,
  threadId: string,
): Promise<string | undefined> {
  try {
    const thread = await client.channels.fetch(threadId, { cache: false });
    return thread?.isThread() && thread.guildId === guildId ? (thread.parentId ?? undefined) : undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status < 500) return undefined;
    throw error;
  }
}

function needsMention({ guild }: ChatInputCommandInteraction<'cached'>, roleId: string | undefined): boolean {
  return roleId !== undefined && guild.roles.cache.get(roleId)?.mentionable === false;
}
