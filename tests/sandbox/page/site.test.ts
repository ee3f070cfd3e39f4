import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../../src/sandbox/start.js';
import type { FromServer } from '../../../src/sandbox/web/protocol.js';
import { startTheSandbox } from './stage.js';

/** A request with headers that `fetch` does not let one set. */
async function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request({ port, path, method, headers: { host: `localhost:${port}`, ...headers } });
  sent.end();
  const [response] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode as number, headers: response.headers, bytes: Buffer.concat(chunks) };
}

/** What a page would be told over the WebSocket; or the status with which it was refused. */
async function connect({ discord: { port } }: Sandbox, as: string, headers: Record<string, string>) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live?as=${as}`, { headers });
  onTestFinished(() => socket.terminate());
  const heard: FromServer[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
  const outcome = await Promise.race([once(socket, 'open'), refused]);
  const say = (message: object): void => socket.send(JSON.stringify(message));
  return { socket, heard, say, refused: typeof outcome === 'number' ? outcome : undefined };
}

const own = (sandbox: Sandbox) => ({
  origin: `http://localhost:${sandbox.discord.port}`,
  host: `localhost:${sandbox.discord.port}`,
});

test.each([
  ['localhost', 200],
  ['127.0.0.1', 200],
  ['evil.example', 403],
  ['localhost.evil.example', 403],
  ['192.168.1.7', 403],
])('the page asked for as %s is answered with %i', async (name, status) => {
  const { discord } = await startTheSandbox();
  expect((await get(discord.port, '/', { host: `${name}:${discord.port}` })).status).toBe(status);
});

test('a page from elsewhere gets nothing, and nobody may send anything', async () => {
  const { discord } = await startTheSandbox();
  expect((await get(discord.port, '/', { origin: 'https://evil.example' })).status).toBe(403);
  expect((await get(discord.port, '/', {}, 'POST')).status).toBe(405);
  expect((await get(discord.port, '/../package.json')).status).toBe(404);
  expect((await get(discord.port, '/emoji/..%2f..%2fpackage.json')).status).toBe(404);
});

test.each([
  ['of another page', { origin: 'https://evil.example' }],
  ['of a page on another port', { origin: 'http://localhost:1' }],
  ['without an origin', { origin: '' }],
  ['to another name of this machine', { origin: 'http://evil.example', host: 'evil.example' }],
])('a WebSocket %s is refused', async (_, headers) => {
  const sandbox = await startTheSandbox();
  expect((await connect(sandbox, 'Ada', { ...own(sandbox), ...headers })).refused).toBe(403);
});

test('it listens on loopback alone', async () => {
  const { discord } = await startTheSandbox();
  // The port is still free on every other address of the machine.
  const other = createServer().listen({ port: discord.port, host: '127.0.0.2' });
  onTestFinished(() => void other.close());
  await once(other, 'listening');
});

