import type { Client } from 'discord.js';
import { expect as plainExpect } from 'vitest';
import type { LocalDiscord } from '../src/index.js';
import { expect, test as withDiscord } from '../src/vitest.js';
import { restOf, startBot } from './bot.js';

const test = withDiscord.extend<{ bot: Client<true> }>({
  bot: async ({ discord }, use) => {
    const bot = await startBot(
      discord,
      (interaction) => interaction.isCommand() && interaction.reply('Pong'),
    );
    await bot.application.commands.set([{ name: 'ping', description: 'Pongs' }]);
    await use(bot);
    await bot.destroy();
  },
});
let first: LocalDiscord | undefined;

test('a test has a Discord of its own, and a bot of its author’s in it', async ({ discord, bot }) => {
  first = discord;
  expect(bot.isReady()).toBe(true);
  expect(await discord.member('Ada').slash('/ping')).toShow('Pong');
});

test('the next test has another, and the first is closed', async ({ discord }) => {
  expect(discord).not.toBe(first);
  await expect(fetch(first?.apiUrl ?? '')).rejects.toThrow('fetch failed');
});

test.extend({ discordOptions: { botName: 'Otto' } })('its options can be given', ({ discord }) => {
  plainExpect(discord.world.bot.json.username).toBe('Otto');
});

test.fails('what a bot was refused fails the test', async ({ discord }) => {
  await restOf(discord)
    .get('/channels/1')
    .catch(() => {});
});
