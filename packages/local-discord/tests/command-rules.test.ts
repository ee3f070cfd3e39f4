import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { ManualTime } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const option = (over: object) => ({ options: [{ type: 3, name: 'word', description: 'A word', ...over }] });
const choices = (...values: string[]) => values.map((value) => ({ name: value, value }));

test.each<[string, object, string]>([
  ['a localised name with capitals', { name_localizations: { de: 'Frage' } }, 'name_localizations.de'],
  ['a language that is none', { name_localizations: { tlh: 'ghel' } }, 'name_localizations.tlh'],
  [
    'a description in a language that is none',
    { description_localizations: { tlh: 'ghel' } },
    'description_localizations.tlh',
  ],
  [
    'an option described in a language that is none',
    option({ description_localizations: { tlh: 'ghel' } }),
    'options.0.description_localizations.tlh',
  ],
  [
    'a choice named in a language that is none',
    option({ choices: [{ name: 'a', value: 'a', name_localizations: { tlh: 'ghel' } }] }),
    'options.0.choices.0.name_localizations.tlh',
  ],
  [
    'a choice whose value has 101 characters',
    option({ choices: [{ name: 'a', value: 'a'.repeat(101) }] }),
    'options.0.choices.0.value',
  ],
  ['a description in a menu', { name: 'Try it', type: 3 }, 'description'],
  ['an age restriction that is no yes or no', { nsfw: 'maybe' }, 'nsfw'],
  ['a description of spaces', { description: '  ' }, 'description'],
  ['a user install', { integration_types: [0, 1] }, 'integration_types'],
  ['two choices of one name', option({ choices: choices('a', 'a') }), 'options.0.choices'],
  [
    'a least number above the greatest',
    option({ type: 4, min_value: 3, max_value: 2 }),
    'options.0.min_value',
  ],
  ['a least length above the greatest', option({ min_length: 3, max_length: 2 }), 'options.0.min_length'],
  [
    'a group without commands',
    { options: [{ type: 2, name: 'group', description: 'Empty' }] },
    'options.0.options',
  ],
])('a command with %s is refused', async (_what, over, path) => {
  const discord = await startDiscord({ violationsExpected: true });
  const made = restOf(discord).post(Routes.applicationCommands(discord.world.bot.id), {
    body: { name: 'try', description: 'Tries', ...over },
  });
  expect(await failure(made)).toMatchObject({ status: 400, code: 50035 });
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
});

test('an age-restricted command is offered in age-restricted channels only', async () => {
  const discord = await startDiscord();
  discord.server('Study group', { botPermissions: ['ViewChannel', 'ManageChannels'] });
  const ada = discord.member('Ada');
  const bot = await startBot(discord, (i) => i.isChatInputCommand() && i.reply('Bets are on'));
  const body = { name: 'bet', description: 'Bets', nsfw: true };
  expect(await bot.application.commands.create(body)).toMatchObject({ nsfw: true });
  await bot.application.commands.set([body]);
  await expect(ada.slash('/bet')).rejects.toThrow('age-restricted');
  await restOf(discord).patch(Routes.channel(ada.channel.id), { body: { nsfw: true } });
  expect((await ada.slash('/bet')).text).toBe('Bets are on');
});

test('there are 100 commands at most', async () => {
  const discord = await startDiscord();
  const make = (name: string): Promise<unknown> =>
    restOf(discord).post(Routes.applicationCommands(discord.world.bot.id), {
      body: { name, description: 'Tries' },
    });
  for (let number = 0; number < 100; number++) await make(`try${number}`);
  await make('try0');
  expect(await failure(make('try100'))).toMatchObject({ code: 30032 });
});

test('a command has 8,000 characters at most, each text in its longest language', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const made = (each: number): Promise<unknown> => {
    const options = Array.from({ length: 25 }, (_, index) => ({
      type: 3,
      name: `o${index}`,
      description: 'd',
      description_localizations: { de: 'd'.repeat(100) },
      choices: Array.from({ length: 3 }, (_, choice) => ({
        name: `c${choice}`,
        name_localizations: { de: `${choice}`.padEnd(each, 'c'), fr: `${choice}c` },
        value: 'v'.repeat(choice + 1),
      })),
    }));
    const body = { name: 'try', description: 'Tries', options };
    return restOf(discord).post(Routes.applicationCommands(discord.world.bot.id), { body });
  };
  await made(60);
  expect(await failure(made(80))).toMatchObject({ status: 400, code: 50035 });
});

test('there are 15 commands in the menus of messages at most', async () => {
  const discord = await startDiscord();
  const make = (number: number): Promise<unknown> =>
    restOf(discord).post(Routes.applicationCommands(discord.world.bot.id), {
      body: { name: `Try ${number}`, type: 3 },
    });
  for (let number = 0; number < 15; number++) await make(number);
  expect(await failure(make(15))).toMatchObject({ code: 30032 });
});

test('200 commands may be made in a day, and again on the next; changing one is free', async () => {
  const time = new ManualTime();
  const discord = await startDiscord({ time });
  const set = (prefix: string, count = 100): Promise<unknown> =>
    restOf(discord).put(Routes.applicationCommands(discord.world.bot.id), {
      body: Array.from({ length: count }, (_, index) => ({
        name: `${prefix}${index}`,
        description: 'Tries',
      })),
    });
  await set('a');
  await set('b');
  await set('b');
  expect(await failure(set('c', 1))).toMatchObject({ status: 400, code: 30034 });
  await time.advance('24h');
  await set('c');
});

test('a list that was right once is looked at again when anything in it has changed', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const set = (description: string): Promise<unknown> =>
    restOf(discord).put(Routes.applicationCommands(discord.world.bot.id), {
      body: [{ name: 'try', description }],
    });
  await set('Tries');
  await set('Tries');
  for (let attempt = 0; attempt < 2; attempt++)
    expect(await failure(set('T'.repeat(101)))).toMatchObject({ status: 400, code: 50035 });
  await set('Tries again');
  expect(discord.world.globalCommands.values().next().value).toMatchObject({ description: 'Tries again' });
});
