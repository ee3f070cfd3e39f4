import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { promptText } from '../asking/layout.js';
import { formLabels, formTitle } from '../asking/words.js';
import type { SessionView } from './cards.js';
import { sessionIds } from './ids.js';
import { sureness } from './records.js';
import * as words from './words.js';

export const formFields = { answer: 'answer', sure: 'sure' } as const;
const longestTyped = 100;

/**
 * The form in which a question is answered in words, and in which its member says how sure they are.
 * @param opening unique for each opening
 */
export function sessionForm(
  { session, question }: SessionView,
  opening: string,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: sessionIds(session).text(opening),
    title: formTitle,
    components: [
      { type: ComponentType.TextDisplay, content: promptText(question) },
      {
        type: ComponentType.Label,
        label: formLabels['short-answer'],
        component: {
          type: ComponentType.TextInput,
          custom_id: formFields.answer,
          style: TextInputStyle.Short,
          min_length: 1,
          max_length: longestTyped,
          required: true,
        },
      },
      {
        type: ComponentType.Label,
        label: words.sureLabel,
        component: {
          type: ComponentType.RadioGroup,
          custom_id: formFields.sure,
          required: true,
          options: sureness.map((sure) => ({ value: sure, label: words.labels[sure] })),
        },
      },
    ],
  };
}
