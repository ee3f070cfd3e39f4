import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.js';
import { startBot } from '../helpers/discord.js';

const log = pino({ enabled: false });

async function start(): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, log });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('the sandbox has the same ids from start to start, so that stored scores fit', async () => {
  const idsOf = ({ discord }: Sandbox) => [
    discord.servers.map(({ id }) => id),
    discord.servers.flatMap(({ channels }) => channels.map(({ id }) => id)),
    [...discord.world.users.keys()],
  ];
  expect(idsOf(await start())).toEqual(idsOf(await start()));
});

test('the sandbox’s bot sees its server, whose people can talk to it', async () => {
  const { discord } = await start();
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Hello'));
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  expect(bot.guilds.cache.map(({ name }) => name)).toEqual(['Study group']);
  expect((await discord.member('Grace').slash('/hello')).text).toBe('Hello');
});

test('messages of the sandbox are of its present, not of its founding', async () => {
  const { discord } = await start();
  const card = discord.member('Ada').says('Hello');
  expect(Math.abs(Date.parse(card.raw.timestamp) - Date.now())).toBeLessThan(60_000);
});
