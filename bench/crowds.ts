/** Many people of a local Discord who press a button of a bot in the same moment, and what that costs the bot. */
import { type Card, LocalDiscord, type Member, type Reply } from 'local-discord';
import type { BotProcess } from './bots.js';
import { median, quantile, ratioLine } from './figures.js';

/** Discord's patience. */
export const latestMs = 3_000;
/** A receipt that was announced may come as late as this; what comes later counts as refused. */
const patienceMs = 60_000;

export interface Crowd {
  readonly discord: LocalDiscord;
  /** The people of each quiz. */
  readonly groups: readonly (readonly Member[])[];
}

/** What the presses of a crowd came to. */
export interface Pressed {
  readonly cpuMicroseconds: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
  /** Receipts that came after Discord's patience. */
  readonly late: number;
  readonly refused: number;
}

export async function gather(quizzes: number, people: number): Promise<Crowd> {
  const discord = await LocalDiscord.start({ keep: false, strict: false });
  const groups = Array.from({ length: quizzes }, (_, quiz) =>
    discord.members(people / quizzes, { server: discord.server(`Group ${quiz + 1}`) }),
  );
  return { discord, groups };
}

/** The card of a quiz that its host opens, where all may join. */
export async function lobbyOf(host: Member, rounds: number): Promise<Card> {
  await host.slash(`/quiz start rounds:${rounds} seconds:300 lobby:300`);
  const isLobby = (card: Card): boolean => card.buttons.some(({ label }) => label === 'Start now');
  return host.channel.waitFor(isLobby, 60_000);
}

/** What counts as an answer of a bot, and when it has come. */
interface Expected {
  readonly isReceipt: (reply: Reply) => boolean;
  readonly hasCome: (reply: Reply) => Promise<boolean>;
}

const comes = (answer: Promise<unknown>): Promise<boolean> =>
  answer.then(
    () => true,
    () => false,
  );

/** An answer that begins so. */
export const saying = (words: string): Expected => ({
  isReceipt: (reply) => !reply.failed && reply.text.startsWith(words),
  hasCome: (reply) => comes(reply.answered(patienceMs)),
});
export const anyAnswer = saying('');
export const anySign: Expected = {
  isReceipt: (reply) => !reply.failed,
  hasCome: (reply) => comes(reply.acknowledged()),
};

interface Presses {
  /** By group, the card that its people press. */
  readonly cards: readonly Card[];
  readonly label: (card: Card, person: number) => string;
  /** Presses under way at once. */
  readonly atOnce: number;
  readonly expected: Expected;
}

/** Everybody presses a button of their group's card. */
export async function press(
  bot: BotProcess,
  groups: Crowd['groups'],
  { cards, label, atOnce, expected: { isReceipt, hasCome } }: Presses,
): Promise<Pressed> {
  const presses = (groups[0] ?? []).flatMap((_, person) =>
    groups.map((group, quiz) => ({ member: group[person] as Member, card: cards[quiz] as Card, person })),
  );
  const waits: number[] = [];
  let refused = 0;
  const answer = async ({ member, card, person }: (typeof presses)[number]): Promise<void> => {
    const sentAt = performance.now();
    const reply = await member.press(card, label(card, person), { wait: false });
    const isHere = await hasCome(reply);
    waits.push(performance.now() - sentAt);
    if (!isHere || !isReceipt(reply)) refused++;
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
    slowestMs: quantile(waits, 1),
    late: waits.filter((waitedMs) => waitedMs > latestMs).length,
    refused,
  };
}

/** The same cards, as they are now, in the least bot's Discord, so that the same bytes reach it. */
export function copies({ discord, groups }: Crowd, cards: readonly Card[]): Card[] {
  return groups.map(([host], quiz) => {
    const { components, flags } = structuredClone((cards[quiz] as Card).raw);
    const { channel } = host as Member;
    const authorId = discord.world.bot.id;
    discord.messages.create({ channel: channel.state, authorId, body: { components, flags }, uploads: [] });
    return channel.last;
  });
}

/** What both bots made of the same presses. */
export interface Compared {
  readonly ours: Pressed;
  readonly theirs: Pressed;
}

export function compared(
  name: string,
  turns: readonly Compared[],
  figure: (pressed: Pressed) => number,
  { unit, atMost }: { readonly unit: string; readonly atMost?: number },
): string {
  const ours = median(turns.map((turn) => figure(turn.ours)));
  const theirs = median(turns.map((turn) => figure(turn.theirs)));
  return ratioLine(name, { ours, theirs, unit, than: 'least bot' }, atMost);
}

export const sum = (turns: readonly Compared[], figure: (pressed: Pressed) => number): number =>
  turns.reduce((total, { ours }) => total + figure(ours), 0);
