import { Events, GatewayIntentBits, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

test('a bot that does not see a channel hears nothing of it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const hidden = ada.server.channel('staff');
  discord.faults.losePermission(hidden, 'ViewChannel');
  const bot = await startBot(discord, undefined, { intents });
  const events = eventsOf(bot);
  ada.says('between ourselves', hidden);
  ada.server.thread(hidden, 'Still between ourselves');
  const open = events.next('MESSAGE_CREATE');
  ada.says('for all');
  expect((await open).d.channel_id).toBe(ada.channel.id);
  expect(events.all.map(({ t }) => t)).toEqual(['MESSAGE_CREATE']);
});

test('a bot that was kicked hears nothing any more', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const elsewhere = discord.member('Ben', { server: discord.server('Another') });
  const bot = await startBot(discord, undefined, { intents });
  const events = eventsOf(bot);
  ada.server.removeBot();
  ada.says('Good riddance');
  ada.server.channel('new');
  const heard = events.next('MESSAGE_CREATE');
  elsewhere.says('Hello');
  await heard;
  expect(events.all.map(({ t }) => t)).toEqual(['GUILD_DELETE', 'MESSAGE_CREATE']);
});

test('a channel that the bot cannot view comes without its name, and whole once it can', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group');
  const hidden = server.channel('staff');
  discord.faults.losePermission(hidden, 'ViewChannel');
  const bot = await startBot(discord);
  const cached = bot.guilds.cache.get(server.id)?.channels.cache.get(hidden.id);
  expect(cached?.name).toBe('___hidden___');
  expect(cached?.flags.bitfield).toBe(1 << 17);
  expect(JSON.stringify(await restOf(discord).get(Routes.guildChannels(server.id)))).not.toContain(hidden.id);
  const shown = new Promise((resolve) => bot.once(Events.ChannelUpdate, resolve));
  discord.faults.givePermission(hidden, 'ViewChannel');
  await shown;
  expect(bot.guilds.cache.get(server.id)?.channels.cache.get(hidden.id)?.name).toBe('staff');
});

test('coming to see a channel, the bot learns of the threads in it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  discord.faults.losePermission(ada.channel, 'ViewChannel');
  const thread = ada.server.thread(ada.channel, 'Aside');
  const bot = await startBot(discord);
  expect(bot.channels.cache.has(thread.id)).toBe(false);
  const synced = eventsOf(bot).next('THREAD_LIST_SYNC');
  discord.faults.givePermission(ada.channel, 'ViewChannel');
  expect((await synced).d.threads.map(({ id }: { id: string }) => id)).toEqual([thread.id]);
});

test('an interaction shows its channel whole, whether the bot can view it or not', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const hidden = ada.server.channel('staff');
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Hello'));
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  discord.faults.losePermission(hidden, 'ViewChannel');
  const asked = eventsOf(bot).next('INTERACTION_CREATE');
  await ada.slash('/hello', { channel: hidden });
  expect((await asked).d.channel.name).toBe('staff');
});

test('a message tells who its author and those it mentions are in the server', async () => {
  const discord = await startDiscord({ privilegedIntents: GatewayIntentBits.MessageContent });
  const [ada, ben] = [discord.member('Ada'), discord.member('Ben')];
  const bot = await startBot(discord, undefined, { intents: [...intents, GatewayIntentBits.MessageContent] });
  const heard = eventsOf(bot).next('MESSAGE_CREATE');
  ada.says(`Hello ${ben.mention}`);
  const { d } = await heard;
  expect(d).toMatchObject({ channel_type: 0, member: { roles: [], nick: null } });
  expect(d.member).not.toHaveProperty('user');
  expect(d.mentions).toMatchObject([{ id: ben.id, member: { roles: [] } }]);
  expect(ada.channel.last.raw).not.toHaveProperty('member');
});

test('a bot hears of its own ephemeral messages as of direct ones', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(
    discord,
    (interaction) => interaction.isCommand() && interaction.reply({ content: 'psst', flags: 64 }),
    { intents },
  );
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  const heard = eventsOf(bot).next('MESSAGE_CREATE');
  await ada.slash('/hello');
  expect((await heard).d).not.toHaveProperty('guild_id');
});

test('what a message answers is not told to a bot that may not read it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const { id } = ada.says('a secret');
  const posted = (await restOf(discord).post(Routes.channelMessages(ada.channel.id), {
    body: { content: 'An answer', message_reference: { message_id: id } },
  })) as { id: string };
  const read = await restOf(discord).get(Routes.channelMessage(ada.channel.id, posted.id));
  expect(read).toMatchObject({ content: 'An answer', referenced_message: { content: '' } });
  expect(ada.channel.last.raw).toMatchObject({ referenced_message: { content: 'a secret' } });
});

test('the words of others come over HTTP only to a bot that may read them', async () => {
  const words = async (privilegedIntents: number): Promise<string> => {
    const discord = await startDiscord({ privilegedIntents });
    const ada = discord.member('Ada');
    ada.says('a secret');
    return JSON.stringify(await restOf(discord).get(Routes.channelMessages(ada.channel.id)));
  };
  expect(await words(0)).not.toContain('a secret');
  expect(await words(GatewayIntentBits.MessageContent)).toContain('a secret');
});
