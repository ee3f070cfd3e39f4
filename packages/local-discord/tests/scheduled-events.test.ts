import { GatewayIntentBits, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const nowMs = Date.UTC(2026, 0, 5, 12);
const at = (hours: number): string => new Date(nowMs + hours * 3_600_000).toISOString();
const evening = {
  name: 'Study night',
  privacy_level: 2,
  entity_type: 3,
  scheduled_start_time: at(6),
  scheduled_end_time: at(8),
  entity_metadata: { location: '#drills' },
};

async function stage(violationsExpected = false) {
  const discord = await startDiscord({ now: () => nowMs, violationsExpected });
  const server = discord.server('Study group', { botPermissions: ['ViewChannel', 'CreateEvents'] });
  const rest = restOf(discord);
  const create = (body: object): Promise<{ id: string }> =>
    rest.post(Routes.guildScheduledEvents(server.id), { body }) as Promise<{ id: string }>;
  return { discord, server, rest, create };
}

test('an event is made, changed and deleted, and the bot hears of each', async () => {
  const { discord, server, rest, create } = await stage();
  const bot = await startBot(discord, undefined, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildScheduledEvents],
  });
  const events = eventsOf(bot);
  const rule = { start: at(6), frequency: 2, interval: 1, by_weekday: [0] };
  const { id } = await create({ ...evening, recurrence_rule: rule });
  await rest.patch(Routes.guildScheduledEvent(server.id, id), { body: { name: 'Study nights' } });
  expect(await rest.get(Routes.guildScheduledEvents(server.id))).toMatchObject([
    { id, name: 'Study nights', status: 1, recurrence_rule: { by_weekday: [0] } },
  ]);
  const gone = events.next('GUILD_SCHEDULED_EVENT_DELETE');
  await rest.delete(Routes.guildScheduledEvent(server.id, id));
  await gone;
  expect(events.all.map(({ t }) => t.split('_').at(-1))).toEqual(['CREATE', 'UPDATE', 'DELETE']);
});

test.each<[string, object, string]>([
  ['in the past', { scheduled_start_time: at(-1) }, 'scheduled_start_time'],
  ['outside without an end', { scheduled_end_time: null }, 'scheduled_end_time'],
  ['outside without a place', { entity_metadata: { location: '' } }, 'entity_metadata.location'],
  ['that ends before it starts', { scheduled_end_time: at(5) }, 'scheduled_end_time'],
  ['in a text channel', { entity_type: 2, channel_id: '1', entity_metadata: null }, 'channel_id'],
  [
    'on two days of the week',
    { recurrence_rule: { start: at(6), frequency: 2, interval: 1, by_weekday: [0, 2] } },
    'recurrence_rule.by_weekday',
  ],
])('an event %s is refused', async (_what, over, path) => {
  const { discord, create } = await stage(true);
  expect(await failure(create({ ...evening, ...over }))).toMatchObject({ status: 400, code: 50035 });
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
});

test('events take Create Events, and there are 100 open ones at most', async () => {
  const { discord, server, create } = await stage();
  for (let number = 0; number < 100; number++) await create(evening);
  expect(await failure(create(evening))).toMatchObject({ code: 30038 });
  server.removeBot();
  server.addBot(['ViewChannel']);
  server.state.events.clear();
  expect(await failure(create(evening))).toMatchObject({ status: 403, code: 50013 });
  expect(discord.invalidRequests.count).toBe(1);
});

test('an event begins and ends, and is not changed after that', async () => {
  const { discord, server, rest, create } = await stage(true);
  const { id } = await create(evening);
  const change = (body: object): Promise<unknown> =>
    rest.patch(Routes.guildScheduledEvent(server.id, id), { body });
  expect(await failure(change({ status: 3 }))).toMatchObject({ code: 50035 });
  expect(await failure(change({ scheduled_start_time: at(-1) }))).toMatchObject({ code: 50035 });
  await change({ status: 2 });
  expect(await failure(change({ scheduled_start_time: at(6) }))).toMatchObject({ code: 50035 });
  expect(await failure(change({ status: 1 }))).toMatchObject({ code: 50035 });
  await change({ status: 3 });
  expect(await failure(change({ name: 'Again' }))).toMatchObject({ status: 400, code: 180000 });
  expect(discord.violations.map(({ faults }) => faults[0]?.code)).toEqual(
    [
      'INVALID_STATUS_UPDATE',
      'SCHEDULE_PAST',
      'SCHEDULE_INVALID_START_BY_STATUS',
      'INVALID_STATUS_UPDATE',
    ].map((code) => `GUILD_SCHEDULED_EVENT_${code}`),
  );
});
