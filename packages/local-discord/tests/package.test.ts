import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ChannelType,
  ComponentType,
  GatewayDispatchEvents,
  Locale,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { matchers } from '../src/index.js';
import * as json from '../src/json.js';
import { ChannelType as ownChannelType } from '../src/state.js';
import { locales, permissionFlags } from '../src/tables.js';
import { failure, restOf } from './bot.js';
import { startDiscord } from './discord.js';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The README with its tables as they are now; `WRITE_TABLES=1` puts them in. */
function withTables(readme: string, routes: readonly string[]): string {
  const sources = readdirSync(join(here, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(here, 'src', name), 'utf8'))
    .join('\n');
  const named = sources.matchAll(
    /'((?:GUILD|CHANNEL|THREAD|MESSAGE|INTERACTION|WEBHOOKS)_[A-Z_]+[A-Z]|READY|RESUMED|RATE_LIMITED)'/g,
  );
  const real: readonly string[] = Object.values(GatewayDispatchEvents);
  const events = new Set([...named].flatMap(([, name]) => (name && real.includes(name) ? name : [])));
  for (const [kind, whats] of Object.entries({
    CHANNEL: ['CREATE', 'UPDATE', 'DELETE'],
    THREAD: ['CREATE', 'UPDATE', 'DELETE'],
    GUILD_ROLE: ['CREATE', 'UPDATE', 'DELETE'],
    GUILD_MEMBER: ['ADD', 'UPDATE', 'REMOVE'],
    GUILD_BAN: ['ADD', 'REMOVE'],
    MESSAGE_REACTION: ['ADD', 'REMOVE', 'REMOVE_ALL', 'REMOVE_EMOJI'],
    GUILD_SCHEDULED_EVENT: ['CREATE', 'UPDATE', 'DELETE'],
  }))
    for (const what of whats) events.add(`${kind}_${what}`);
  const byPath = [...routes].sort(
    (a, b) => (a.split(' ')[1] ?? '').localeCompare(b.split(' ')[1] ?? '') || a.localeCompare(b),
  );
  const put = (text: string, mark: string, lines: readonly string[]): string =>
    text.replace(
      new RegExp(`<!-- ${mark} -->[\\s\\S]*<!-- /${mark} -->`),
      `<!-- ${mark} -->\n${lines.join('\n')}\n<!-- /${mark} -->`,
    );
  const routeLines = [
    '| Method | Path |',
    '| --- | --- |',
    ...byPath.map((route) => `| ${route.replace(' ', ' | ')} |`),
  ];
  return put(put(readme, 'routes', routeLines), 'events', [
    [...events]
      .sort()
      .map((name) => `\`${name}\``)
      .join(', '),
  ]);
}

test('the README lists the routes and events that there are', async () => {
  const discord = await startDiscord();
  const file = join(here, 'README.md');
  const readme = readFileSync(file, 'utf8');
  const current = withTables(readme, discord.routes);
  if (process.env['WRITE_TABLES']) writeFileSync(file, current);
  else expect(readme).toBe(current);
});

test('the published types need none of a package that ships no types', () => {
  const declared = readdirSync(join(here, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.d.ts'),
  );
  expect(declared).toContain('index.d.ts');
  const untyped = declared.filter((name) =>
    readFileSync(join(here, 'dist', name), 'utf8').includes('discord-api-spec'),
  );
  expect(untyped).toEqual([]);
});

test('names and numbers are those of discord-api-types', () => {
  expect(permissionFlags).toEqual(PermissionFlagsBits);
  expect(locales).toEqual(Object.values(Locale));
  const numbers = (table: object): number[] =>
    Object.values(table).filter((value) => typeof value === 'number');
  expect(numbers(ComponentType)).toEqual(expect.arrayContaining(numbers(json.ComponentType)));
  expect(numbers(ChannelType)).toEqual(expect.arrayContaining(numbers(ownChannelType)));
  expect(numbers(MessageFlags)).toEqual(expect.arrayContaining(numbers(json.MessageFlag)));
});

test('matchers say what a message is and what it is not', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const card = ada.says(`Hello ${ada.mention}`);
  expect(matchers.toShow(card, 'Hello').pass).toBe(true);
  await import('../src/vitest.js');
  expect(card).toShow('Hello');
  expect(card).not.toBeEphemeral();
  await expect(ada.slash('/nothing')).rejects.toBeRefused(/no command/);
  expect(matchers.toShow(card, /^Bye/).message()).toContain('Expected the message to show /^Bye/');
  expect(matchers.toPingNobody(card).pass).toBe(false);
  expect(matchers.toBeEphemeral(card).pass).toBe(false);
  expect(matchers.toHaveButton(card, 'Go').pass).toBe(false);
  const refused = await matchers.toBeRefused(restOf(discord).get('/channels/1'), 10003);
  expect(refused.pass).toBe(true);
  const typed = (): Promise<unknown> => ada.slash('/nothing');
  expect((await matchers.toBeRefused(typed())).pass).toBe(true);
  expect((await matchers.toBeRefused(typed(), 'no command')).pass).toBe(true);
  expect((await matchers.toBeRefused(typed(), /gone/)).message()).toContain('There is no command /nothing');
  await expect(matchers.toBeRefused(Promise.reject(new Error('odd')))).rejects.toThrow('odd');
  expect(await failure(restOf(discord).get('/channels/1'))).toMatchObject({ code: 10003 });
});

test('a bot that is left as it is comes to the local Discord by --import', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = spawn(
    process.execPath,
    ['--import', join(here, 'dist/register.js'), join(here, 'examples/coin.mjs')],
    {
      env: { ...process.env, LOCAL_DISCORD_API: discord.apiUrl, DISCORD_TOKEN: discord.token },
      stdio: 'inherit',
    },
  );
  try {
    await discord.commandsRegistered();
    const card = await ada.slash('/flip');
    expect(card.text).toMatch(/^(Heads|Tails)!$/);
    expect(matchers.toHaveButton(card, 'Again').pass).toBe(true);
    expect((await ada.press(card, 'Again')).text).toMatch(/^(Heads|Tails)!$/);
  } finally {
    const gone = new Promise((resolve) => bot.once('exit', resolve));
    bot.kill('SIGKILL');
    await gone;
  }
});
