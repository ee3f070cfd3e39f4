import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Client, Events, type GatewayDispatchPayload, type Guild } from 'discord.js';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leaveUnread } from '../../src/discord/caches.js';
import { createClient } from '../../src/discord/client.js';
import { startDiscord } from '../helpers/discord.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `createClient` as the bundle has it, in which classes have other names. */
let made: Promise<typeof createClient> | undefined;
const bundled = (): Promise<typeof createClient> => (made ??= makeBundle());

async function makeBundle(): Promise<typeof createClient> {
  const { packagesOnce } = (await import(pathToFileURL(join(root, 'scripts/bundle.mjs')).href)) as {
    packagesOnce(root: string, folder: string): Plugin;
  };
  const dir = await mkdtemp(join(root, 'dist/caches-'));
  const outfile = join(dir, 'client.mjs');
  await build({
    entryPoints: [join(root, 'src/discord/client.ts')],
    outfile,
    bundle: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    external: ['zlib-sync', 'bufferutil', 'utf-8-validate'],
    plugins: [packagesOnce(root, dir)],
    banner: {
      js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);",
    },
    logLevel: 'error',
  });
  const { createClient: fromBundle } = await import(pathToFileURL(outfile).href);
  await rm(dir, { recursive: true });
  return fromBundle;
}

/** A client in a server with a thread, two roles and a member of its own. */
async function inServer(create: typeof createClient): Promise<{ client: Client; guild: Guild }> {
  const discord = await startDiscord();
  const server = discord.server('Study group');
  server.thread(server.channel('drills'), 'Revision');
  const client = create({ apiUrl: discord.apiUrl, shards: { ids: undefined, count: undefined } });
  onTestFinished(() => client.leave());
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  const guild = client.guilds.cache.first();
  if (!guild) throw new Error('The client is in no server');
  return { client, guild };
}

const clients: readonly [string, () => Promise<typeof createClient>][] = [
  ['from its sources', async () => createClient],
  ['in a bundle, where classes have other names', bundled],
];

describe.each(clients)('a client %s', (_, creating) => {
  it('keeps servers with their channels, roles and its own membership, and nothing else', async () => {
    const { client, guild } = await inServer(await creating());
    expect(guild.channels.cache.size).toBeGreaterThan(0);
    expect(guild.channels.cache.every((channel) => !channel.isThread())).toBe(true);
    expect(guild.roles.cache.has(guild.id)).toBe(true);
    expect([...guild.members.cache.keys()]).toEqual([client.user?.id]);
    expect(guild.members.me?.id).toBe(client.user?.id);
    const unread = [
      guild.emojis,
      guild.stickers,
      guild.presences,
      guild.voiceStates,
      guild.scheduledEvents,
      guild.soundboardSounds,
      guild.commands,
    ].map(({ cache }) => cache);
    expect(unread.map(({ size }) => size)).toEqual(unread.map(() => 0));
    // One for all of them: it can hold nothing.
    expect(new Set(unread).size).toBe(1);
  });

  it('has one object of a message for all who press its buttons, of the last 64 messages in all channels', async () => {
    const { guild } = await inServer(await creating());
    const channels = guild.channels.cache
      .filter((channel) => channel.isTextBased())
      .map(({ messages }) => messages);
    const [messages] = channels as unknown as [
      { _add(data: object): object; cache: ReadonlyMap<string, object> },
    ];
    const card = messages._add({ id: '100000000000000001', flags: 0 });
    expect(messages._add({ id: '100000000000000001', flags: 0 })).toBe(card);
    for (let id = 2; id < 100; id++) messages._add({ id: `1000000000000000${String(id).padStart(2, '0')}` });
    expect(channels.map(({ cache }) => cache.size)).toEqual(channels.map(() => 64));
    expect(messages.cache.has('100000000000000099')).toBe(true);
  });

  it('knows the last 5,000 users, and itself', async () => {
    const { client } = await inServer(await creating());
    const { users } = client as unknown as {
      users: { _add(data: object): void; cache: Client['users']['cache'] };
    };
    for (let id = 0; id < 5_100; id++) users._add({ id: `${10_000 + id}`, username: 'somebody' });
    expect(users.cache.size).toBe(5_000);
    expect(users.cache.has(client.user?.id ?? '')).toBe(true);
    expect(users.cache.has('15099')).toBe(true);
  });
});

it('makes nothing of what a server brings along and nobody reads', () => {
  const data = {
    id: '1',
    name: 'Study group',
    roles: [{ id: '1' }],
    members: [{ user: { id: '2' } }],
    channels: [{ id: '3', type: 0, topic: 'Long words', permission_overwrites: [{ id: '1' }] }],
    emojis: [{ id: '4' }],
    stickers: [{ id: '5' }],
    threads: [{ id: '6' }],
  };
  leaveUnread({ op: 0, s: 1, t: 'GUILD_CREATE', d: data } as unknown as GatewayDispatchPayload);
  expect(data).toMatchObject({
    name: 'Study group',
    roles: [{ id: '1' }],
    members: [{ user: { id: '2' } }],
    channels: [{ id: '3', topic: null, permission_overwrites: [{ id: '1' }] }],
    emojis: [],
    stickers: [],
    threads: [],
  });
});
