import * as zlib from 'node:zlib';
import {
  type APIGatewayBotInfo,
  type ClientOptions,
  GatewayIntentBits,
  Routes,
  SimpleShardingStrategy,
} from 'discord.js';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ManualTime } from '../src/index.js';
import { UncompressedZstd } from '../src/uncompressed-zstd.js';
import { restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

test('sessions left are counted, and there are all of them again a day later', async () => {
  const time = new ManualTime();
  const discord = await startDiscord({ time, gatewayLimits: true });
  const left = async (): Promise<object> =>
    ((await restOf(discord).get(Routes.gatewayBot())) as APIGatewayBotInfo).session_start_limit;
  const dayMs = 86_400_000;
  expect(await left()).toEqual({ total: 1000, remaining: 1000, reset_after: dayMs, max_concurrency: 1 });
  await startBot(discord);
  await time.advance('1h');
  expect(await left()).toMatchObject({ remaining: 999, reset_after: dayMs - 3_600_000 });
  await time.advance('23h');
  expect(await left()).toMatchObject({ remaining: 1000, reset_after: dayMs });
});

test.each([
  ['within a few minutes', '4m', 'RESUMED'],
  ['later', '6m', undefined],
])('a session is resumed %s of losing its connection, or not', async (_when, length, answer) => {
  const time = new ManualTime();
  const discord = await startDiscord({ time, gatewayLimits: true });
  const open = (
    op: number,
    d: object,
  ): Promise<{ op: number; t: string | null; d: { session_id: string } }> =>
    new Promise((resolve) => {
      const socket = new WebSocket(discord.gateway.url);
      socket.on('open', () => socket.send(JSON.stringify({ op, d: { token: discord.token, ...d } })));
      socket.on('message', (data) => {
        const payload = JSON.parse(String(data));
        if (payload.op === 10) return;
        socket.terminate();
        resolve(payload);
      });
    });
  const lost = discord.gateway.disconnected.next();
  const { session_id } = (await open(2, { intents: 0, properties: {} })).d;
  await lost;
  await time.advance(length);
  const { op, t } = await open(6, { session_id, seq: 1 });
  expect([op, t ?? undefined]).toEqual([answer ? 0 : 9, answer]);
});

test.each(['zlib-stream', 'zstd-stream'])('a connection may ask for %s', async (compress) => {
  const discord = await startDiscord();
  const socket = new WebSocket(`${discord.gateway.url}?v=10&encoding=json&compress=${compress}`);
  const frames: Buffer[] = [];
  const ready = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      frames.push(data as Buffer);
      if (frames.length === 2) resolve();
    });
  });
  const d = { token: discord.token, intents: 0, properties: {} };
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d })));
  await ready;
  socket.terminate();
  const all = Buffer.concat(frames);
  const text = compress === 'zlib-stream' ? inflated(all) : unpacked(all);
  expect(text).toMatch(/^\{"t":null,"s":null,"op":10.*\}\{"t":"READY","s":1.*\}$/);
  if (compress !== 'zlib-stream') return;
  for (const frame of frames) expect(frame.subarray(-4)).toEqual(Buffer.from([0, 0, 0xff, 0xff]));
});

test('a compression that there is none of is listed', async () => {
  const discord = await startDiscord();
  const socket = new WebSocket(`${discord.gateway.url}?compress=br`);
  await new Promise((resolve) => socket.on('message', resolve));
  expect(discord.unknownRoutes.splice(0)).toEqual(['gateway: compress=br']);
});

const inflated = (all: Buffer): string =>
  zlib.inflateSync(all, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString();

function unpacked(all: Buffer): string {
  const { zstdDecompressSync: decompress, constants } = zlib as typeof zlib & {
    zstdDecompressSync?: (data: Buffer, options: object) => Buffer;
    constants: { ZSTD_e_flush?: number };
  };
  return decompress ? String(decompress(all, { finishFlush: constants.ZSTD_e_flush })) : rawBlocks(all);
}

/** Of Zstandard that says everything as it is: a header of six bytes, and blocks with three before each. */
function rawBlocks(all: Buffer): string {
  const blocks: Buffer[] = [];
  for (let at = 6; at < all.length; ) {
    const length = all.readUIntLE(at, 3) >> 3;
    blocks.push(all.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  return Buffer.concat(blocks).toString();
}

test('Zstandard without Node’s own is made of blocks of 128 KiB at most', () => {
  const stream = new UncompressedZstd();
  const text = '🦉'.repeat(100_000);
  stream.write('first');
  const first = stream.read();
  stream.write(text);
  const all = Buffer.concat([first, stream.read()]);
  expect(first.readUInt32LE(0)).toBe(0xfd2fb528);
  expect(unpacked(all)).toBe(`first${text}`);
  expect(all.length).toBe(6 + 5 * 3 + 5 + Buffer.byteLength(text));
});

test('a bot that wants ETF is told at once that there is none', async () => {
  const discord = await startDiscord();
  const socket = new WebSocket(`${discord.gateway.url}?v=10&encoding=etf`);
  const closed = new Promise((resolve) => {
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
  });
  expect(await closed).toBe('4012 local-discord speaks JSON only: connect with encoding=json.');
  expect(discord.unknownRoutes.splice(0)).toEqual(['gateway: encoding=etf']);
});

/** What discord.js falls back to where compression is asked for and `zlib-sync` is not installed. */
test('discord.js gets long messages compressed one by one, and short ones as they are', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: Array.from({ length: 40 }, (_, at) => `c${at}`) });
  const ada = discord.member('Ada');
  const frames: boolean[] = [];
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
  const ws: ClientOptions['ws'] = {
    buildStrategy: (manager) => {
      Object.assign(manager.options, { compression: 'zlib-stream' });
      return new SimpleShardingStrategy(manager);
    },
  };
  const bot = await startBot(discord, undefined, { intents, ws });
  expect(bot.guilds.cache.get(server.id)?.channels.cache.size).toBe(40);
  const socket = new WebSocket(`${discord.gateway.url}?v=10&encoding=json`);
  const d = { token: discord.token, intents: 0x201, properties: {}, compress: true, shard: [0, 1] };
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d })));
  await new Promise<void>((resolve) => {
    socket.on('message', (data, isBinary) => {
      const text = isBinary ? String(zlib.inflateSync(data as Buffer)) : String(data);
      expect(isBinary).toBe(text.length >= 1_024);
      frames.push(isBinary);
      if (text.includes('"GUILD_CREATE"')) ada.says('Hi');
      if (text.includes('"MESSAGE_CREATE"')) resolve();
    });
  });
  socket.terminate();
  expect(new Set(frames)).toEqual(new Set([true, false]));
});
