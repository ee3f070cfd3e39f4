import type { ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply } from '../discord/respond.js';
import type { Services } from '../services.js';
import { feature, topicCard } from './cards.js';

/** The choice of a topic on the card of `/help`. */
export function helpRoute({ bank, commandIds }: Pick<Services, 'bank' | 'commandIds'>): ComponentRoute {
  return {
    feature,
    async handle(interaction) {
      const [id] = interaction.isStringSelectMenu() ? interaction.values : [];
      const topic = id === undefined ? undefined : bank.topic(id);
      if (!topic) throw new UserError('This topic is no longer in the bank. `/help` shows those that are.');
      await reply(interaction, topicCard(topic, { commandIds: commandIds() }));
    },
  };
}
