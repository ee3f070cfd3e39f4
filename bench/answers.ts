/**
 * Answers in running quizzes, turns about with the least bot under the same presses: CPU for each recorded
 * answer, and how long people wait for their receipts when 2,000 of them press in the same instant. Both bots are
 * processes of their own; the local Discord is this one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Card, LocalDiscord, type Member, type Reply } from 'local-discord';
import { type BotProcess, startLeast, startOurs } from './bots.js';
import { median, print, quantile, ratioLine } from './figures.js';

const answers = 2_000;
/** Presses under way at once, where it is not all of them. */
const steady = 50;
/** Discord's patience. */
const latestMs = 3_000;

interface Crowd {
  readonly discord: LocalDiscord;
  /** The people of each quiz. */
  readonly groups: readonly (readonly Member[])[];
}

interface Round {
  readonly cpuMicroseconds: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  readonly refused: number;
}

async function gather(quizzes: number): Promise<Crowd> {
  const discord = await LocalDiscord.start({ keep: false, strict: false });
  const groups = Array.from({ length: quizzes }, (_, quiz) =>
    discord.members(answers / quizzes, { server: discord.server(`Group ${quiz + 1}`) }),
  );
  return { discord, groups };
}

/** Everybody presses some option of their quiz's card, at most `atOnce` at a time. */
async function press(
  bot: BotProcess,
  groups: Crowd['groups'],
  cards: readonly Card[],
  atOnce: number,
  isReceipt: (reply: Reply) => boolean,
): Promise<Round> {
  const presses = (groups[0] ?? []).flatMap((_, person) =>
    groups.map((group, quiz) => ({ member: group[person] as Member, card: cards[quiz] as Card, person })),
  );
  const waits: number[] = [];
  let refused = 0;
  const answer = async ({ member, card, person }: (typeof presses)[number]): Promise<void> => {
    const sentAt = performance.now();
    const reply = await (
      await member.press(card, answersOn(card)[person % 2] ?? '', { wait: false })
    ).answered();
    waits.push(performance.now() - sentAt);
    if (!isReceipt(reply)) refused++;
  };
  const cpuBefore = bot.cpuMs();
  const queue = presses.values();
  const worker = async (): Promise<void> => {
    for (const one of queue) await answer(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return {
    cpuMicroseconds: ((bot.cpuMs() - cpuBefore) * 1_000) / presses.length,
    p99Ms: quantile(waits, 0.99),
    slowestMs: Math.max(...waits),
    refused,
  };
}

const isRecorded = (reply: Reply): boolean => !reply.failed && reply.text.startsWith('Recorded');
const isAnswered = (reply: Reply): boolean => !reply.failed;

/** The labels of the buttons that answer a card: letters, or True and False. */
const answersOn = (card: Card): string[] =>
  card.buttons
    .filter(({ label, disabled }) => !disabled && /^(?:[A-F]|True|False)$/.test(label))
    .map(({ label }) => label);

function openCards({ groups }: Crowd, round: number): Promise<Card[]> {
  const isOpen = (card: Card): boolean =>
    card.text.includes(`Round ${round} of`) && answersOn(card).length > 0;
  return Promise.all(groups.map(([host]) => (host as Member).channel.waitFor(isOpen, 60_000)));
}

/** A round ends when all who are in have answered: so everybody is in before the first one. */
async function everybodyJoins(group: Crowd['groups'][number], rounds: number): Promise<void> {
  const [host] = group;
  if (!host) return;
  await host.slash(`/quiz start rounds:${rounds} seconds:300 lobby:300`);
  const isLobby = (card: Card): boolean => card.buttons.some(({ label }) => label === 'Start now');
  const lobby = await host.channel.waitFor(isLobby, 60_000);
  const joining = group.slice(1).values();
  const worker = async (): Promise<void> => {
    for (const member of joining) await member.press(lobby, 'Join');
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  await host.press(lobby, 'Start now');
}

/** The same cards, as they are now, in the least bot's Discord, so that the same bytes reach it. */
function copies({ discord, groups }: Crowd, cards: readonly Card[]): Card[] {
  return groups.map(([host], quiz) => {
    const { components, flags } = structuredClone((cards[quiz] as Card).raw);
    const { channel } = host as Member;
    const authorId = discord.world.bot.id;
    discord.messages.create({ channel: channel.state, authorId, body: { components, flags }, uploads: [] });
    return channel.last;
  });
}

async function compare(quizzes: number, plan: readonly number[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-answers-'));
  const ours = await gather(quizzes);
  const theirs = await gather(quizzes);
  const bot = await startOurs(ours.discord, dir);
  const least = await startLeast(theirs.discord);
  const rounds: { atOnce: number; ours: Round; theirs: Round }[] = [];
  await Promise.all(ours.groups.map((group) => everybodyJoins(group, plan.length)));
  for (const [index, atOnce] of plan.entries()) {
    const cards = await openCards(ours, index + 1);
    const sameCards = copies(theirs, cards);
    const one = await press(bot, ours.groups, cards, atOnce, isRecorded);
    // Closing the round is under way now; the other's turn comes when all is quiet.
    if (index + 1 < plan.length) await openCards(ours, index + 2);
    const other = await press(least, theirs.groups, sameCards, atOnce, isAnswered);
    // In the first round everybody joins, and both bots warm up.
    if (index > 0) rounds.push({ atOnce, ours: one, theirs: other });
  }
  await Promise.all([bot.stop(), least.stop()]);
  await Promise.all([ours.discord.close(), theirs.discord.close(), rm(dir, { recursive: true })]);
  tell(quizzes, rounds);
}

function tell(quizzes: number, rounds: { atOnce: number; ours: Round; theirs: Round }[]): void {
  const where = `${quizzes} ${quizzes === 1 ? 'quiz' : 'quizzes'}`;
  const than = 'least bot';
  const middle = (of: typeof rounds, figure: (round: Round) => number) => ({
    ours: median(of.map(({ ours }) => figure(ours))),
    theirs: median(of.map(({ theirs }) => figure(theirs))),
  });
  const flowing = rounds.filter(({ atOnce }) => atOnce === steady);
  const bursts = rounds.filter(({ atOnce }) => atOnce === answers);
  const cpu = { unit: 'µs', than };
  if (flowing.length > 0) {
    const figures = middle(flowing, (round) => round.cpuMicroseconds);
    print(ratioLine(`CPU per recorded answer, ${where}, ${steady} under way`, { ...figures, ...cpu }, 1.6));
  }
  const inBursts = middle(bursts, (round) => round.cpuMicroseconds);
  print(ratioLine(`CPU per recorded answer, ${where}, all at once`, { ...inBursts, ...cpu }, 1.6));
  const p99 = middle(bursts, (round) => round.p99Ms);
  print(ratioLine(`p99 of ${answers} answers in one instant, ${where}`, { ...p99, unit: 'ms', than }, 1.5));
  const slowest = Math.max(...bursts.map(({ ours }) => ours.slowestMs));
  print(`slowest of them, ${where}: ${slowest.toFixed(0)} ms (at most ${latestMs})`);
  const lost = rounds.reduce((sum, { ours }) => sum + ours.refused, 0);
  print(`answers not recorded, ${where}: ${lost} (at most 0)`);
}

await compare(20, [answers, steady, answers, steady, answers, steady, answers]);
await compare(1, [answers, answers, answers, answers]);
