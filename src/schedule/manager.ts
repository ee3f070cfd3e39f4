import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../discord/errors.js';

/**
 * Not by Discord's own setting for commands: that would hide their `status` from members.
 * @throws {UserError} with the refusal, for whoever lacks Manage Server
 */
export function requireManager(interaction: ChatInputCommandInteraction<'cached'>, refusal: string): void {
  if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) throw new UserError(refusal);
}
