import { PermissionFlagsBits, type PermissionResolvable } from 'discord.js';
import { answererOf } from '../asking/card-answers.js';
import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import { post, type Repliable } from '../discord/respond.js';
import { lobbyCard } from './cards.js';
import type { Settings } from './rules.js';
import type { QuizHost } from './service.js';

/** Opens a quiz where the interaction happened; its reply is the lobby's card. */
export async function startQuiz(
  host: QuizHost,
  bank: Bank,
  interaction: Repliable,
  settings: Settings,
): Promise<void> {
  const { guildId, channelId } = interaction;
  if (!guildId || !channelId) throw new UserError('A quiz needs a channel of a server.');
  requirePermissions(interaction);
  await host.start({ id: interaction.id, guildId, channelId }, answererOf(interaction), settings, (state) =>
    post(interaction, lobbyCard(state, bank)),
  );
}

/** What a quiz does in its channel besides replying: post a card each round, with the podium's picture last. */
function requirePermissions(interaction: Repliable): void {
  const inThread = interaction.channel?.isThread() ?? false;
  const needed: [PermissionResolvable, string][] = [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    inThread
      ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
      : [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.AttachFiles, 'Attach Files'],
  ];
  const missing = needed.filter(([flag]) => !interaction.appPermissions.has(flag)).map(([, name]) => name);
  if (missing.length > 0)
    throw new UserError(
      `I may not post a quiz in this channel. Ask an admin to give me: ${missing.join(', ')}.`,
    );
}
