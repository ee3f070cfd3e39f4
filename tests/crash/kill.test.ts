import type { Card, Channel, LocalDiscord, Member } from 'local-discord';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { toShown } from '../../src/asking/asked.js';
import { Ledger } from '../../src/ledger/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { cardAnswersLog, cardRecord } from '../../src/question/records.js';
import { gameRecord, quizAnswersLog } from '../../src/quiz/records.js';
import { Memory } from '../../src/store/held.js';
import { readRows } from '../../src/store/log-segments.js';
import { HeldLogs } from '../../src/store/logs.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { systemClock } from '../../src/time/clock.js';
import { seeded } from '../bank/random.js';
import { demoQuestions } from '../helpers/banks.js';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { startProcess } from '../helpers/process.js';

/** 3 in the ordinary suite; `KILLS=50 npm run test:long` for more. */
const kills = Number(process.env.KILLS ?? 3);
const channelsPlayed = 4;
const membersPlaying = 6;

/** A receipt that a member saw: this letter on the card with this custom id. */
interface Receipt {
  readonly member: string;
  /** `quiz:a:<game>:<round>:<letter>` or `practice:a:<card>:<letter>`. */
  readonly customId: string;
}

const openButtons = (card: Card) =>
  card.buttons.filter(({ label, disabled }) => /^[A-F]$/.test(label) && !disabled);

const pick = <T>(random: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)];

const isRanked = ({ text }: Card): boolean => /· \d of [2-9] right/.test(text);

/** Patience for an answer that may never come, because the process has just been killed. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

/**
 * Members press whatever is open until told to stop; what is acknowledged is noted. In the pause after a round
 * the quiz is now and then stopped and a new one started, so that every step is under way at some kill.
 */
async function play(
  channel: Channel,
  members: readonly [Member, ...Member[]],
  random: () => number,
  receipts: Receipt[],
  over: { now: boolean },
): Promise<void> {
  const pressed = new Set<string>();
  while (!over.now) {
    const card = channel.messages.findLast((message) => openButtons(message).length > 0);
    // The host not first: a round that one member answered alone would be over, and practice.
    const member = pick(random, card && pressed.has(card.id) ? members : members.slice(1));
    const button = card && pick(random, openButtons(card));
    if (!card || !member || !button?.customId) {
      for (const command of ['/quiz stop', '/quiz start lobby:0 rounds:30 seconds:300'])
        await Promise.race([members[0].slash(command, { channel }), soon()]);
      await soon();
      continue;
    }
    const reply = await member.pressId(card, button.customId, { wait: false });
    await Promise.race([reply.answered(), soon()]);
    if (reply.kind) pressed.add(card.id);
    if (reply.kind && /recorded:?\s/i.test(reply.text) && !/first/.test(reply.text))
      receipts.push({ member: member.id, customId: button.customId });
  }
}

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
    await holdAgainstTheDisk(store, server.id, receipts);
  } finally {
    await store.close();
  }
});

async function holdAgainstTheDisk(
  store: Store,
  guildId: string,
  receipts: readonly Receipt[],
): Promise<void> {
  const games = new Set<string>();
  for (const { member, customId } of receipts) {
    const [feature, , id = '', ...rest] = customId.split(':');
    if (feature === 'practice') {
      const card = await store.get(cardRecord, id);
      const shown: number[][] = [];
      for await (const row of readRows(store, cardAnswersLog, id))
        if (card && row.member === member && 'picks' in row.answer)
          shown.push(toShown(card.asked, row.answer.picks));
      expect(shown, `the answer of ${member} on card ${id}`).toEqual([[Number(rest[0])]]);
    } else games.add(id);
  }
  const memory = new Memory(store);
  const answers = new HeldLogs(memory, quizAnswersLog);
  const ledger = new Ledger({ memory, clock: systemClock });
  const booked = new Map<string, number>();
  for await (const row of ledger.rows(guildId)) {
    const key = `${row.source} ${row.member}`;
    expect(booked.has(key), `${key} is booked once`).toBe(false);
    booked.set(key, row.points);
  }
  for (const id of games) {
    const game = await store.get(gameRecord, id);
    const given = new Map<string, number>();
    for await (const one of answers.rows(id)) {
      const key = `quiz:${id}:${one.round + 1} ${one.member}`;
      expect(given.has(key), `${key} is recorded once`).toBe(false);
      given.set(key, one.shown[0] ?? -1);
    }
    for (const { member, customId } of receipts) {
      const [, , game, round, letter] = customId.split(':');
      if (game === id) expect(given.get(`quiz:${id}:${Number(round) + 1} ${member}`)).toBe(Number(letter));
    }
    // Of closed rounds that two answered every answer is in the ledger, of the open one and of practice none.
    for (const key of given.keys()) {
      const round = game?.rounds[Number(key.split(' ')[0]?.split(':')[2]) - 1];
      expect(booked.has(key), key).toBe(round?.ended !== undefined && !round.practice);
    }
    for (const [member, player] of Object.entries(game?.players ?? {})) {
      const closed = [...given.keys()].filter((key) => {
        const [source = '', of] = key.split(' ');
        return of === member && game?.rounds[Number(source.split(':')[2]) - 1]?.ended !== undefined;
      });
      expect(player.answered).toBe(closed.length);
    }
  }
  const members = [...new Set([...booked.keys()].map((key) => key.split(' ')[1] ?? ''))];
  const profiles = new Profiles(memory);
  for (const member of members) {
    const rows = [...booked.keys()].filter((key) => key.endsWith(` ${member}`)).length;
    const topics = Object.values((await profiles.get(guildId, member)).topics);
    const scored = topics
      .flatMap((levels) => Object.values(levels))
      .reduce((sum, tally) => sum + (tally?.[1] ?? 0), 0);
    expect(scored, `scored answers in the profile of ${member}`).toBe(rows);
  }
  expect(booked.size, 'answers of closed rounds').toBeGreaterThan(kills);
  expect(await ledger.audit(guildId)).toMatchObject({ duplicates: [], sound: true, rows: booked.size });
}
