/**
 * Answers in running quizzes, turns about under the same presses with the least bot that answers, and with one that
 * only defers: CPU for each recorded answer, and how long people wait for their receipts when 2,000 of them, or 10,000
 * of one quiz, press in the same instant. The bots are processes of their own; the local Discord is this one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Card, Member } from 'local-discord';
import { startLeast, startOurs } from './bots.js';
import {
  anyAnswer,
  anySign,
  type Compared,
  type Crowd,
  compared,
  copies,
  gather,
  latestMs,
  lobbyOf,
  type Pressed,
  press,
  saying,
  sum,
} from './crowds.js';
import { median, print, ratioLine } from './figures.js';

export const answers = 2_000;
export const multitude = 10_000;
/** Presses under way at once, where it is not all of them. */
export const steady = 50;

/** The labels of the buttons that answer a card: letters, or True and False. */
const answersOn = (card: Card): string[] =>
  card.buttons
    .filter(({ label, disabled }) => !disabled && /^(?:[A-F]|True|False)$/.test(label))
    .map(({ label }) => label);

const label = (card: Card, person: number): string => answersOn(card)[person % 2] ?? '';

function openCards({ groups }: Crowd, round: number): Promise<Card[]> {
  const isOpen = (card: Card): boolean =>
    card.text.includes(`Round ${round} of`) && answersOn(card).length > 0;
  return Promise.all(groups.map(([host]) => (host as Member).channel.waitFor(isOpen, 60_000)));
}

/** A round ends when all who are in have answered: so everybody is in before the first one. */
async function everybodyJoins(group: Crowd['groups'][number], rounds: number): Promise<void> {
  const [host] = group;
  if (!host) return;
  const lobby = await lobbyOf(host, rounds);
  const joining = group.slice(1).values();
  const worker = async (): Promise<void> => {
    for (const member of joining) await member.press(lobby, 'Join');
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  await host.press(lobby, 'Start now');
}

interface Turn extends Compared {
  readonly atOnce: number;
  readonly deferring: Pressed;
}

/** Whoever was not recorded keeps a round open: then its host closes it. */
async function closeRound({ groups }: Crowd, { refused }: Pressed): Promise<void> {
  if (refused > 0) for (const [host] of groups) await host?.slash('/quiz skip');
}

/** @param plan how many press at once in each round; the first one warms up */
export async function compare(quizzes: number, plan: readonly number[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-answers-'));
  const people = Math.max(...plan);
  const [ours, theirs, others] = await Promise.all([
    gather(quizzes, people),
    gather(quizzes, people),
    gather(quizzes, people),
  ]);
  const bot = await startOurs(ours.discord, dir);
  const least = await startLeast(theirs.discord);
  const deferring = await startLeast(others.discord, { defers: true });
  const turns: Turn[] = [];
  await Promise.all(ours.groups.map((group) => everybodyJoins(group, plan.length)));
  for (const [index, atOnce] of plan.entries()) {
    const cards = await openCards(ours, index + 1);
    const [forTheirs, forOthers] = [copies(theirs, cards), copies(others, cards)];
    const one = await press(bot, ours.groups, { cards, label, atOnce, expected: saying('Recorded') });
    await closeRound(ours, one);
    // Closing the round is under way now; each one's turn comes when all is quiet, its late answers too.
    if (index + 1 < plan.length) await openCards(ours, index + 2);
    await bot.rested();
    const two = await press(least, theirs.groups, { cards: forTheirs, label, atOnce, expected: anyAnswer });
    await least.rested();
    const three = await press(deferring, others.groups, {
      cards: forOthers,
      label,
      atOnce,
      expected: anySign,
    });
    await deferring.rested();
    // In the first round everything warms up.
    if (index > 0) turns.push({ atOnce, ours: one, theirs: two, deferring: three });
  }
  await Promise.all([bot.stop(), least.stop(), deferring.stop()]);
  await Promise.all([ours, theirs, others].map(({ discord }) => discord.close()));
  await rm(dir, { recursive: true });
  tell(quizzes, turns);
}

function tell(quizzes: number, turns: readonly Turn[]): void {
  const where = `${quizzes} ${quizzes === 1 ? 'quiz' : 'quizzes'}`;
  const usual = turns.filter(({ atOnce }) => atOnce !== multitude);
  const flowing = usual.filter(({ atOnce }) => atOnce === steady);
  const bursts = usual.filter(({ atOnce }) => atOnce === answers);
  if (flowing.length > 0) tellCpu(`${where}, ${steady} under way`, flowing);
  if (bursts.length > 0) {
    tellCpu(`${where}, all at once`, bursts);
    const p99 = `p99 of ${answers} answers in one instant, ${where}`;
    print(compared(p99, bursts, ({ p99Ms }) => p99Ms, { unit: 'ms', atMost: 1.3 }));
    const slowest = Math.max(...bursts.map(({ ours }) => ours.slowestMs));
    print(`slowest of them, ${where}: ${slowest.toFixed(0)} ms (at most ${latestMs})`);
    print(`answers not recorded, ${where}: ${sum(usual, ({ refused }) => refused)} (at most 0)`);
  }
  const crowded = turns.filter(({ atOnce }) => atOnce === multitude);
  if (crowded.length === 0) return;
  const all = `of ${multitude} in one instant, ${where}`;
  print(compared(`p99 ${all}`, crowded, ({ p99Ms }) => p99Ms, { unit: 'ms' }));
  print(`without a receipt ${all}: ${sum(crowded, ({ refused }) => refused)} (at most 0)`);
  print(`receipts later than ${latestMs / 1000} s ${all}: ${sum(crowded, ({ late }) => late)} (at most 0)`);
}

function tellCpu(where: string, turns: readonly Turn[]): void {
  const name = `CPU per recorded answer, ${where}`;
  const figure = (round: Pressed): number => round.cpuMicroseconds;
  print(compared(name, turns, figure, { unit: 'µs', atMost: 1.3 }));
  const ours = median(turns.map((turn) => figure(turn.ours)));
  const theirs = median(turns.map((turn) => figure(turn.deferring)));
  print(
    ratioLine(`${name}, against one that only defers`, { ours, theirs, unit: 'µs', than: 'deferring bot' }),
  );
}
