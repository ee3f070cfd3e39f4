import { handleCardAnswer } from '../asking/card-answers.js';
import type { ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { dailyFeature } from './post/cards.js';
import type { DailyPoster } from './service.js';

/** The actions of a post's own buttons; the others stand in private messages. */
const onTheCard: ReadonlySet<string> = new Set(['a', 'form']);

/** The buttons and forms of daily questions. */
export function dailyRoute(daily: DailyPoster): ComponentRoute {
  return {
    feature: dailyFeature,
    async handle(interaction, action, args) {
      if (!(await handleCardAnswer(daily, interaction, action, args)))
        throw new UserError('This button belongs to something that is no longer here.');
      const [cardId] = args;
      if (cardId && interaction.isButton() && onTheCard.has(action))
        daily.seen(cardId, interaction.message.id);
    },
  };
}
