/**
 * The daily question of 5,000 servers at one minute while 100 quizzes run, with Discord's limit of 50 requests a second
 * enforced: how late rounds close, how long the posts take against the least that the limit allows, and whether
 * anything is refused. The bot is a process of its own; the local Discord is this one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Card, LocalDiscord, type Member } from 'local-discord';
import { pino } from 'pino';
import { type Schedule, scheduleRecord } from '../src/daily/records.js';
import { openStore } from '../src/store/open.js';
import { Batch } from '../src/store/store.js';
import { startOurs } from './bots.js';
import { print, quantile, round } from './figures.js';

const servers = Number(process.env['RUSH_SERVERS'] ?? 5_000);
const quizzes = Number(process.env['RUSH_QUIZZES'] ?? 100);
const perSecond = 50;
const roundSeconds = 20;
const healthPort = 19_471;
const minuteMs = 60_000;
/** For the bot to start and the quizzes to be under way, and to see how late rounds are without a rush. */
const prelude = { startMs: 45_000, quietMs: 35_000 };
const longestMs = 400_000;

const scheduleOf = (channelId: string, minute: number): Schedule => ({
  on: true,
  zone: 'UTC',
  minute,
  days: 127,
  armedAtMs: 0,
  channelId,
  setBy: channelId,
  posts: 0,
  toReveal: [],
});

/** Plants a daily question for the same minute in every server. */
async function plant(discord: LocalDiscord, dir: string, atMs: number): Promise<void> {
  const store = await openStore(`sqlite://${join(dir, 'drills.sqlite')}`, pino({ level: 'silent' }));
  const minute = Math.floor(atMs / minuteMs) % (24 * 60);
  const batch = new Batch();
  for (const server of discord.servers)
    batch.put(scheduleRecord, server.id, () => scheduleOf(server.channel('general').id, minute));
  await store.commit(batch);
  await store.close();
}

interface Watched {
  /** When each daily question came. */
  readonly dailiesMs: number[];
  /** How long after its deadline each round's card closed, and when. */
  readonly late: { readonly atMs: number; readonly lateMs: number }[];
}

const isOpen = (text: string, card: Card): boolean =>
  /^### Round \d+ of/.test(text) &&
  card.buttons.some(({ disabled, label }) => !disabled && /^[A-F]|True/.test(label));

function watch(discord: LocalDiscord, played: (card: Card) => void): Watched {
  const watched: Watched = { dailiesMs: [], late: [] };
  const open = new Map<string, number>();
  discord.world.messageChanged.on(({ how, message }) => {
    const card = new Card(message, discord.world);
    const { text, id } = card;
    const atMs = Date.now();
    if (how === 'created' && text.includes('### Daily question')) watched.dailiesMs.push(atMs);
    else if (isOpen(text, card)) {
      if (open.has(id)) return;
      open.set(id, atMs);
      played(card);
    } else if (open.has(id)) {
      watched.late.push({ atMs, lateMs: atMs - (open.get(id) ?? 0) - roundSeconds * 1_000 });
      open.delete(id);
    }
  });
  return watched;
}

/** Requests that Discord counts, so far. */
async function counted(): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  const lines = page.matchAll(/^drills_discord_requests_total\{urgency="(?!interaction)[^}]*\} (\d+)$/gm);
  return Array.from(lines, ([, value]) => Number(value)).reduce((sum, value) => sum + value, 0);
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-rush-'));
  const discord = await LocalDiscord.start({
    keep: false,
    strict: false,
    rateLimits: true,
    shards: Math.ceil(servers / 2_000),
    guilds: servers,
  });
  const atMs = Math.ceil((Date.now() + prelude.startMs + prelude.quietMs) / minuteMs) * minuteMs;
  await plant(discord, dir, atMs);
  const bot = await startOurs(discord, dir, {
    HEALTH_PORT: String(healthPort),
    REQUESTS_PER_SECOND: String(perSecond),
  });
  print(`ready with ${servers} servers after ${round(bot.readyMs / 1_000)} s`);
  const players = new Map<string, Member>();
  const watched = watch(discord, (card) => {
    // Somebody answers somewhere in the round; the host does not, so that each round lasts to its deadline.
    const member = players.get(card.raw.channel_id);
    const label = card.buttons.find(({ disabled }) => !disabled)?.label;
    if (member && label)
      void delay(Math.random() * 0.8 * roundSeconds * 1_000).then(() => member.press(card, label));
  });
  for (const [index, server] of discord.servers.slice(0, quizzes).entries()) {
    players.set(server.channel('general').id, discord.member(`Player ${index}`, { server }));
    const host = discord.member(`Host ${index}`, { server });
    await host.slash(`/quiz start lobby:0 rounds:30 seconds:${roundSeconds}`);
    await delay((roundSeconds * 1_000) / quizzes);
  }
  await delay(atMs - Date.now());
  const before = await counted();
  const untilMs = atMs + longestMs;
  while (watched.dailiesMs.length < servers && Date.now() < untilMs) await delay(100);
  const lastMs = watched.dailiesMs.at(-1) ?? Number.NaN;
  const requests = (await counted()) - before;
  const lateIn = (from: number, to: number) =>
    watched.late.filter((one) => one.atMs >= from && one.atMs < to).map(({ lateMs }) => lateMs);
  const quiet = quantile(lateIn(0, atMs), 0.5);
  const rush = lateIn(atMs, lastMs).map((lateMs) => Math.max(0, lateMs - quiet));
  const leastMs = (requests / perSecond) * 1_000;
  print(`rounds close ${round(quiet)} ms after their deadline when nothing else is on (median)`);
  print(
    `${rush.length} rounds in the rush, late by ${round(quantile(rush, 0.5))} ms (median), ${round(Math.max(...rush))} ms at most`,
  );
  print(
    `rounds late in a rush of ${servers} dailies, p95: ${quantile(rush, 0.95).toFixed(0)} ms (at most 250)`,
  );
  const took = lastMs - atMs;
  print(
    `dailies of ${servers} servers at one minute: took ${round(took / 1_000)} s, ${requests} requests need ${round(leastMs / 1_000)} s, ratio ${(took / leastMs).toFixed(2)} (at most 1.15)`,
  );
  print(`dailies that are missing: ${servers - watched.dailiesMs.length} (at most 0)`);
  print(`requests refused: ${discord.invalidRequests.count} (at most 0)`);
  await bot.stop();
  await discord.close();
  await rm(dir, { recursive: true });
}

await main();
