import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Question } from '../bank/question.js';
import { customId } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { showForm } from '../discord/respond.js';
import type { OpenCard } from './card-answers.js';
import { promptText } from './layout.js';
import { formLabels, formTitle, notForThis } from './words.js';

const longestTyped = { 'short-answer': 100, open: 2000 } as const;

/** The text field's custom id. */
export const typedField = 'answer';

/** Kinds of questions that are answered in words. */
export type TypedKind = keyof typeof longestTyped;

/** The form for an answer in words, below the whole question. */
export function typedForm(
  id: string,
  question: Extract<Question, { kind: TypedKind }>,
): APIModalInteractionResponseCallbackData {
  const { kind } = question;
  return {
    custom_id: id,
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
}

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
  if (question.kind !== 'open' && question.kind !== 'short-answer') throw new UserError(notForThis);
  const id = customId(feature, isOwn ? 'own-text' : 'text', cardId);
  await showForm(interaction, typedForm(id, question));
}
