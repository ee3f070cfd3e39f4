import type { ChatInputCommandInteraction } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import { reply, whisper } from '../discord/respond.js';
import { requireHost } from './host.js';
import type { Quizzes } from './service.js';
import { quizStatusCard } from './status-card.js';
import * as words from './words.js';

/** What `/quiz` does to the quiz of the channel. */
export interface QuizHere {
  readonly quiz: Quizzes;
  readonly bank: Bank;
}

export async function stopHere(interaction: ChatInputCommandInteraction, { quiz }: QuizHere): Promise<void> {
  const id = await idHere(interaction, quiz);
  await requireHost(quiz, id, interaction, words.toDo.stop);
  const { outcome } = await quiz.act(id, { kind: 'end', ending: 'stopped' });
  if (outcome !== 'done') throw new UserError(words.overWords);
  await whisper(interaction, words.stoppedWords);
}

export async function skipHere(interaction: ChatInputCommandInteraction, { quiz }: QuizHere): Promise<void> {
  const id = await idHere(interaction, quiz);
  await requireHost(quiz, id, interaction, words.toDo.skip);
  const { outcome, game } = await quiz.act(id, { kind: 'close', ended: 'skip' });
  if (outcome !== 'done')
    throw new UserError(game.phase.name === 'lobby' ? words.skipWords.lobby : words.skipWords.nothing);
  await whisper(interaction, words.skipWords.done);
}

export async function showStatus(
  interaction: ChatInputCommandInteraction,
  { quiz, bank }: QuizHere,
): Promise<void> {
  const id = await idHere(interaction, quiz);
  const card = await quiz.look(id, (state) => quizStatusCard(state, bank));
  if (!card) throw new UserError(words.noQuizWords);
  await reply(interaction, card);
}

/** @throws {UserError} when no quiz is on in the channel */
async function idHere({ guildId, channelId }: ChatInputCommandInteraction, quiz: Quizzes): Promise<string> {
  const id = guildId ? await quiz.inChannel(guildId, channelId) : undefined;
  if (id === undefined) throw new UserError(words.noQuizWords);
  return id;
}
