import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusing } from './refusing.js';

/** What libraries in other languages send, and a bot without one. */
let stage: Awaited<ReturnType<typeof refusing>>;
beforeAll(async () => {
  stage = await refusing();
});
afterAll(() => stage.discord.close());

const number = '1575243389287268423';

test.each<[string, string, unknown]>([
  [
    'a reference by numbers',
    '{"content":"Hi","message_reference":{"message_id"::hers,"channel_id"::general}}',
    { message_reference: { message_id: expect.stringMatching(/^\d+$/) }, type: 19 },
  ],
  ['mentions by numbers', `{"content":"Hi","allowed_mentions":{"users":[${number}]}}`, { content: 'Hi' }],
  [
    'times with an offset',
    '{"embeds":[{"title":"x","timestamp":"2026-01-05T13:00:00.5+01:00"}]}',
    { embeds: [{ timestamp: '2026-01-05T12:00:00.500000+00:00' }] },
  ],
  [
    'fields under a second name',
    '{"content":"Hi","embed":{"title":"x"},"embeds":[{"title":"x"}],"allowedMentions":{},"allowed_mentions":{"parse":[]}}',
    { embeds: [{ title: 'x' }] },
  ],
  ['words that look like a large number', `{"content":"a:${number}, b 1.${number}"}`, { content: /a:.*/ }],
])('%s are taken as they are', async (_what, body, shown) => {
  const { status, json } = await stage.ask('POST', '/channels/:general/messages', body, { raw: true });
  expect(json).toMatchObject(shown instanceof Object && 'content' in shown ? {} : (shown as object));
  expect(status).toBe(200);
});

test('a field under a name that Discord does not know, and no other, is refused', async () => {
  const body = { content: 'Hi', allowedMentions: { parse: [] } };
  expect(await stage.ask('POST', '/channels/:general/messages', body)).toMatchObject({ status: 400 });
});

test('nothing in the place of a command is refused', async () => {
  const answer = await stage.ask('PUT', '/applications/:bot/commands', [null]);
  expect(answer).toMatchObject({
    status: 400,
    json: { errors: { 0: { _errors: [{ code: 'LIST_ITEM_VALUE_REQUIRED' }] } } },
  });
});

test('times are told as Discord tells them', async () => {
  const { json } = await stage.ask('POST', '/channels/:general/messages', { content: 'Hi' });
  expect(json).toMatchObject({ timestamp: expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{6}\+00:00$/) });
});

test.each(['text/plain;charset=UTF-8', 'application/jsonp', ''])(
  'a body that is said to be "%s" is refused',
  async (type) => {
    const answer = await stage.ask('POST', '/channels/:general/messages', { content: 'Hi' }, { type });
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 50035, errors: { _errors: [{ code: 'CONTENT_TYPE_INVALID' }] } },
    });
  },
);

test('a form that is sent as a page sends one is taken', async () => {
  const type = 'application/x-www-form-urlencoded';
  const answer = await stage.ask('POST', '/channels/:general/messages', 'content=Hello+there', {
    type,
    raw: true,
  });
  expect(answer).toMatchObject({ status: 200, json: { content: 'Hello there' } });
});

test('lists come by pages: bans, members of a thread, and servers with how many are in them', async () => {
  const { discord, ask } = stage;
  const server = discord.server('Large', { botPermissions: ['Administrator'] });
  const people = ['Cy', 'Di', 'Ed'].map((name) => discord.member(name, { server }));
  const guild = `/guilds/${server.id}`;
  const get = async (path: string): Promise<{ id?: string; user_id?: string; user?: { id: string } }[]> =>
    (await ask('GET', path, undefined)).json as never;
  const thread = server.thread(server.channel('general'), 'Talk');
  for (const { id } of people)
    await ask('PUT', `/channels/${thread.id}/thread-members/${id}`, undefined, none);
  const members = `/channels/${thread.id}/thread-members?with_member=true&limit=2`;
  const [first, second] = [await get(members), await get(`${members}&after=${people[1]?.id}`)];
  expect(first).toHaveLength(2);
  expect(second.map(({ user_id }) => user_id)).toContain(people[2]?.id);
  expect(second.map(({ user_id }) => user_id)).not.toContain(people[0]?.id);
  for (const { id } of people) await ask('PUT', `${guild}/bans/${id}`, {}, none);
  const bans = async (query: string): Promise<unknown> =>
    (await get(`${guild}/bans?${query}`)).map(({ user }) => people.findIndex(({ id }) => id === user?.id));
  expect(await bans('limit=2')).toEqual([0, 1]);
  expect(await bans(`limit=2&after=${people[0]?.id}`)).toEqual([1, 2]);
  expect(await bans(`limit=1&before=${people[2]?.id}`)).toEqual([1]);
  const servers = await get('/users/@me/guilds?limit=1&with_counts=true');
  expect(servers).toMatchObject([{ approximate_member_count: 3, approximate_presence_count: 0 }]);
  expect(await get(`/users/@me/guilds?after=${servers[0]?.id}`)).toMatchObject([{ id: server.id }]);
});

const none = { empty: true } as const;
