import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { customId } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { showForm } from '../discord/respond.js';
import type { OpenCard } from './card-answers.js';
import { promptText } from './layout.js';
import { formLabels, formTitle, notForThis } from './words.js';

const longestTyped = { 'short-answer': 100, open: 2000 } as const;

/** The text field's custom id. */
export const typedField = 'answer';

/**
 * Opens the form in which a question is answered in words, below the whole question.
 * @throws {UserError} for a question of another kind
 */
export async function openForm(
  interaction: ButtonInteraction,
  feature: string,
  cardId: string,
  { question, isOwn }: OpenCard,
): Promise<void> {
  const { kind } = question;
  if (kind !== 'open' && kind !== 'short-answer') throw new UserError(notForThis);
  const form: APIModalInteractionResponseCallbackData = {
    custom_id: customId(feature, isOwn ? 'own-text' : 'text', cardId),
    title: formTitle,
    components: [
      { type: ComponentType.TextDisplay, content: promptText(question) },
      {
        type: ComponentType.Label,
        label: formLabels[kind],
        component: {
          type: ComponentType.TextInput,
          custom_id: typedField,
          style: kind === 'open' ? TextInputStyle.Paragraph : TextInputStyle.Short,
          min_length: 1,
          max_length: longestTyped[kind],
          required: true,
        },
      },
    ],
  };
  await showForm(interaction, form);
}
