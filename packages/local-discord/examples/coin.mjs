// A bot that knows nothing of local-discord: it flips a coin, and again at the press of a button.
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';

const client = new Client({ intents: [GatewayIntentBits.Guilds] });
const again = { type: 1, components: [{ type: 2, style: 1, label: 'Again', custom_id: 'again' }] };
const flip = () => (Math.random() < 0.5 ? 'Heads' : 'Tails');

client.once(Events.ClientReady, async ({ application }) => {
  await application.commands.set([
    { name: 'flip', description: 'Flips a coin' },
    { name: 'odds', description: 'Tells the odds, to you alone' },
  ]);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isButton()) {
    await interaction.update({ content: `${flip()}!`, components: [again] });
    return;
  }
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === 'odds') {
    await interaction.reply({ content: 'One in two', flags: MessageFlags.Ephemeral });
    return;
  }
  await interaction.reply({ content: `${flip()}!`, components: [again] });
});

await client.login(process.env.DISCORD_TOKEN);
process.on('SIGTERM', () => client.destroy());
