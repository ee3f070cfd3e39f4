import { PermissionFlagsBits } from 'discord.js';
import { nobody } from '../asking/nobody.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { type Repliable, update, whisper } from '../discord/respond.js';
import type { QuizOutcome } from './events.js';
import { standingsCard } from './results-cards.js';
import type { Quizzes } from './service.js';
import { extendWords, goneWords, hostOnlyWords, nextWords, pauseWords } from './words.js';

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
  const mayStandIn = [
    PermissionFlagsBits.ManageMessages,
    // A quiz night is a manager's, whoever presses.
    ...(hostId === nobody ? [PermissionFlagsBits.ManageGuild] : []),
  ].some((flag) => interaction.memberPermissions?.has(flag));
  if (interaction.user.id !== hostId && !mayStandIn) throw new UserError(hostOnlyWords(hostId, to));
}

/** Shows what came of a press of the host: on the standings themselves, or in a line. */
export async function tellHost(
  quizzes: Quizzes,
  interaction: ComponentInteraction,
  pressed: { id: string; round: number; kind: 'next' | 'pause' | 'extend'; outcome: QuizOutcome },
): Promise<void> {
  const { id, round, kind, outcome } = pressed;
  const words = { next: nextWords, pause: pauseWords, extend: extendWords }[kind];
  if (outcome !== 'done') throw new UserError(outcome in words ? words[outcome as 'nothing'] : words.nothing);
  if (kind === 'extend') return whisper(interaction, extendWords.done);
  const card = await quizzes.look(id, (state) => standingsCard(state, round));
  if (card) await update(interaction, card);
}
