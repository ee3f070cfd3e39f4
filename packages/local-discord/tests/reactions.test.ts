import { GatewayIntentBits, Routes, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import type { PermissionName } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

async function stage(...given: PermissionName[]) {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  discord.faults.givePermission(ada.channel, 'ReadMessageHistory', ...given);
  const intents = [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
  ];
  const bot = await startBot(discord, undefined, { intents });
  const message = await (bot.channels.cache.get(ada.channel.id) as TextChannel).send('Vote');
  const card = ada.channel.last;
  return { discord, ada, bot, message, card, events: eventsOf(bot), rest: restOf(discord) };
}

test('a bot reacts, people react, and both see how many did', async () => {
  const { ada, message, card, events } = await stage();
  await message.react('👍');
  const told = events.next('MESSAGE_REACTION_ADD', ({ d }) => d.user_id === ada.id);
  ada.reacts(card, '👍');
  ada.reacts(card, '❤️');
  expect((await told).d).toMatchObject({
    message_id: card.id,
    emoji: { id: null, name: '👍' },
    member: { user: { id: ada.id } },
  });
  expect(card.reactions.map(({ emoji, users }) => [emoji, users.length])).toEqual([
    ['👍', 2],
    ['❤️', 1],
  ]);
  expect((await message.fetch(true)).reactions.cache.get('👍')).toMatchObject({ count: 2, me: true });
  const users = await message.reactions.cache.get('👍')?.users.fetch();
  expect(users?.has(ada.id)).toBe(true);
  expect(card.edits).toBe(0);
});

test('reactions are taken back, and by a moderator all at once', async () => {
  const { ada, message, card, events } = await stage('ManageMessages');
  const reaction = await message.react('👍');
  ada.reacts(card, '👍');
  await reaction.users.remove(ada.id);
  expect(card.reactions[0]?.users).toHaveLength(1);
  ada.reacts(card, '🎉');
  ada.unreacts(card, '🎉');
  await reaction.remove();
  ada.reacts(card, '🎉');
  await message.reactions.removeAll();
  expect(card.reactions).toEqual([]);
  await expect
    .poll(() => events.all.map(({ t }) => t))
    .toEqual(
      expect.arrayContaining([
        'MESSAGE_REACTION_REMOVE',
        'MESSAGE_REACTION_REMOVE_EMOJI',
        'MESSAGE_REACTION_REMOVE_ALL',
      ]),
    );
});

test('what is no emoji, what is not there, and a twenty-first emoji are refused', async () => {
  const { discord, ada, message, card, rest } = await stage();
  expect(await failure(message.react('hello'))).toMatchObject({ code: 10014 });
  expect(
    await failure(rest.delete(Routes.channelMessageOwnReaction(ada.channel.id, card.id, '👍'))),
  ).toMatchObject({
    code: 10014,
  });
  const emoji = [...'🍇🍈🍉🍊🍋🍌🍍🥭🍎🍏🍐🍑🍒🍓🥝🍅🥥🥑🍆🥔'];
  for (const each of emoji) ada.reacts(card, each);
  expect(await failure(message.react('🥕'))).toMatchObject({ code: 30010 });
  expect(() => ada.reacts(card, '🥕')).toThrow('Maximum number of reactions');
  await message.react('🥔');
  expect(await failure(message.reactions.removeAll())).toMatchObject({ code: 50013 });
  expect(discord.refusals.splice(0)).toHaveLength(1);
});

test('a bot without Add Reactions may join in with what is there, and begin nothing', async () => {
  const { discord, ada, message, card } = await stage();
  discord.faults.losePermission(ada.channel, 'AddReactions');
  discord.faults.givePermission(ada.channel, 'ReadMessageHistory');
  expect(await failure(message.react('👍'))).toMatchObject({ code: 50013 });
  discord.refusals.splice(0);
  card.state.reactions.set('👍', { emoji: { id: null, name: '👍' }, users: new Set([ada.id]) });
  await message.react('👍');
  expect(card.reactions[0]?.users).toHaveLength(2);
});

test('people edit and delete what is theirs, and the bot hears of it', async () => {
  const { discord, ada, card, events } = await stage();
  const own = ada.says('Helo');
  const told = events.next('MESSAGE_UPDATE');
  ada.edits(own, 'Hello');
  expect((await told).d.id).toBe(own.id);
  ada.deletes(own);
  expect(own.deleted).toBe(true);
  expect(() => ada.edits(card, 'Hacked')).toThrow('not Ada’s');
  expect(discord.problems()).toEqual([]);
});

test('people use the menus on messages and on each other', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const ben = discord.member('Ben');
  const bot = await startBot(discord, (interaction) => {
    if (interaction.isMessageContextMenuCommand())
      return interaction.reply(`On ${interaction.targetMessage.content}`);
    if (interaction.isUserContextMenuCommand()) return interaction.reply(`Of ${interaction.targetUser.id}`);
    return undefined;
  });
  await bot.application.commands.set([
    { name: 'Pin it', type: 3 },
    { name: 'Who is it', type: 2 },
  ]);
  const card = ben.says('A question');
  expect((await ada.menu(card, 'Pin it')).text).toBe('On A question');
  expect((await ada.menu(ben, 'Who is it')).text).toBe(`Of ${ben.id}`);
  await expect(ada.menu(ben, 'Pin it')).rejects.toThrow('There is no "Pin it" in the menu');
});
