import { answererOf } from '../asking/card-answers.js';
import { UserError } from '../discord/errors.js';
import { attachFiles, missingHere } from '../discord/permissions.js';
import { post, type Repliable } from '../discord/respond.js';
import type { Quizzes } from './service.js';
import { settingsSchema } from './settings.js';
import * as words from './words.js';

/**
 * Opens a quiz where the interaction happened; its reply is the lobby's card.
 * @param chosen settings as they came from outside
 */
export async function startQuiz(quizzes: Quizzes, interaction: Repliable, chosen: unknown): Promise<void> {
  const { guildId, channelId } = interaction;
  if (!guildId || !channelId) throw new UserError(words.serverOnlyWords);
  const settings = settingsSchema.safeParse(chosen);
  if (!settings.success) throw new UserError(words.badSettingsWords);
  // A quiz posts a card each round, with the podium's picture last.
  const missing = missingHere(interaction, [attachFiles]);
  if (missing.length > 0) throw new UserError(words.permissionWords(missing));
  const place = { id: interaction.id, guildId, channelId };
  await quizzes.start(place, answererOf(interaction), settings.data, (lobby) => post(interaction, lobby));
}
