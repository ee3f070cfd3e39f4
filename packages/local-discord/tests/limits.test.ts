import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { type LocalDiscord, ManualTime } from '../src/index.js';
import { failure, restOf } from './bot.js';
import { startDiscord } from './discord.js';

const manager = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'ManageChannels',
  'AddReactions',
] as const;

async function limited(): Promise<{ discord: LocalDiscord; time: ManualTime; ask: Ask; channelId: string }> {
  const time = new ManualTime();
  const discord = await startDiscord({ time, rateLimits: true, privilegedIntents: 1 << 15 });
  const server = discord.server('Study group', { botPermissions: manager });
  const ask: Ask = async (method, path, body) => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { retry_after: retryAfter } = text ? (JSON.parse(text) as { retry_after?: number }) : {};
    return { status: response.status, bucket: response.headers.get('x-ratelimit-bucket'), retryAfter };
  };
  return { discord, time, ask, channelId: server.channel('general').id };
}

type Ask = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; bucket: string | null; retryAfter?: number | undefined }>;

test('the name and the topic of a channel each change twice in ten minutes, whatever else changes', async () => {
  const { time, ask, channelId } = await limited();
  const path = `/channels/${channelId}`;
  expect(await ask('PATCH', path, { name: 'a' })).toMatchObject({ status: 200 });
  expect(await ask('PATCH', path, { name: 'b', topic: 'b' })).toMatchObject({ status: 200 });
  expect(await ask('PATCH', path, { name: 'c' })).toMatchObject({ status: 429, retryAfter: 600 });
  expect(await ask('PATCH', path, { topic: 'c' })).toMatchObject({ status: 200 });
  await time.advance('15s');
  expect(await ask('PATCH', path, { topic: 'd' })).toMatchObject({ status: 429, retryAfter: 585 });
  expect(await ask('PATCH', path, { rate_limit_per_user: 5 })).toMatchObject({ status: 200 });
  await time.advance('10m');
  expect(await ask('PATCH', path, { name: 'c' })).toMatchObject({ status: 200 });
});

test('deletions have a limit for each age of the message', async () => {
  const { discord, time, ask, channelId } = await limited();
  const channel = discord.server('Study group').channel('general');
  const post = async (): Promise<string> => {
    await time.advance('2s');
    expect((await ask('POST', `/channels/${channelId}/messages`, { content: 'x' })).status).toBe(200);
    return channel.last.id;
  };
  const remove = (id: string): ReturnType<Ask> => ask('DELETE', `/channels/${channelId}/messages/${id}`);
  const old = await post();
  await time.advance('15d');
  const usual = await post();
  await time.advance('1m');
  const fresh = [await post(), await post(), await post(), await post()];
  await time.advance('1s');
  const answers = [await remove(old), await remove(usual)];
  for (const id of fresh) answers.push(await remove(id));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 204]);
  expect(new Set(answers.map(({ bucket }) => bucket)).size).toBe(3);
});

test.each([
  ['young', '5s', 5, 1],
  ['older', '11s', 3, 0.333],
  ['two weeks old', '15d', 30, 4],
])('of messages that are %s so many are deleted at once', async (_age, age, most, retryAfter) => {
  const { discord, time, ask, channelId } = await limited();
  const ada = discord.member('Ada');
  discord.faults.givePermission(ada.channel, 'ManageMessages');
  const cards = Array.from({ length: most + 1 }, () => ada.says('x'));
  await time.advance(age);
  const answers = [];
  for (const { id } of cards) answers.push(await ask('DELETE', `/channels/${channelId}/messages/${id}`));
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: most }, () => 204), 429]);
  expect(answers.at(-1)?.retryAfter).toBe(retryAfter);
});

test('webhooks of a channel post 30 messages a minute together, and that limit is nobody’s own', async () => {
  const { discord, time, ask, channelId } = await limited();
  discord.faults.givePermission(discord.server('Study group').channel('general'), 'ManageWebhooks');
  const hooks: string[] = [];
  for (const name of ['a', 'b']) {
    await ask('POST', `/channels/${channelId}/webhooks`, { name });
    const { id, token } = [...discord.world.webhooks.values()].at(-1) ?? {};
    hooks.push(`/webhooks/${id}/${token}`);
  }
  for (let round = 0; round < 3; round++) {
    for (const hook of hooks)
      for (let count = 0; count < 5; count++)
        expect(await ask('POST', hook, { content: 'x' })).toMatchObject({ status: 204 });
    await time.advance('2s');
  }
  const before = discord.invalidRequests.count;
  expect(await ask('POST', hooks[0] ?? '', { content: 'x' })).toMatchObject({ status: 429, retryAfter: 54 });
  expect(discord.invalidRequests.count).toBe(before);
  await time.advance('54s');
  expect(await ask('POST', hooks[0] ?? '', { content: 'x' })).toMatchObject({ status: 204 });
});

