import {
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  PermissionFlagsBits,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { LocalDiscord } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const {
  Subcommand,
  String: Text,
  Integer,
  Number: Decimal,
  Boolean: Flag,
  User,
  Channel,
  Role,
} = ApplicationCommandOptionType;

const quiz: ApplicationCommandDataResolvable = {
  name: 'quiz',
  description: 'Group quizzes',
  options: [
    {
      type: Subcommand,
      name: 'start',
      description: 'Starts one',
      options: [
        {
          type: Text,
          name: 'level',
          description: 'How hard',
          choices: [{ name: 'Advanced', value: 'advanced' }],
        },
        { type: Text, name: 'topic', description: 'About what', autocomplete: true, maxLength: 20 },
        { type: Integer, name: 'rounds', description: 'How many', minValue: 1, maxValue: 30 },
        { type: Decimal, name: 'pace', description: 'How fast' },
        { type: Flag, name: 'private', description: 'Only for me' },
        { type: User, name: 'member', description: 'Against whom' },
        { type: Channel, name: 'channel', description: 'Where' },
        { type: Role, name: 'role', description: 'Who is told' },
      ],
    },
    { type: Subcommand, name: 'stop', description: 'Stops it' },
  ],
};
const say: ApplicationCommandDataResolvable = {
  name: 'say',
  description: 'Says it',
  options: [{ type: Text, name: 'what', description: 'The words', required: true }],
};

/** A bot that answers every command with the JSON of what it was given. */
async function withEcho(commands: readonly ApplicationCommandDataResolvable[]): Promise<LocalDiscord> {
  const discord = await startDiscord();
  discord.server('Study group', { channels: ['general', 'drills'] }).role('Owls');
  discord.member('Grace');
  const bot = await startBot(discord, (interaction) => {
    if (interaction.isAutocomplete()) {
      const { name, value } = interaction.options.getFocused(true);
      return interaction.respond([{ name: `${name}=${value}`, value: 'x' }]);
    }
    if (!interaction.isChatInputCommand()) return;
    const { options } = interaction;
    return interaction.reply(
      JSON.stringify({
        subcommand: options.getSubcommand(false) ?? undefined,
        level: options.getString('level') ?? undefined,
        topic: options.getString('topic') ?? undefined,
        rounds: options.getInteger('rounds') ?? undefined,
        pace: options.getNumber('pace') ?? undefined,
        private: options.getBoolean('private') ?? undefined,
        member: options.getUser('member')?.displayName,
        channel: options.getChannel('channel')?.name,
        role: options.getRole('role')?.name,
      }),
    );
  });
  await bot.application.commands.set(commands);
  return discord;
}

test.each([
  ['/quiz stop', { subcommand: 'stop' }],
  ['/quiz start', { subcommand: 'start' }],
  ['/quiz start level:Advanced rounds:3', { subcommand: 'start', level: 'advanced', rounds: 3 }],
  ['/quiz start level:advanced private:true', { subcommand: 'start', level: 'advanced', private: true }],
  ['/quiz start topic:query sets rounds:3', { subcommand: 'start', topic: 'query sets', rounds: 3 }],
  ['/quiz start topic:"rounds:9 is text"', { subcommand: 'start', topic: 'rounds:9 is text' }],
  ['/quiz start topic:odd:one pace:1.5', { subcommand: 'start', topic: 'odd:one', pace: 1.5 }],
  ['/quiz start member:Grace', { subcommand: 'start', member: 'Grace' }],
  [
    '/quiz start member:@Grace channel:#drills role:@Owls',
    { subcommand: 'start', member: 'Grace', channel: 'drills', role: 'Owls' },
  ],
])('%s reaches the bot as typed', async (text, options) => {
  const discord = await withEcho([quiz]);
  const reply = await discord.member('Ada').slash(text);
  expect(JSON.parse(reply.text)).toEqual(options);
});

test.each([
  ['/nothing', /no command \/nothing/],
  ['/quiz', /needs one of start, stop/],
  ['/quiz begin', /needs one of start, stop, not "begin"/],
  ['/quiz start rounds:31', /31 is more than 30/],
  ['/quiz start rounds:0', /0 is less than 1/],
  ['/quiz start rounds:2.5', /no whole number/],
  ['/quiz start rounds:many', /no number/],
  ['/quiz start level:expert', /"expert" is none of Advanced/],
  ['/quiz start private:maybe', /neither true nor false/],
  ['/quiz start member:Nobody', /no user "Nobody"/],
  ['/quiz start speed:3', /has no option speed/],
  ['/quiz start topic:123456789012345678901', /at most 20 characters/],
  ['/say', /what is required/],
])('%s is refused by the client', async (text, why) => {
  const discord = await withEcho([quiz, say]);
  await expect(discord.member('Ada').slash(text)).rejects.toThrow(why);
});

test('autocomplete offers what the bot suggests for what is typed so far', async () => {
  const discord = await withEcho([quiz]);
  const choices = await discord.member('Ada').complete('/quiz start rounds:3 topic:que');
  expect(choices).toEqual([{ name: 'topic=que', value: 'x' }]);
  expect(await discord.member('Ada').complete('/quiz start topic:')).toEqual([
    { name: 'topic=', value: 'x' },
  ]);
});

test('a command for admins is refused to others, unless they may', async () => {
  const discord = await withEcho([{ ...say, defaultMemberPermissions: PermissionFlagsBits.ManageGuild }]);
  const ada = discord.member('Ada');
  await expect(ada.slash('/say what:x')).rejects.toThrow('Ada may not use /say');
  ada.allow('ManageGuild');
  expect((await ada.slash('/say what:x')).failed).toBeUndefined();
  ada.disallow('ManageGuild').allow('Administrator');
  expect((await ada.slash('/say what:x')).failed).toBeUndefined();
});

test('commands work in a direct message where they say so', async () => {
  const discord = await withEcho([
    { ...say, contexts: [0, 1] },
    { ...quiz, contexts: [0] },
  ]);
  const ada = discord.member('Ada');
  const reply = await ada.slash('/say what:x', { channel: ada.dm });
  expect(reply.text).toBe('{}');
  expect(ada.dm.messages.map(({ id }) => id)).toEqual([reply.message.id]);
  await expect(ada.slash('/quiz stop', { channel: ada.dm })).rejects.toThrow('/quiz is not for here');
});

test('the bot sees who asked, where, in which language and with which permissions', async () => {
  const discord = await startDiscord();
  const server = discord.server('Lerngruppe', { locale: 'de' });
  const ada = discord.member('Ada', { server, permissions: ['ManageGuild'], locale: 'en-GB' });
  const seen: unknown[] = [];
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isChatInputCommand() || !interaction.inCachedGuild()) return;
    seen.push(
      interaction.user.displayName,
      interaction.channel?.name,
      interaction.locale,
      interaction.guildLocale,
      interaction.memberPermissions.has('ManageGuild'),
      interaction.memberPermissions.has('ManageRoles'),
      interaction.appPermissions.has('AttachFiles'),
      interaction.context,
    );
    await interaction.reply('ok');
  });
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  await ada.slash('/hello');
  expect(seen).toEqual(['Ada', 'general', 'en-GB', 'de', true, false, true, 0]);
});

