import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { failure, restOf } from './bot.js';
import { startDiscord } from './discord.js';

const option = (over: object) => ({ options: [{ type: 3, name: 'word', description: 'A word', ...over }] });
const choices = (...values: string[]) => values.map((value) => ({ name: value, value }));

test.each<[string, object, string]>([
  ['a localised name with capitals', { name_localizations: { de: 'Frage' } }, 'name_localizations.de'],
  ['a language that is none', { name_localizations: { tlh: 'ghel' } }, 'name_localizations.tlh'],
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