test('reactions share one bucket of one in a quarter of a second', async () => {
  const { discord, time, ask, channelId } = await limited();
  discord.member('Ada').says('Hello');
  const { id } = discord.server('Study group').channel('general').last;
  const own = (emoji: string): string =>
    `/channels/${channelId}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`;
  expect((await ask('PUT', own('👍'))).status).toBe(204);
  expect((await ask('DELETE', own('👍'))).status).toBe(429);
  await time.advance(250);
  expect((await ask('DELETE', own('👍'))).status).toBe(204);
});

test('a fault can be a page of HTML', async () => {
  const discord = await startDiscord();
  discord.faults.next('GET /users/@me', { status: 502, html: true });
  const answer = await fetch(`${discord.apiUrl}/v10/users/@me`, {
    headers: { authorization: `Bot ${discord.token}` },
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await answer.text()).toContain('<html>');
});

test('what is no id is refused by its name', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  expect(await failure(restOf(discord).get('/channels/general'))).toMatchObject({
    status: 400,
    code: 50035,
    errors: { channel_id: { _errors: [{ code: 'NUMBER_TYPE_COERCE' }] } },
  });
});

test('a form may carry its fields without JSON', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const channel = discord.server('Study group').channel('general');
  const post = (fields: Readonly<Record<string, string | Blob>>): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return fetch(`${discord.apiUrl}/v10${Routes.channelMessages(channel.id)}`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}` },
      body,
    });
  };
  expect((await post({ content: 'Hello', tts: 'false', file: new Blob(['x']) })).status).toBe(200);
  expect(channel.last.text).toBe('Hello');
  expect(channel.last.files).toHaveLength(1);
  expect((await post({ contnt: 'Hello' })).status).toBe(400);
  expect((await post({ content: 'Hello', picture: new Blob(['x']) })).status).toBe(400);
  expect(discord.violations.map(({ faults }) => faults[0]?.path)).toEqual([['contnt'], ['picture']]);
});

test('a request of more than 25 MiB is refused, and noted', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const body = new FormData();
  for (let file = 0; file < 3; file++)
    body.append(`files[${file}]`, new Blob([new Uint8Array(9 * 1024 * 1024)]), `${file}.bin`);
  const channel = discord.server('Study group').channel('general');
  const post = fetch(`${discord.apiUrl}/v10${Routes.channelMessages(channel.id)}`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}` },
    body,
  });
  // The connection goes before all has been sent, so that the answer may not be read.
  await post.catch(() => {});
  expect(discord.violations).toHaveLength(1);
  expect(channel.messages).toEqual([]);
});

test('a refusal says whether it is the limit of a route or of all of them', async () => {
  const discord = await startDiscord({ rateLimits: true, time: new ManualTime() });
  const { channel, server } = discord.member('Ada');
  const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
  const last = async (requests: readonly (readonly [string, RequestInit?])[]): Promise<Response> => {
    const answers: Response[] = [];
    for (const [path, init] of requests)
      answers.push(await fetch(`${discord.apiUrl}/v10${path}`, { headers, ...init }));
    expect(answers.slice(0, -1).filter(({ status }) => status === 429)).toEqual([]);
    return answers.at(-1) ?? Response.error();
  };
  const says = ({ status, headers: given }: Response) =>
    [status, given.get('x-ratelimit-scope'), given.get('x-ratelimit-global')] as const;
  const post = [`/channels/${channel.id}/messages`, { method: 'POST', body: '{"content":"x"}' }] as const;
  expect(says(await last(Array.from({ length: 6 }, () => post)))).toEqual([429, 'user', null]);
  await discord.time.advance('10s');
  const reads = Array.from({ length: 51 }, (_, index) => [
    ['/users/@me', `/guilds/${server.id}`, `/channels/${channel.id}`][index % 3] ?? '',
  ]) as [string][];
  expect(says(await last(reads))).toEqual([429, 'global', 'true']);
});
