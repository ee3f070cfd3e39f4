/**
 * How the bot grows: time to ready and memory with more and more servers, beside the least bot's; and answers in
 * quizzes a second by one process and by two on one PostgreSQL. For scale: nothing of it is judged.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Card, LocalDiscord, type Member } from 'local-discord';
import { type BotProcess, startLeast, startOurs } from './bots.js';
import { print, ratioLine, round } from './figures.js';
import { startPostgresServer } from './postgres-server.js';

const sizes = [250, 2_500, 25_000];
/** For what is still under way after ready, and for the garbage collector. */
const settleMs = 4_000;
/** Discord lets a shard have 2,500. */
const serversAShard = 2_000;
const than = 'least bot';
const quizzes = 20;
const players = 100;
const atOnce = 100;

interface Figures {
  readonly readyMs: number;
  readonly bytes: number;
}

async function figuresOf(starting: Promise<BotProcess>): Promise<Figures> {
  const bot = await starting;
  await delay(settleMs);
  const figures = { readyMs: bot.readyMs, bytes: bot.residentBytes() };
  await bot.stop();
  return figures;
}

async function grow(servers: number): Promise<readonly [Figures, Figures]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-growth-'));
  const shards = Math.ceil(servers / serversAShard);
  const discord = await LocalDiscord.start({ guilds: servers, shards, keep: false });
  // The first start registers the commands and makes the database.
  await (await startOurs(discord, dir)).stop();
  const figures = [
    await figuresOf(startOurs(discord, dir)),
    await figuresOf(startLeast(discord, { SHARD_COUNT: `${shards}` })),
  ] as const;
  await discord.close();
  await rm(dir, { recursive: true });
  return figures;
}

async function sizesLines(): Promise<void> {
  let before: readonly [Figures, Figures] | undefined;
  let fewer = 0;
  for (const servers of sizes) {
    const [ours, theirs] = await grow(servers);
    const ready = { ours: ours.readyMs, theirs: theirs.readyMs, unit: 'ms', than };
    print(ratioLine(`start to ready, ${servers} servers`, ready));
    const memory = { ours: ours.bytes / 1e6, theirs: theirs.bytes / 1e6, unit: 'MB', than };
    print(ratioLine(`resident memory, ${servers} servers`, memory));
    if (before) {
      const each = (now: Figures, then: Figures): number =>
        (now.bytes - then.bytes) / 1e3 / (servers - fewer);
      const growth = { ours: each(ours, before[0]), theirs: each(theirs, before[1]), unit: 'KB', than };
      print(ratioLine(`memory for each server, from ${fewer} to ${servers}`, growth));
    }
    before = [ours, theirs];
    fewer = servers;
  }
}

const answersOn = (card: Card): string[] =>
  card.buttons
    .filter(({ label, disabled }) => !disabled && /^(?:[A-F]|True|False)$/.test(label))
    .map(({ label }) => label);

/** All players of all quizzes answer one round, as many at once as `atOnce` says. @returns answers a second */
async function answersASecond(discord: LocalDiscord): Promise<number> {
  const cards: Card[] = [];
  const presses: { member: Member; card: Card }[] = [];
  for (const server of discord.servers) {
    const host = discord.member(`Host of ${server.name}`, { server });
    const opened = host.channel.waitFor((card) => answersOn(card).length > 0, 60_000);
    await host.slash('/quiz start lobby:0 rounds:3 seconds:300');
    cards.push(await opened);
  }
  for (let player = 0; player < players; player++)
    for (const [quiz, server] of discord.servers.entries())
      presses.push({
        member: discord.member(`P${player} of ${server.name}`, { server }),
        card: cards[quiz] as Card,
      });
  const queue = presses.values();
  let recorded = 0;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    for (const { member, card } of queue) {
      const reply = await (await member.press(card, answersOn(card)[0] ?? '', { wait: false })).answered(
        30_000,
      );
      if (!reply.failed && reply.text.startsWith('Recorded')) recorded += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return recorded / ((performance.now() - startedAt) / 1_000);
}

async function processesLine(processes: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
  const postgres = await startPostgresServer(dir);
  if (!postgres) {
    print('PostgreSQL is not installed: its lines are left out');
    return;
  }
  const discord = await LocalDiscord.start({ keep: false, strict: false, shards: 2, guilds: quizzes });
  const settings = { DATABASE_URL: postgres.url, SHARD_COUNT: '2', PROCESS_COUNT: `${processes}` };
  const bots = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      startOurs(discord, dir, { ...settings, PROCESS_INDEX: `${index}` }),
    ),
  );
  while (new Set([...discord.gateway.sessions.values()].map(({ shard }) => shard[0])).size < 2)
    await delay(100);
  const rate = await answersASecond(discord);
  print(`answers a second by ${processes} on one PostgreSQL, all on this machine: ${round(rate)}`);
  for (const bot of bots) await bot.stop();
  await discord.close();
  await postgres.stop();
  await rm(dir, { recursive: true });
}

await sizesLines();
for (const processes of [1, 2]) await processesLine(processes);
