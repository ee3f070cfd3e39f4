import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { reply } from '../src/discord/respond.js';
import { askerOf, askToErase } from '../src/privacy/buttons.js';

export default {
  data: new SlashCommandBuilder()
    .setName('privacy')
    .setDescription('What is stored about you: see it, take it with you, hide it, erase it')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addSubcommand((sub) => sub.setName('show').setDescription('What is stored about you, in words'))
    .addSubcommand((sub) => sub.setName('export').setDescription('All that is stored about you, as a file'))
    .addSubcommand((sub) =>
      sub
        .setName('hide')
        .setDescription('Off the leaderboards, or back on them')
        .addBooleanOption((option) =>
          option.setName('on').setDescription('Whether you are hidden').setRequired(true),
        ),
    )
    .addSubcommand((sub) =>
      sub
        .setName('delete')
        .setDescription('Erase what is stored about you, in a day, until which you can call it off')
        .addStringOption((option) =>
          option
            .setName('where')
            .setDescription('In this place alone, or everywhere')
            .setRequired(true)
            .addChoices({ name: 'here', value: 'here' }, { name: 'everywhere', value: 'everywhere' }),
        ),
    )
    .toJSON(),

  storesNothing: true,

  async execute(interaction, { privacy }) {
    const { options } = interaction;
    const asker = askerOf(interaction);
    const sub = options.getSubcommand();
    if (sub === 'show') await reply(interaction, await privacy.show(asker));
    else if (sub === 'export') await reply(interaction, await privacy.export(asker));
    else if (sub === 'hide')
      await reply(interaction, await privacy.hide(asker, options.getBoolean('on', true)));
    else await askToErase(privacy, interaction, options.getString('where', true) === 'everywhere');
  },
} satisfies Command;
