import type { Channel, LocalDiscord, Member } from 'local-discord';
import { seeded } from 'local-discord';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { demoQuestions } from '../helpers/banks.js';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { killsOf } from '../helpers/long.js';
import { startProcess } from '../helpers/process.js';
import { holdAgainstTheDisk, isRanked, play, type Receipt } from './play.js';

const kills = killsOf(2);
const channelsPlayed = 4;
const membersPlaying = 6;

async function startGames(discord: LocalDiscord, ada: Member, channels: readonly Channel[]): Promise<void> {
  for (const [index, channel] of channels.entries()) {
    if (index === 0) await ada.slash('/question any kind:"single choice"', { channel });
    else await ada.slash('/quiz start lobby:0 rounds:30 seconds:300', { channel });
  }
  expect(discord.violations).toEqual([]);
}

it(`loses no acknowledged answer and counts none twice when it is killed ${kills} times`, {
  timeout: 60_000 + kills * 8_000,
}, async () => {
  const seed = Number(process.env.SEED ?? 1);
  const random = seeded(seed);
  const discord = await startDiscord();
  const names = Array.from({ length: channelsPlayed }, (_, index) => `drills-${index}`);
  const server = discord.server('Study group', { channels: names });
  const members = Array.from({ length: membersPlaying }, (_, index) =>
    discord.member(`M${index}`, { server }),
  ) as [Member, ...Member[]];
  const channels = names.map((name) => server.channel(name));
  const databaseUrl = await tempDatabaseUrl();
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: databaseUrl,
    QUESTIONS_DIR: demoQuestions,
  };
  const receipts: Receipt[] = [];
  let bot = await startProcess(env);
  await startGames(discord, members[0], channels);
  for (let life = 0; life <= kills; life++) {
    const over = { now: false };
    const playing = channels.map((channel) => play(channel, members, random, receipts, over));
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 900));
    if (life < kills) await bot.kill();
    // At last every quiz gets to the end of a round that counts for the leaderboard.
    else await Promise.all(channels.slice(1).map((channel) => channel.waitFor(isRanked, 30_000)));
    over.now = true;
    await Promise.all(playing);
    if (life < kills) bot = await startProcess(env);
  }
  // Channels whose quiz ran out of questions or was abandoned are free again; the others are still on.
  expect(await bot.stop()).toBe(0);

  const store = await openStore(databaseUrl, pino({ level: 'silent' }));
  try {
    expect(receipts.length).toBeGreaterThan(kills);
    await holdAgainstTheDisk(store, server.id, receipts, kills);
  } finally {
    await store.close();
  }
});
