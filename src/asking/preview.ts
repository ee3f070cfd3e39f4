import type { Bank } from '../bank/bank.js';
import { accent, buttonRows, container, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { ask } from './asked.js';
import { closedButtons, heading, questionText, solutionText } from './layout.js';

/** A question as its revealed card, for whoever works on it: options in the bank's order, its id, nothing to press. */
export function previewCard(bank: Pick<Bank, 'get' | 'titleOf'>, id: string): Outgoing | undefined {
  const question = bank.get(id);
  if (!question) return undefined;
  const asked = ask(question, () => 1 - Number.EPSILON);
  const named = (what: string, shown = 0): string => customId('preview', what, shown);
  const ids = { letter: (shown: number) => named('a', shown), choose: named('choose'), form: named('form') };
  return {
    components: [
      container(
        [
          text(heading(question, bank.titleOf(question.topic))),
          ...questionText(question, asked),
          ...buttonRows(closedButtons(question, asked, ids)),
          separator(),
          ...solutionText(question, asked),
        ],
        accent,
      ),
    ],
  };
}
