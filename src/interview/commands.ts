import type { ChatInputCommandInteraction } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import { missingHere } from '../discord/permissions.js';
import { post, type Repliable, reply, whisper } from '../discord/respond.js';
import { historyCard } from './history-card.js';
import { requireInterviewHost } from './refusals.js';
import type { Interviews } from './service.js';
import type { InterviewSession } from './session.js';
import { interviewStatusCard } from './status-card.js';
import * as words from './words.js';

/** What `/interview` needs. */
export interface InterviewsHere {
  readonly interviews: Interviews;
  readonly bank: Bank;
}

/**
 * Opens an interview where the interaction happened; its reply is the lobby's card.
 * @param chosen settings as they came from outside
 */
export async function startInterview(
  interaction: Repliable,
  { interviews }: Pick<InterviewsHere, 'interviews'>,
  chosen: unknown,
): Promise<void> {
  const { guildId, channelId, id } = interaction;
  if (!guildId || !channelId) throw new UserError(words.serverOnly);
  const missing = missingHere(interaction);
  if (missing.length > 0) throw new UserError(words.missingPermissions(missing));
  await interviews.open({ id, guildId, channelId, hostId: interaction.user.id, chosen }, (lobby) =>
    post(interaction, lobby),
  );
}

export async function stopInterview(
  interaction: ChatInputCommandInteraction,
  { interviews }: InterviewsHere,
): Promise<void> {
  const { id } = await sessionHere(interaction, interviews);
  await requireInterviewHost(interviews, id, interaction, words.toDo.stop);
  const { outcome } = await interviews.act(id, { kind: 'end', ending: 'stopped' });
  if (outcome !== 'done') throw new UserError(words.isOver);
  await whisper(interaction, words.stopWords);
}

export async function showInterview(
  interaction: ChatInputCommandInteraction,
  { interviews, bank }: InterviewsHere,
): Promise<void> {
  const session = await sessionHere(interaction, interviews);
  await reply(interaction, interviewStatusCard(session, bank, interaction.user.id));
}

export async function showHistory(
  interaction: ChatInputCommandInteraction,
  { interviews, bank }: InterviewsHere,
): Promise<void> {
  const { guildId, user } = interaction;
  if (!guildId) throw new UserError(words.serverOnly);
  await reply(interaction, historyCard(await interviews.members.history(guildId, user.id), user.id, bank));
}

/** @throws {UserError} when no interview is on in the channel or thread */
async function sessionHere(
  { guildId, channelId }: ChatInputCommandInteraction,
  interviews: Interviews,
): Promise<InterviewSession> {
  const session = guildId ? await interviews.inChannel(guildId, channelId) : undefined;
  if (!session) throw new UserError(words.noneHere);
  return session;
}
