import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Card, Channel } from 'local-discord';
import { expect } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { isResults, isRound, letterOf, type Stage } from '../helpers/stage.js';
import { begun, cardWith, handIn, type InterviewScene, rolesIn, roomOf } from '../interview/scene.js';
import { played } from '../retention/played.js';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** The names of all kinds of records and logs that the bot stores, as its code says. */
export async function storedKinds(): Promise<string[]> {
  const files = await readdir(src, { recursive: true });
  const texts = await Promise.all(
    files.filter((file) => file.endsWith('.ts')).map((file) => readFile(join(src, file), 'utf8')),
  );
  const made = texts.flatMap((text) => [
    ...text.matchAll(/\b(?:recordType|logType)(?:<\w+>)?\(\s*'([\w-]+)'/g),
  ]);
  return [...new Set(made.map(([, kind = '']) => kind))].sort();
}

/** Kinds in which no member's id ever stands, but in the key of what belongs to direct messages; and what does. */
export const ofNobody: Readonly<Record<string, string>> = {
  asked: 'questions of a server',
  'asked-cards': 'cards of a server',
  askings: 'counts',
  cards: 'cards by their number',
  'caught-up': 'a time',
  'daily-posts': 'dates',
  damaged: 'what could not be read, as it was',
  departure: 'a time',
  firsts: 'counts',
  'firsts-topics': 'topics',
  games: 'games of a server',
  interviews: 'interviews of a server',
  'interviews-running': 'interviews of a server',
  moving: 'a mark of the tool that moves data',
  open: 'questions',
  ping: 'a number',
  running: 'games of a server',
  servers: 'servers',
  'shard-counts': 'numbers',
  'stock-taken': 'a time',
  'wish-answers': 'for seconds, without an id, between processes',
  'wish-marks': 'wishes by their number',
};

/** An interview with feedback by all, and one of which the answers are not in yet. */
async function interviewed(scene: Pick<InterviewScene, 'clock' | 'members' | 'drills' | 'server'>) {
  const { clock, members, server } = scene;
  await begun(scene, 'questions:1');
  const room = roomOf(scene);
  const { candidate, interviewer } = rolesIn(scene);
  await interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await clock.settle();
  await candidate.submit(await candidate.press(cardWith(room, 'Answer'), 'Answer'), { answer: 'my words' });
  await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
  await clock.settle();
  for (const member of members) await handIn(member, room, { points: ['0'], strength: 'clear', mark: 3 });
  await clock.settle();
  await candidate.press(cardWith(room, 'Next'), 'Next');
  await clock.settle();
  const lounge = { channel: server.channel('lounge') };
  const lobby = (await members[1]?.slash('/interview start format:written', lounge))?.message;
  if (lobby) await members[0]?.press(lobby, 'Join');
}

const nextWith = (channel: Channel, label: string): Promise<Card> =>
  channel.next(({ buttons }) => buttons.some((one) => one.label === label && !one.disabled));

/** A quiz night that Ada set, was reminded of, and played with Ben; she wants to be told of the next one as well. */
async function nightPlayed({ ada, ben, clock, drills }: Stage): Promise<void> {
  ada.allow('ManageGuild');
  await ada.slash('/night set weekday:Saturday time:20:00 timezone:UTC topic:queries rounds:1 seconds:20');
  const announced = nextWith(drills, 'Remind me');
  await clock.advanceTo('2026-03-06T20:01Z');
  await ada.press(await announced, 'Remind me');
  const opened = nextWith(drills, 'Join');
  clock.jumpTo('2026-03-07T19:54:30Z');
  await clock.advanceTo('2026-03-07T19:56Z');
  const lobby = await opened;
  for (const member of [ada, ben]) await member.press(lobby, 'Join');
  const round = drills.next(isRound(1));
  await clock.advanceTo('2026-03-07T20:00:05Z');
  const card = await round;
  const results = drills.next(isResults);
  for (const member of [ada, ben]) await member.press(card, letterOf(card, true));
  await clock.settle();
  await clock.advance('10s');
  await results;
  await clock.settle();
  const again = drills.messages.findLast(({ buttons }) =>
    buttons.some(({ label, disabled }) => label === 'Remind me' && !disabled),
  );
  if (again) await ada.press(again, 'Remind me');
}

/** A week of daily questions that Ada alone answered, and the last post of it, which says so. */
async function weekWon({ ada, clock, drills }: Stage): Promise<void> {
  for (const date of ['09', '10', '11', '12']) {
    clock.jumpTo(`2026-03-${date}T17:59:30Z`);
    await clock.advanceTo(`2026-03-${date}T18:01Z`);
    const post = drills.messages.findLast(({ text }) => text.includes('### Daily question'));
    if (post) await ada.press(post, letterOf(post, true));
  }
  clock.jumpTo('2026-03-15T17:59:30Z');
  await clock.advanceTo('2026-03-15T18:01Z');
}

/** Ada, Ben and Cyd have done whatever can be done, some of it is under way, and the bot is stopped. */
export async function everything(): Promise<Awaited<ReturnType<typeof played>>> {
  const scene = await played();
  const { ada, ben, cyd, clock, discord, drills, server } = scene;
  const bot = await startTheBot(discord, { clock, databaseUrl: scene.bot.databaseUrl });
  const unsettle = clock.settleWith(() => bot.app.idle());
  await clock.settle();
  await nightPlayed(scene);
  await weekWon(scene);
  await interviewed({ clock, server, drills, members: [ada, ben, cyd] });
  await ada.slash('/privacy hide on:true');
  const lounge = server.channel('lounge');
  const opened = lounge.next(isRound(1));
  const joinable = (await ben.slash('/quiz start lobby:0 topic:queries', { channel: lounge })).message;
  const running = await opened;
  if (joinable) await ada.press(joinable, 'Join');
  await ada.press(running, letterOf(running, true));
  await clock.advance('4s');
  const late = (await ben.slash('/question any topic:facts')).message;
  await ada.press(late, letterOf(late, true));
  expect(discord.violations).toEqual([]);
  unsettle();
  await bot.stop();
  return scene;
}
