import { Events, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { Chaos, type ChaosKind } from '../src/chaos.js';
import type { LocalDiscord } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const hello = [{ name: 'hello', description: 'Says hello' }];

async function only(kind: ChaosKind, percent = 100) {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Hello'));
  await bot.application.commands.set(hello);
  const calm = discord.faults.chaos({ seed: 1, percent, kinds: [kind] });
  return { discord, ada, bot, calm };
}

const said = (discord: LocalDiscord): string => discord.transcript(200);

test('the same seed does the same to the same things, whatever goes on beside them', () => {
  const posts = (chaos: Chaos, beside: boolean): unknown[] =>
    Array.from({ length: 40 }, (_, index) => {
      if (beside) chaos.request({ method: 'GET', path: `/channels/${10n ** 17n}` });
      if (beside) chaos.event('MESSAGE_CREATE');
      return chaos.request({ method: 'POST', path: `/channels/${10n ** 17n + BigInt(index)}/messages` });
    });
  expect(posts(new Chaos({ seed: 3 }), false)).toEqual(posts(new Chaos({ seed: 3 }), true));
  expect(posts(new Chaos({ seed: 3 }), false)).not.toEqual(posts(new Chaos({ seed: 4 }), false));
});

test('seeds have little to do with each other, nor one request with the next', () => {
  const met = (seed: number): string => {
    const chaos = new Chaos({ seed, percent: 50 });
    return Array.from({ length: 64 }, () =>
      chaos.request({ method: 'GET', path: '/users/@me' }) ? '1' : '0',
    ).join('');
  };
  const all = Array.from({ length: 100 }, (_, seed) => met(seed));
  expect(new Set(all.map((each) => each.slice(0, 32))).size).toBe(100);
  expect(new Set(all.map((each) => each.slice(1, 33))).size).toBe(100);
  for (let first = 0; first < 99; first++)
    expect(all[first]?.slice(1, 33)).not.toBe(all[first + 1]?.slice(0, 32));
  const alike = all.flatMap((each) => [...each].map((bit, index) => bit === each[index + 1]));
  expect(alike.filter(Boolean).length / alike.length).toBeCloseTo(0.5, 1);
});

test('a request of a hundred in twenty meets something, and never a limit on a first reply', () => {
  const chaos = new Chaos({ seed: 1 });
  const met = Array.from({ length: 2_000 }, () =>
    chaos.request({ method: 'POST', path: '/interactions/1/a/callback' }),
  );
  const kinds = met.flatMap((mishap) => mishap?.kind ?? []);
  expect(kinds.length).toBeGreaterThan(300);
  expect(kinds.length).toBeLessThan(500);
  expect(new Set(kinds)).toEqual(new Set(['slow', 'failed', 'lost']));
});

test('a lost answer was carried out: asked again, a first reply is there already, a post with a nonce is one', async () => {
  const { discord, ada, bot, calm } = await only('lost');
  bot.rest.options.retries = 0;
  bot.removeAllListeners(Events.InteractionCreate);
  const outcome = new Promise((resolve) =>
    bot.once(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isCommand()) return;
      await interaction.reply('Hello').catch(() => {});
      calm();
      resolve((await failure(interaction.reply('Hello'))).code);
    }),
  );
  expect((await ada.slash('/hello')).text).toBe('Hello');
  expect(await outcome).toBe(40060);
  discord.faults.chaos({ seed: 1, percent: 100, kinds: ['lost'] });
  const body = { content: 'Once', nonce: '7', enforce_nonce: true };
  const post = (): Promise<unknown> => bot.rest.post(Routes.channelMessages(ada.channel.id), { body });
  await expect(post()).rejects.toThrow();
  await expect(post()).rejects.toThrow();
  expect(ada.channel.messages.filter(({ text }) => text === 'Once')).toHaveLength(1);
  expect(said(discord)).toContain('chaos: POST /channels/');
});

test('a refused request was not carried out', async () => {
  const { ada, bot } = await only('failed');
  bot.rest.options.retries = 0;
  await expect(
    bot.rest.post(Routes.channelMessages(ada.channel.id), { body: { content: 'Hi' } }),
  ).rejects.toMatchObject({ status: 502 });
  expect(ada.channel.messages).toEqual([]);
});

