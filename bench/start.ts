/** Time from the start of the process until ready, and memory with many servers, turns about with the least bot. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LocalDiscord } from 'local-discord';
import { type BotProcess, startLeast, startOurs } from './bots.js';
import { median, print, ratioLine } from './figures.js';

const manyServers = 2_500;
/** For what is still under way after ready, and for the garbage collector. */
const settleMs = 4_000;
const than = 'least bot';

interface Figures {
  readonly readyMs: number[];
  readonly megabytes: number[];
}

async function measure(servers: number, rounds: number, settle: boolean): Promise<[Figures, Figures]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-start-'));
  const discord = await LocalDiscord.start({ guilds: servers, keep: false });
  const ours: Figures = { readyMs: [], megabytes: [] };
  const theirs: Figures = { readyMs: [], megabytes: [] };
  // The first start registers the commands and makes the database; what counts is every later one.
  await (await startOurs(discord, dir)).stop();
  for (let round = 0; round < rounds; round++) {
    await note(await startOurs(discord, dir), ours, settle);
    await note(await startLeast(discord), theirs, settle);
  }
  await discord.close();
  await rm(dir, { recursive: true });
  return [ours, theirs];
}

async function note(bot: BotProcess, figures: Figures, settle: boolean): Promise<void> {
  if (settle) await delay(settleMs);
  figures.readyMs.push(bot.readyMs);
  figures.megabytes.push(bot.residentBytes() / 1e6);
  await bot.stop();
}

function readyLine(servers: string, [ours, theirs]: [Figures, Figures]): string {
  const figures = { ours: median(ours.readyMs), theirs: median(theirs.readyMs), unit: 'ms', than };
  return ratioLine(`start to ready, ${servers}`, figures, 1.2);
}

print(readyLine('1 server', await measure(1, 7, false)));
const many = await measure(manyServers, 3, true);
print(readyLine(`${manyServers} servers`, many));
const [ours, theirs] = many;
const memory = { ours: median(ours.megabytes), theirs: median(theirs.megabytes), unit: 'MB', than };
print(ratioLine(`resident memory, ${manyServers} servers`, memory, 1));
