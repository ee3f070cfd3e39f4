import type { Card, Member } from 'local-discord';
import { startTheBot, type TestBot, type TestBotOptions } from './bot.js';
import { ManualClock } from './clock.js';
import { startDiscord, type TestDiscordOptions } from './discord.js';

/** A server with Ada (who runs the quizzes), Ben and Cyd, the bot in it, and time moved by hand. */
export async function stage(options: TestDiscordOptions & Pick<TestBotOptions, 'env' | 'databaseUrl'> = {}) {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock, ...options });
  const server = discord.server('Study group', { channels: ['drills', 'lounge'] });
  const [ada, ben, cyd] = ['Ada', 'Ben', 'Cyd'].map((name) => discord.member(name, { server })) as [
    Member,
    Member,
    Member,
  ];
  const drills = server.channel('drills');
  const { env, databaseUrl } = options;
  const bot = await startTheBot(discord, {
    clock,
    ...(env && { env }),
    ...(databaseUrl && { databaseUrl }),
  });
  clock.settleWith(() => bot.app.idle());
  return { clock, discord, server, ada, ben, cyd, drills, bot };
}

export type Stage = Awaited<ReturnType<typeof stage>>;

/** Ends the process as SIGTERM would, and starts it again on the same data. */
export async function restart({ bot, discord, clock }: Stage, whileDown = () => {}): Promise<TestBot> {
  await bot.stop();
  whileDown();
  const again = await startTheBot(discord, { clock, databaseUrl: bot.databaseUrl });
  clock.settleWith(() => again.app.idle());
  return again;
}

/** The label of the button whose option says that it is the right one (or else a wrong one). */
export function letterOf(card: { readonly text: string }, right: boolean): string {
  // True and false are said by the buttons themselves.
  if (card.text.includes('true or false')) return right ? 'True' : 'False';
  for (const [, letter, option] of card.text.matchAll(/^\*\*([A-F])\*\*\s+(.*)$/gm))
    if (letter && option && (option === 'the right option') === right) return letter;
  throw new Error(`No such option in:\n${card.text}`);
}

/** Starts a quiz without a lobby and gives the card of its first round. */
export async function firstRound({ ada, drills }: Stage, options = 'rounds:2 seconds:20'): Promise<Card> {
  const opened = drills.next(isRound(1));
  await ada.slash(`/quiz start lobby:0 topic:queries ${options}`);
  return opened;
}

export const isRound =
  (number: number) =>
  ({ text, buttons }: Card): boolean =>
    text.includes(`Round ${number} of`) && buttons.some(({ disabled }) => !disabled);

/** Waits for the round's card to show its answer, then for the next card. */
export async function nextRound({ clock, drills }: Stage, number: number): Promise<Card> {
  await drills.waitFor(({ text }) => text.includes(`Standings after round ${number - 1}`));
  await clock.settle();
  const opened = drills.next(isRound(number));
  await clock.advance('6s');
  return opened;
}

export const isResults = ({ text }: { readonly text: string }): boolean =>
  /^### Quiz (results|stopped|ended)/.test(text);
