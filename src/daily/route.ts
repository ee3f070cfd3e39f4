import { type CardAnswers, handleCardAnswer } from '../asking/card-answers.js';
import type { ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { feature } from './cards.js';

/** The buttons and forms of daily questions. */
export function dailyRoute(answers: CardAnswers): ComponentRoute {
  return {
    feature,
    async handle(interaction, action, args) {
      if (!(await handleCardAnswer(answers, interaction, action, args)))
        throw new UserError('This button belongs to something that is no longer here.');
    },
  };
}
