import { type Client, Routes, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { type Channel, type LocalDiscord, snowflakeAt, snowflakeTime } from '../src/index.js';
import { startBot } from './bot.js';
import { startDiscord } from './discord.js';

async function withBot(): Promise<{
  discord: LocalDiscord;
  bot: Client<true>;
  channel: Channel;
  send: () => Promise<unknown>;
}> {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  const bot = await startBot(discord);
  const send = (): Promise<unknown> => (bot.channels.cache.get(channel.id) as TextChannel).send('Hello');
  return { discord, bot, channel, send };
}

const posts = 'POST /channels/:id/messages';

test.each([500, 502, 503])('discord.js tries again after a %i', async (status) => {
  const { discord, channel, send } = await withBot();
  discord.faults.next(posts, { status, times: 2 });
  await send();
  expect(channel.messages).toHaveLength(1);
  expect(
    discord.requests.filter(({ path }) => path.endsWith('/messages')).map((request) => request.status),
  ).toEqual([status, status, 200]);
});

test('a request whose answer is lost was carried out all the same', async () => {
  const { discord, channel, send } = await withBot();
  discord.faults.next(posts, { status: 502, after: true });
  await send();
  expect(channel.messages).toHaveLength(2);
});

test.each([{ global: false }, { global: true }])(
  'discord.js waits after a 429 (global: $global)',
  async ({ global }) => {
    const { discord, bot, channel, send } = await withBot();
    const limited = new Promise((resolve) =>
      bot.rest.once('response', (_request, { status }) => resolve(status)),
    );
    discord.faults.next(posts, { status: 429, retryAfter: 0.05, global });
    await send();
    expect(await limited).toBe(429);
    expect(channel.messages).toHaveLength(1);
  },
);

test('a connection that is cut reaches the bot as an error', async () => {
  const { discord, channel, send } = await withBot();
  discord.faults.next(/^POST .*\/messages$/, { hangUp: true, times: 9 });
  await expect(send()).rejects.toThrow();
  expect(channel.messages).toEqual([]);
});

test('a fault is for the requests it is meant for, and can be called off', async () => {
  const { discord, channel, send } = await withBot();
  const callOff = discord.faults.next(({ method }) => method === 'POST', { status: 500, times: 99 });
  callOff();
  discord.faults.next('PATCH /channels/:id/messages/:message', { status: 500, times: 99 });
  await send();
  expect(channel.messages).toHaveLength(1);
});

test('a slow network delays both ways, and loses and reorders nothing', async () => {
  const { discord, bot } = await withBot();
  const members = discord.members(20);
  const order: string[] = [];
  bot.on('interactionCreate', (interaction) => {
    order.push(interaction.user.id);
    return interaction.isCommand() && interaction.reply('Hello');
  });
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  discord.faults.slowNetwork(40);
  const asked = members.slice(0, 10).map((member) => member.slash('/hello'));
  discord.faults.slowNetwork(0);
  asked.push(...members.slice(10).map((member) => member.slash('/hello')));
  const replies = await Promise.all(asked);
  expect(order).toEqual(members.map(({ id }) => id));
  expect(replies.map(({ text }) => text)).toEqual(Array(20).fill('Hello'));
  discord.faults.slowNetwork(40);
  const slow = await members[0]?.slash('/hello');
  expect(slow?.tookMs).toBeGreaterThan(75);
});

test('in an outage requests fail and the gateway is away; afterwards the bot is back by itself', async () => {
  const { discord, bot, send } = await withBot();
  const resumed = new Promise((resolve) => bot.once('shardResume', resolve));
  bot.rest.options.retries = 0;
  discord.faults.outage(300);
  await expect(bot.rest.get(Routes.user())).rejects.toMatchObject({ status: 503 });
  await resumed;
  await send();
});

test('after everything, the request log says what was asked', async () => {
  const { discord, channel, send } = await withBot();
  await send();
  expect(discord.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /gateway/bot',
    `POST /channels/${channel.id}/messages`,
  ]);
  expect(discord.requests[1]?.body).toMatchObject({ content: 'Hello' });
});

test.each([Date.UTC(2015, 0, 1), Date.UTC(2026, 0, 5, 12, 0, 0, 1), Date.UTC(2080, 0, 1)])(
  'a snowflake tells the time it was made at: %i',
  (atMs) => {
    expect(snowflakeTime(snowflakeAt(atMs))).toBe(atMs);
    expect(snowflakeTime(snowflakeAt(atMs, 4_194_303))).toBe(atMs);
  },
);
