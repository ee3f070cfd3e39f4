import type { Bank } from '../bank/bank.js';
import type { ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply } from '../discord/respond.js';
import { helpFeature, topicCard } from './cards.js';

interface Parts {
  readonly bank: Bank;
  /** Ids of the registered commands by name, for clickable mentions. */
  commandIds(): ReadonlyMap<string, string>;
}

/** The choice of a topic on the card of `/help`. */
export function helpRoute({ bank, commandIds }: Parts): ComponentRoute {
  return {
    feature: helpFeature,
    async handle(interaction) {
      const [id] = interaction.isStringSelectMenu() ? interaction.values : [];
      const topic = id === undefined ? undefined : bank.topic(id);
      if (!topic) throw new UserError('This topic is no longer in the bank. `/help` shows those that are.');
      await reply(interaction, topicCard(topic, { commandIds: commandIds() }));
    },
  };
}
