import { GatewayIntentBits } from 'discord.js';
import { expect, test } from 'vitest';
import { ManualTime } from '../src/index.js';
import { type OnInteraction, startBot } from './bot.js';
import { startDiscord, type TestDiscordOptions } from './discord.js';
import { eventsOf } from './events.js';

const nothing: OnInteraction = () => {};
const { Guilds, GuildMembers, GuildPresences } = GatewayIntentBits;
const privilegedIntents = GuildMembers | GuildPresences;

/** The owner, the bot, Ada with a role, Ben with a nickname, and as many more as it takes. */
async function stage(members: number, options: TestDiscordOptions = {}) {
  const discord = await startDiscord({ privilegedIntents, ...options });
  const server = discord.server('Study group');
  const ada = discord.member('Ada').gets('Owls');
  const ben = discord.member('Ben');
  const nicknamed = server.state.members.get(ben.id);
  if (nicknamed) nicknamed.nick = 'Benny';
  discord.members(members - 4);
  const login = (large_threshold?: number, intents = [Guilds, GuildMembers, GuildPresences]) =>
    startBot(discord, nothing, {
      intents,
      ...(large_threshold !== undefined && { ws: { large_threshold } }),
    });
  return { discord, server, ada, ben, login };
}

test.each([
  [50, undefined, false, 50],
  [51, undefined, true, 3],
  [51, 51, false, 51],
  [60, 59, true, 3],
])(
  'of a server of %i a bot with the threshold %o is told (large: %o) of %i',
  async (size, threshold, large, told) => {
    const { server, login, ada, ben } = await stage(size);
    const bot = await login(threshold);
    const guild = bot.guilds.cache.get(server.id);
    expect(guild).toMatchObject({ large, memberCount: size });
    expect(guild?.members.cache.size).toBe(told);
    for (const id of [ada.id, ben.id, bot.user.id]) expect(guild?.members.cache.has(id)).toBe(true);
  },
);

test('without the presences intent a bot is told of itself alone, and asks for the others', async () => {
  const { server, login } = await stage(60);
  const bot = await login(undefined, [Guilds, GuildMembers]);
  const guild = bot.guilds.cache.get(server.id);
  expect(guild?.members.cache.map(({ id }) => id)).toEqual([bot.user.id]);
  expect((await guild?.members.fetch())?.size).toBe(60);
});

test('the rest of a large server comes on asking, at most once in half a minute', async () => {
  const time = new ManualTime();
  const { server, login, discord } = await stage(1_100, { time, gatewayLimits: true });
  const bot = await login();
  const guild = bot.guilds.cache.get(server.id);
  const events = eventsOf(bot);
  expect((await guild?.members.fetch({ withPresences: true }))?.size).toBe(1_100);
  expect(events.all.map(({ d }) => [d.chunk_index, d.chunk_count, d.members.length, d.presences])).toEqual([
    [0, 2, 1_000, []],
    [1, 2, 100, []],
  ]);
  await time.advance('20s');
  const limited = events.next('RATE_LIMITED');
  bot.ws.shards.first()?.send({ op: 8, d: { guild_id: server.id, query: '', limit: 0, nonce: 'n' } });
  expect((await limited).d).toEqual({
    opcode: 8,
    retry_after: 10,
    meta: { guild_id: server.id, nonce: 'n' },
  });
  await time.advance('10s');
  const chunk = events.next('GUILD_MEMBERS_CHUNK');
  bot.ws.shards.first()?.send({ op: 8, d: { guild_id: server.id, query: '', limit: 0 } });
  expect((await chunk).d).toMatchObject({ chunk_count: 2 });
  expect(discord.problems()).toEqual([]);
});

test('a server that is back after an outage comes with its members again', async () => {
  const { server, login } = await stage(20);
  const bot = await login();
  server.setAvailable(false);
  const events = eventsOf(bot);
  const back = events.next('GUILD_CREATE');
  server.setAvailable(true);
  expect((await back).d.members).toHaveLength(20);
});

test('a threshold that Discord does not have is listed', async () => {
  const { discord, login } = await stage(10);
  await login(10);
  expect(discord.unknownRoutes.splice(0)).toEqual([
    'gateway: large_threshold 10, which is not between 50 and 250',
  ]);
});
