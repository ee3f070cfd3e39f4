/**
 * Joining: 2,000 people press Join of one lobby in the same instant, then 10,000, turns about with the least bot under
 * the same presses. What a join costs must not grow with those who are in already. Leaving is the same again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Card, Member } from 'local-discord';
import { type BotProcess, startLeast, startOurs } from './bots.js';
import {
  anyAnswer,
  type Compared,
  type Crowd,
  compared,
  copies,
  gather,
  latestMs,
  lobbyOf,
  press,
  saying,
  sum,
} from './crowds.js';
import { print } from './figures.js';

const usual = 2_000;
const multitude = 10_000;
/** Lobbies that fill and empty while both bots warm up, and those that are measured. */
const warmups = 2;
const measured = 3;

interface Side {
  readonly bot: BotProcess;
  readonly crowd: Crowd;
}

/** So many press; the host, who is in it, does not. */
async function turn(ours: Side, theirs: Side, lobby: Card, people: number, label: string, words: string) {
  const only = ({ crowd }: Side) => [(crowd.groups[0] ?? []).slice(1, 1 + people)];
  const theirCards = copies(theirs.crowd, [lobby]);
  const presses = { label: () => label, atOnce: people };
  const mine = await press(ours.bot, only(ours), { ...presses, cards: [lobby], expected: saying(words) });
  await ours.bot.rested();
  const other = await press(theirs.bot, only(theirs), { ...presses, cards: theirCards, expected: anyAnswer });
  await theirs.bot.rested();
  return { ours: mine, theirs: other };
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-joins-'));
  const [mine, other] = await Promise.all([gather(1, multitude + 1), gather(1, multitude + 1)]);
  const ours = { bot: await startOurs(mine.discord, dir), crowd: mine };
  const theirs = { bot: await startLeast(other.discord), crowd: other };
  const host = mine.groups[0]?.[0] as Member;
  const turns: Record<'joined' | 'left' | 'crowded', Compared[]> = { joined: [], left: [], crowded: [] };
  for (let round = 1; round <= warmups + measured; round++) {
    const lobby = await lobbyOf(host, 1);
    const joined = await turn(ours, theirs, lobby, usual, 'Join', 'You are in');
    const left = await turn(ours, theirs, lobby, usual, 'Leave', 'You have left');
    if (round > warmups) {
      turns.joined.push(joined);
      turns.left.push(left);
    }
    if (round === warmups + measured)
      turns.crowded.push(await turn(ours, theirs, lobby, multitude, 'Join', 'You are in'));
    await host.slash('/quiz stop');
    await ours.bot.rested();
  }
  await Promise.all([ours.bot.stop(), theirs.bot.stop()]);
  await Promise.all([mine, other].map(({ discord }) => discord.close()));
  await rm(dir, { recursive: true });
  tell('joins', turns.joined);
  tell('leaves', turns.left);
  tellCrowded(turns.crowded);
}

function tell(what: string, turns: readonly Compared[]): void {
  const cpu = `CPU of ${usual} ${what} in one instant, each`;
  print(compared(cpu, turns, ({ cpuMicroseconds }) => cpuMicroseconds, { unit: 'µs', atMost: 1.5 }));
  print(
    compared(`p99 of ${usual} ${what} in one instant`, turns, ({ p99Ms }) => p99Ms, {
      unit: 'ms',
      atMost: 2,
    }),
  );
  print(`${what} that were refused: ${sum(turns, ({ refused }) => refused)} (at most 0)`);
}

function tellCrowded(turns: readonly Compared[]): void {
  const all = `of ${multitude} joins in one instant`;
  print(
    compared(`CPU ${all}, each`, turns, ({ cpuMicroseconds }) => cpuMicroseconds, {
      unit: 'µs',
      atMost: 1.5,
    }),
  );
  print(compared(`p99 ${all}`, turns, ({ p99Ms }) => p99Ms, { unit: 'ms' }));
  print(`refused ${all}: ${sum(turns, ({ refused }) => refused)} (at most 0)`);
  print(`later than ${latestMs / 1000} s ${all}: ${sum(turns, ({ late }) => late)} (at most 0)`);
}

await main();