test('the page is less than 400 kB over the wire, and takes nothing from elsewhere', async () => {
  const { discord } = await startTheSandbox();
  const files = ['/', '/page.js', '/page.css', '/icon.svg'];
  const encoded = { 'accept-encoding': 'gzip, deflate, br' };
  const answers = await Promise.all(files.map((file) => get(discord.port, file, encoded)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(100_000);
  const [first] = answers;
  expect(first?.headers['content-security-policy']).toContain("default-src 'none'");
  const again = await get(discord.port, '/', { ...encoded, 'if-none-match': String(first?.headers.etag) });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
});

test('everybody is told what they may see: not what is private to somebody else', async () => {
  const sandbox = await startTheSandbox();
  const { discord } = sandbox;
  const [ada, grace] = ['Ada', 'Grace'].map((name) => discord.member(name));
  const drills = discord.server('Study group').channel('drills');
  const [adas, graces] = await Promise.all(['Ada', 'Grace'].map((as) => connect(sandbox, as, own(sandbox))));
  if (!ada || !grace || !adas || !graces) throw new Error('Nobody is there');
  const whisper = {
    channel: drills.state,
    authorId: discord.world.bot.id,
    body: { content: 'Psst' },
    uploads: [],
  };
  discord.messages.create({ ...whisper, visibleTo: ada.id });
  grace.says('Hello', drills);
  const contents = (heard: readonly FromServer[]) =>
    heard.flatMap((each) => (each.type === 'message' ? [each.message.content] : []));
  await expect.poll(() => contents(adas.heard)).toEqual(['Psst', 'Hello']);
  expect(contents(graces.heard)).toEqual(['Hello']);
  graces.say({ type: 'open', channelId: drills.id });
  await expect.poll(() => graces.heard.findLast(({ type }) => type === 'history')).toBeDefined();
  expect(JSON.stringify(graces.heard)).not.toContain('Psst');
});

test('a direct message of somebody else cannot be opened, nor written into', async () => {
  const sandbox = await startTheSandbox();
  const { dm } = sandbox.discord.member('Ada');
  const { heard, say } = await connect(sandbox, 'Linus', own(sandbox));
  say({ type: 'say', id: 1, channelId: dm.id, text: 'Boo' });
  await expect
    .poll(() => heard.findLast(({ type }) => type === 'result'))
    .toMatchObject({ result: { kind: 'refused' } });
  expect(dm.messages).toEqual([]);
});

test('what makes no sense ends the connection, and nothing else', async () => {
  const sandbox = await startTheSandbox();
  const { socket, say } = await connect(sandbox, 'Ada', own(sandbox));
  say({ type: 'press', id: 'x' });
  const [code] = await once(socket, 'close');
  expect(code).toBe(1008);
  expect((await get(sandbox.discord.port, '/')).status).toBe(200);
});

test.each(['//', '/gateway', '/live', '/api/v10/users/@me', '/%', '/live?as=%E0%A4%A'])(
  'another page that opens a WebSocket at %s gets nothing, and ends nothing',
  async (path) => {
    const sandbox = await startTheSandbox();
    const { port } = sandbox.discord;
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      headers: { origin: 'https://evil.example' },
    });
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(403);
    expect((await get(port, '/')).status).toBe(200);
  },
);

test.each(['/api/v10/users/@me', '/attachments/1/2/x.png', '/gateway'])(
  '%s answers no page from elsewhere, and no other name of this machine',
  async (path) => {
    const { discord } = await startTheSandbox();
    expect((await get(discord.port, path, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await get(discord.port, path, { host: 'evil.example' })).status).toBe(403);
  },
);

test('of a body from somebody without the token nothing is kept', async () => {
  const { discord } = await startTheSandbox();
  const sent = request({ port: discord.port, path: '/api/v10/channels/1/messages', method: 'POST' });
  sent.on('error', () => {});
  sent.write(Buffer.alloc(1024 * 1024));
  const [response] = await once(sent, 'response');
  expect(response.statusCode).toBe(401);
  expect(discord.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a press on what has just vanished is answered, and ends nothing', async () => {
  const logged: { level: number; err?: unknown }[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const sandbox = await startTheSandbox({ log });
  logged.length = 0;
  const { discord } = sandbox;
  const drills = discord.server('Study group').channel('drills');
  const card = {
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
    flags: 1 << 15,
  };
  const message = discord.messages.create({
    channel: drills.state,
    authorId: discord.world.bot.id,
    body: card,
    uploads: [],
  });
  const { heard, say } = await connect(sandbox, 'Ada', own(sandbox));
  const press = { type: 'press', channelId: drills.id, messageId: message.id };
  say({ ...press, id: 1, customId: 'gone' });
  say({ ...press, id: 2, customId: '__proto__' });
  const results = () => heard.filter(({ type }) => type === 'result');
  await expect.poll(results).toHaveLength(2);
  for (const result of results()) expect(result).toMatchObject({ result: { kind: 'refused' } });
  // It happens to everybody who double clicks: a line, and no stack that looks like a fault.
  expect(logged.map(({ level, err }) => [level, err])).toEqual([
    [30, undefined],
    [30, undefined],
  ]);
  expect((await get(discord.port, '/')).status).toBe(200);
});
