import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../discord/errors.js';
import type { Repliable } from '../discord/respond.js';
import type { Quizzes } from './service.js';
import { goneWords, hostOnlyWords } from './words.js';

/**
 * Stopping, skipping and starting at once are for the host and for members with Manage Messages.
 * @throws {UserError} for everybody else
 */
export async function requireHost(
  quizzes: Quizzes,
  id: string,
  interaction: Repliable,
  to: string,
): Promise<void> {
  const hostId = await quizzes.look(id, ({ game }) => game.hostId);
  if (hostId === undefined) throw new UserError(goneWords);
  const isModerator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  if (interaction.user.id !== hostId && !isModerator) throw new UserError(hostOnlyWords(hostId, to));
}
