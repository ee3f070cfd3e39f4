import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { LocalDiscord } from '../../src/sandbox/index.js';
import { startBot } from './bot.js';

test('discord.js logs in, registers a command and answers it', async () => {
  const discord = await LocalDiscord.start();
  const server = discord.server('Study group');
  const ada = discord.member('Ada', { server });
  const bot = await startBot(
    discord,
    (interaction) =>
      interaction.isChatInputCommand() &&
      interaction.reply({ content: 'Hello', flags: MessageFlags.Ephemeral }),
  );
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  const reply = await ada.slash('/hello');
  expect(reply.text).toBe('Hello');
  expect(reply.ephemeral).toBe(true);
  expect(bot.guilds.cache.get(server.id)?.name).toBe('Study group');
  expect(discord.violations).toEqual([]);
  expect(discord.internalErrors).toEqual([]);
  expect(discord.unknownRoutes).toEqual([]);
  await bot.destroy();
  await discord.close();
});
