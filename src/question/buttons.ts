import { handleCardAnswer } from '../asking/card-answers.js';
import type { ComponentInteraction, ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { post, type Repliable, reply, update } from '../discord/respond.js';
import { questionFeature } from './cards.js';
import type { PracticeFilter } from './records.js';
import type { Practice } from './service.js';

/** The buttons on the cards of `/question`. */
export function practiceButtons(practice: Practice): ComponentRoute {
  return {
    feature: questionFeature,
    async handle(interaction, action, args) {
      if (await handleCardAnswer(practice, interaction, action, args)) return;
      const [cardId = ''] = args;
      if (action === 'reveal') await update(interaction, await practice.reveal(cardId, interaction.user.id));
      else if (action === 'another') await another(practice, interaction, cardId);
      else throw new UserError('This button has no use any more. `/question any` asks a new question.');
    },
  };
}

async function another(practice: Practice, interaction: ComponentInteraction, cardId: string): Promise<void> {
  const asked = await practice.recall(cardId);
  await askQuestion(practice, interaction, asked?.filter ?? {}, asked?.isPrivate ?? false);
}

/** Asks a question as the reply to an interaction. */
export async function askQuestion(
  practice: Practice,
  interaction: Repliable,
  filter: PracticeFilter,
  isPrivate: boolean,
): Promise<void> {
  const { id, guildId, channelId, user } = interaction;
  if (!channelId) throw new UserError('I cannot tell in which channel to ask.');
  await practice.ask(
    { id, guildId: guildId ?? undefined, channelId, askerId: user.id, isPrivate },
    filter,
    async (card) => {
      if (!isPrivate) return post(interaction, card);
      await reply(interaction, card);
      return undefined;
    },
  );
}