test('an interaction may come twice, and is answered once', async () => {
  const { ada, bot } = await only('repeated');
  const codes: unknown[] = [];
  bot.removeAllListeners(Events.InteractionCreate);
  const twice = new Promise<void>((resolve) => {
    let times = 0;
    bot.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isCommand()) return;
      await interaction.reply('Hello').catch(({ code }: { code: unknown }) => codes.push(code));
      times += 1;
      if (times === 2) resolve();
    });
  });
  expect((await ada.slash('/hello')).text).toBe('Hello');
  await twice;
  expect(codes).toEqual([40060]);
});

test('events of other channels may overtake; those of one channel keep their order', async () => {
  const discord = await startDiscord({ privilegedIntents: 1 << 15 });
  const server = discord.server('Study group', { channels: ['one', 'two', 'three'] });
  const ada = discord.member('Ada', { server });
  const bot = await startBot(discord, undefined, { intents: [1, 1 << 9, 1 << 15] });
  const heard: string[] = [];
  bot.on(Events.MessageCreate, ({ content }) => heard.push(content));
  discord.faults.chaos({ seed: 2, percent: 50, kinds: ['reordered'] });
  const sent: string[] = [];
  for (let number = 0; number < 30; number++) {
    const [channel] = [server.channels[number % 3]];
    if (channel) ada.says(`${channel.name} ${number}`, channel);
    sent.push(`${channel?.name} ${number}`);
  }
  await expect.poll(() => heard.length).toBe(sent.length);
  expect(heard).not.toEqual(sent);
  for (const name of ['one', 'two', 'three']) {
    const of = (list: readonly string[]): string[] => list.filter((each) => each.startsWith(name));
    expect(of(heard)).toEqual(of(sent));
  }
});

test('the connection goes and comes: nothing is missed, and a resume brings some of it again', async () => {
  const { discord, ada, bot } = await only('reconnect', 500);
  const events = eventsOf(bot);
  for (let number = 0; number < 12; number++) expect((await ada.slash('/hello')).text).toBe('Hello');
  expect(said(discord)).toContain('chaos: the connection: ');
  expect(events.all.some(({ t }) => t === 'RESUMED')).toBe(true);
});

test('a bot that repeats what fails answers everybody on twenty bad days', async () => {
  const { discord, ada, bot, calm } = await only('slow', 0);
  calm();
  bot.rest.options.retries = 9;
  bot.removeAllListeners(Events.InteractionCreate);
  bot.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isCommand()) return;
    // Told that it has answered already, it has.
    await interaction.reply('Hello').catch(({ code }: { code: unknown }) => expect(code).toBe(40060));
  });
  for (let seed = 1; seed <= 20; seed++) {
    const end = discord.faults.chaos({ seed, percent: 30 });
    const replies = await Promise.all(Array.from({ length: 4 }, () => ada.slash('/hello')));
    for (const reply of replies) expect(reply.text).toBe('Hello');
    end();
  }
});

test('a zombie connection is given up by its client, and resumed', async () => {
  const discord = await startDiscord({ heartbeatMs: 60 });
  const bot = await startBot(discord);
  discord.faults.acknowledgeHeartbeats(false);
  const resumed = new Promise((resolve) => bot.once(Events.ShardResume, resolve));
  await new Promise((resolve) => bot.once(Events.ShardReconnecting, resolve));
  discord.faults.acknowledgeHeartbeats(true);
  await resumed;
});

test.each([4, 31, 43])('opcode %i, which is not there, does not pass in silence', async (op) => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  bot.ws.shards.first()?.send({ op, d: { guild_id: discord.server('Study group').id } });
  await expect.poll(() => discord.unknownRoutes.splice(0)).toHaveLength(1);
});

test('a request to a route without a token is not barred by chaos', async () => {
  const { discord } = await only('slow');
  expect(await restOf(discord).get('/gateway', { auth: false })).toMatchObject({ url: discord.gateway.url });
});
