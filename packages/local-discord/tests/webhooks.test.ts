import { Routes, type TextChannel, WebhookClient } from 'discord.js';
import { expect, test } from 'vitest';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

async function stage() {
  const discord = await startDiscord({ violationsExpected: true });
  const ada = discord.member('Ada');
  discord.faults.givePermission(ada.channel, 'ManageWebhooks');
  const bot = await startBot(discord, undefined, { intents: [1, 1 << 5, 1 << 9] });
  const channel = bot.channels.cache.get(ada.channel.id) as TextChannel;
  return { discord, ada, bot, channel, events: eventsOf(bot), rest: restOf(discord) };
}

test('a webhook posts under its own name, edits and deletes, with no token of the bot', async () => {
  const { discord, ada, channel, events } = await stage();
  const told = events.next('WEBHOOKS_UPDATE');
  const made = await channel.createWebhook({ name: 'News' });
  expect((await told).d).toEqual({ guild_id: ada.server.id, channel_id: ada.channel.id });
  const client = new WebhookClient(
    { id: made.id, token: made.token ?? '' },
    { rest: { api: discord.apiUrl } },
  );
  const sent = await client.send({ content: `Hello ${ada.mention}`, username: 'Reporter' });
  const card = ada.channel.last;
  expect(card.raw).toMatchObject({
    webhook_id: made.id,
    author: { id: made.id, username: 'Reporter', bot: true },
  });
  expect(card.pings.users).toEqual([ada.id]);
  await client.editMessage(sent.id, 'Bye');
  expect(card.text).toBe('Bye');
  expect((await client.fetchMessage(sent.id)).content).toBe('Bye');
  await client.deleteMessage(sent.id);
  expect(card.deleted).toBe(true);
  await made.edit({ name: 'Old news' });
  expect([...(await channel.fetchWebhooks()).values()].map(({ name }) => name)).toEqual(['Old news']);
  await made.delete();
  expect(await failure(client.send('Anybody?'))).toMatchObject({ code: 10015 });
});

test('without wait there is no answer; a thread of the channel may be named', async () => {
  const { ada, channel, rest } = await stage();
  const made = await channel.createWebhook({ name: 'News' });
  const thread = ada.server.thread(ada.channel, 'Aside');
  const path = Routes.webhook(made.id, made.token ?? '');
  const query = new URLSearchParams({ thread_id: thread.id });
  expect(await rest.post(path, { body: { content: 'Hi' }, query, auth: false })).not.toHaveProperty('id');
  expect(thread.last.text).toBe('Hi');
  const elsewhere = new URLSearchParams({ thread_id: ada.server.channel('other').id });
  const lost = rest.post(path, { body: { content: 'Hi' }, query: elsewhere, auth: false });
  expect(await failure(lost)).toMatchObject({ code: 10003 });
});

test('a wrong token, a reserved name, a sixteenth webhook and one without Manage Webhooks are refused', async () => {
  const { discord, ada, channel, rest } = await stage();
  const made = await channel.createWebhook({ name: 'News' });
  const wrong = rest.post(Routes.webhook(made.id, 'wrong'), { body: { content: 'Hi' }, auth: false });
  expect(await failure(wrong)).toMatchObject({ status: 401, code: 50027 });
  expect(await failure(channel.createWebhook({ name: 'Discord news' }))).toMatchObject({ code: 50035 });
  expect(await failure(channel.createWebhook({ name: '' }))).toMatchObject({ code: 50035 });
  expect(await failure(made.send({ content: 'Hi', username: 'Clyde' }))).toMatchObject({
    errors: {
      username: {
        _errors: [{ code: 'USERNAME_INVALID_CONTAINS', message: 'Username cannot contain "clyde"' }],
      },
    },
  });
  for (let number = 2; number <= 15; number++) await channel.createWebhook({ name: `News ${number}` });
  expect(await failure(channel.createWebhook({ name: 'Sixteenth' }))).toMatchObject({ code: 30007 });
  discord.faults.losePermission(ada.channel, 'ManageWebhooks');
  expect(await failure(channel.createWebhook({ name: 'News' }))).toMatchObject({ code: 50013 });
});

test('what a webhook cannot have here is refused, not dropped', async () => {
  const { discord, channel } = await stage();
  const made = await channel.createWebhook({ name: 'News' });
  expect(await failure(made.send({ content: 'Hi', avatarURL: 'https://example.com/a.png' }))).toMatchObject({
    code: 50035,
  });
  expect(discord.violations[0]?.faults[0]?.code).toBe('LOCAL_DISCORD_NOT_MODELLED');
});