test('registering keeps ids, and each write is counted', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const first = await bot.application.commands.set([quiz, say]);
  const second = await bot.application.commands.set([quiz]);
  expect([...second.keys()]).toEqual([first.find(({ name }) => name === 'quiz')?.id]);
  expect((await bot.application.commands.fetch()).map(({ name }) => name)).toEqual(['quiz']);
  expect(discord.commandWrites.map(({ method, names }) => [method, names])).toEqual([
    ['PUT', ['quiz', 'say']],
    ['PUT', ['quiz']],
  ]);
});

test('a server’s own commands are there and nowhere else', async () => {
  const discord = await startDiscord();
  const [here, there] = [discord.server('Here'), discord.server('There')];
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('ok'));
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }], here.id);
  expect((await discord.member('Ada', { server: here }).slash('/hello')).text).toBe('ok');
  await expect(discord.member('Ada', { server: there }).slash('/hello')).rejects.toThrow('no command');
});

const plain = { name: 'hello', description: 'Says hello' };
const option = { type: 3, name: 'what', description: 'The words' };

test.each([
  ['a name with capitals', { ...plain, name: 'Hello' }, '0.name'],
  ['a name with a space', { ...plain, name: 'say hello' }, '0.name'],
  ['a name of 33 characters', { ...plain, name: 'x'.repeat(33) }, '0.name'],
  ['no description', { name: 'hello' }, '0.description'],
  ['a description of 101 characters', { ...plain, description: 'x'.repeat(101) }, '0.description'],
  [
    '26 options',
    { ...plain, options: Array.from({ length: 26 }, (_, i) => ({ ...option, name: `o${i}` })) },
    '0.options',
  ],
  ['two options of one name', { ...plain, options: [option, option] }, '0.options.1.name'],
  [
    'a required option after one that is not',
    { ...plain, options: [option, { ...option, name: 'then', required: true }] },
    '0.options.1',
  ],
  [
    'choices together with autocomplete',
    { ...plain, options: [{ ...option, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }] },
    '0.options.0.autocomplete',
  ],
  [
    'a choice of 101 characters',
    { ...plain, options: [{ ...option, choices: [{ name: 'x'.repeat(101), value: 'a' }] }] },
    '0.options.0.choices.0.name',
  ],
  [
    'options beside subcommands',
    { ...plain, options: [option, { type: 1, name: 'sub', description: 'x' }] },
    '0.options',
  ],
])('a command with %s is refused', async (_what, command, path) => {
  const discord = await startDiscord({ violationsExpected: true });
  const put = restOf(discord).put(`/applications/${discord.world.bot.id}/commands`, { body: [command] });
  expect(await failure(put)).toMatchObject({ status: 400, code: 50035 });
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
});

test('two commands of one name are refused', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const put = restOf(discord).put(`/applications/${discord.world.bot.id}/commands`, { body: [plain, plain] });
  expect(await failure(put)).toMatchObject({ status: 400, code: 50035 });
});
