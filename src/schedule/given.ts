import {
  type APIChannel,
  type APIRole,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { postingTypes } from './options.js';
import * as words from './words.js';

type InServer = ChatInputCommandInteraction<'cached'>;

/**
 * The channel that was chosen, as Discord knows it now: discord.js believes what an interaction says of a channel, and
 * keeps it among the server's own. Whether the bot may post there is not looked at.
 * @throws {UserError} for what is no channel of this server, what the bot cannot see, and what takes no posts
 */
export async function readChannelOption(interaction: InServer): Promise<string | undefined> {
  const given = interaction.options.get('channel');
  if (!given) return undefined;
  const id = snowflake.safeParse(given.value).data;
  if (id === interaction.channelId) return id;
  const channel = id && (await channelOf(interaction, id));
  if (!channel || !('guild_id' in channel) || channel.guild_id !== interaction.guildId)
    throw new UserError(words.notThisChannel);
  if (!postingTypes.some((type) => type === channel.type)) throw new UserError(words.noPostsIn(id));
  return id;
}

/**
 * The role that was chosen, as Discord knows it now. Roles that Discord gives (boosters, subscribers) are taken: people
 * have them.
 * @throws {UserError} for everyone, for a bot's own role, and for one that the server does not have
 */
export async function readRoleOption(interaction: InServer): Promise<string | undefined> {
  const given = interaction.options.get('role');
  if (!given) return undefined;
  const id = snowflake.safeParse(given.value).data;
  if (id === interaction.guildId) throw new UserError(words.notEveryone);
  const role = id && (await roleOf(interaction, id));
  if (!role) throw new UserError(words.notThisRole);
  if (role.tags?.bot_id) throw new UserError(words.roleOfABot(role.id));
  return role.id;
}

async function channelOf({ client }: InServer, id: string): Promise<APIChannel | undefined> {
  try {
    return (await client.rest.get(Routes.channel(id))) as APIChannel;
  } catch (error) {
    if (is(error, RESTJSONErrorCodes.UnknownChannel)) return undefined;
    if (is(error, RESTJSONErrorCodes.MissingAccess)) throw new UserError(words.unseen(id));
    throw error;
  }
}

async function roleOf({ client, guildId }: InServer, id: string): Promise<APIRole | undefined> {
  try {
    return (await client.rest.get(Routes.guildRole(guildId, id))) as APIRole;
  } catch (error) {
    if (is(error, RESTJSONErrorCodes.UnknownRole)) return undefined;
    throw error;
  }
}

const is = (error: unknown, code: RESTJSONErrorCodes): boolean =>
  error instanceof DiscordAPIError && error.code === code;
