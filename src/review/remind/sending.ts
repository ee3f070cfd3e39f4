import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Messenger } from '../../discord/outgoing.js';
import type { SentMessages } from '../../discord/sent.js';
import { type ReminderView, reminderCard, reminderMark } from './card.js';

export interface ReminderSendingParts {
  readonly messenger: Pick<Messenger, 'send'>;
  readonly sent: SentMessages;
  /** Opens a member's direct messages with the bot, which gives the same channel every time. */
  readonly directChannel: (member: string) => Promise<string>;
}

/**
 * Sends a day's message once.
 * @param maybeSent whether an earlier try may have got through, of which no answer came back
 * @returns `closed` where the member takes none
 */
export async function sendReminder(
  { messenger, sent, directChannel }: ReminderSendingParts,
  view: ReminderView,
  maybeSent: boolean,
): Promise<'sent' | 'closed'> {
  try {
    const channelId = await directChannel(view.member);
    const { date, atMs } = view.reminder.sending;
    // Where it cannot be known, none is better than two.
    if (maybeSent && (await sent.find(channelId, reminderMark(view.scope, date), atMs)) !== 'absent')
      return 'sent';
    await messenger.send(channelId, reminderCard(view));
    return 'sent';
  } catch (error) {
    if (isClosed(error)) return 'closed';
    throw error;
  }
}

/** There is no server any more that the two have in common. */
const noMutualServer = 50_278;
const closedCodes: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.UnknownUser,
  noMutualServer,
]);

const isClosed = (error: unknown): boolean => error instanceof DiscordAPIError && closedCodes.has(error.code);
