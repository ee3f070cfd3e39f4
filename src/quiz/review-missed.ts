import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { SessionStarter } from '../session/wanted.js';
import { missedBy } from './my-answers.js';
import type { Quizzes } from './service.js';
import * as words from './words.js';

/**
 * Starts a session of what the presser answered wrong in a quiz that is over.
 * @throws {UserError} for a quiz that is not, or in which they missed nothing
 */
export async function reviewMissed(
  quizzes: Quizzes,
  sessions: SessionStarter,
  interaction: ComponentInteraction,
  id: string,
): Promise<void> {
  const member = interaction.user.id;
  const missed = await quizzes.look(id, (state) =>
    state.game.phase.name === 'over' ? missedBy(state, member) : undefined,
  );
  if (!missed) throw new UserError(words.answersLaterWords);
  if (missed.length === 0) throw new UserError(words.nothingMissedWords);
  await sessions.start(interaction, {
    kind: 'review',
    title: words.reviewTitle,
    pick: { ids: missed },
    count: missed.length,
  });
}
