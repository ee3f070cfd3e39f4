import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createTransport } from '../../src/discord/budget/transport.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v10/here?limit=2` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

it('sends what it is given and reads the answer whole', async () => {
  const { url } = await listen(async (request, response) => {
    const said = {
      method: request.method,
      path: request.url,
      as: request.headers['x-as'],
      body: await bodyOf(request),
    };
    response.writeHead(201, { 'Content-Type': 'application/json', 'X-RateLimit-Scope': 'user' });
    response.write(JSON.stringify(said).slice(0, 5));
    setImmediate(() => response.end(JSON.stringify(said).slice(5)));
  });
  const answer = await createTransport()(url, {
    method: 'POST',
    headers: { 'x-as': 'somebody' },
    body: '{"né":1}',
  });
  expect(answer).toMatchObject({ status: 201, ok: true, statusText: 'Created' });
  expect(answer.headers.get('x-ratelimit-scope')).toBe('user');
  expect([answer.headers.has('content-type'), answer.headers.get('Retry-After')]).toEqual([true, null]);
  expect(await answer.json()).toEqual({
    method: 'POST',
    path: '/api/v10/here?limit=2',
    as: 'somebody',
    body: '{"né":1}',
  });
});

it('reads an answer without a body', async () => {
  const { url } = await listen((_, response) => response.writeHead(204).end());
  const answer = await createTransport()(url, { method: 'DELETE', body: null });
  expect([answer.status, await answer.text(), (await answer.arrayBuffer()).byteLength]).toEqual([204, '', 0]);
});

it('uploads files', async () => {
  const { url } = await listen(async (request, response) => response.end(await bodyOf(request)));
  const body = new FormData();
  body.append('files[0]', new Blob(['a picture']), 'podium.png');
  const answer = await createTransport()(url, { method: 'POST', body });
  expect(await answer.text()).toContain('filename="podium.png"');
});

it('gives up when it is told to, with or without an answer under way', async () => {
  const { server, url } = await listen(() => {});
  const transport = createTransport();
  const giveUp = new AbortController();
  const one = transport(url, { method: 'POST', body: '{}', signal: giveUp.signal });
  await once(server, 'request');
  giveUp.abort();
  await expect(one).rejects.toMatchObject({ name: 'AbortError' });
  await expect(transport(url, { body: null, signal: giveUp.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

it('says what the network says', async () => {
  const { server, url } = await listen((request) => request.socket.destroy());
  const transport = createTransport();
  await expect(transport(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({
    code: 'UND_ERR_SOCKET',
  });
  server.close();
  await once(server, 'close');
  await expect(transport(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

it('opens no more than 256 connections for two thousand requests of one moment', async () => {
  let open = 0;
  const { server, url } = await listen(
    (_, response) => void setTimeout(() => response.writeHead(204).end(), 5),
  );
  server.on('connection', () => open++);
  const transport = createTransport();
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, () => transport(url, { method: 'POST', body: '{}' })),
  );
  expect(answers.every(({ status }) => status === 204)).toBe(true);
  expect(open).toBe(256);
});

it('asks before it begins and before it writes whether it still may, and writes nothing else', async () => {
  const heard: string[] = [];
  const { url } = await listen((request, response) => {
    heard.push(request.method ?? '');
    response.end('{}');
  });
  const send = createTransport();
  const refused = new Error('no longer');
  const answers = (...all: (Error | undefined)[]) => vi.fn(() => all.shift());
  const before = answers(refused);
  await expect(send(url, { method: 'POST', body: '{}' }, before)).rejects.toBe(refused);
  // It has waited for a connection meanwhile.
  const between = answers(undefined, refused);
  await expect(send(url, { method: 'PATCH', body: '{}' }, between)).rejects.toBe(refused);
  expect([before, between].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  expect((await send(url, { method: 'DELETE', body: null }, answers(undefined, undefined))).status).toBe(200);
  expect(heard).toEqual(['DELETE']);
});
