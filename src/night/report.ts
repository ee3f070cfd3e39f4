import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import { nobody } from '../asking/nobody.js';
import { editFailure, isTextRefused, isUnreachable, reasonOf } from '../discord/api-errors.js';
import type { Messenger } from '../discord/outgoing.js';
import type { NightBook } from './book.js';
import { nightFailure } from './cards.js';
import type { Night } from './records.js';
import { told } from './rules.js';
import { remedies } from './words.js';

/** Why something could not be posted, and what helps. */
export function failureOf(error: unknown): { readonly reason: string; readonly remedy: string } {
  const reason = reasonOf(error);
  if (isTextRefused(error)) return { reason, remedy: remedies.autoMod };
  if (isUnreachable(error)) return { reason, remedy: remedies.channel };
  return { reason, remedy: editFailure(error) === 'ours' ? remedies.ours : remedies.passing };
}

/** Tells the manager who set the night what is to be told. Rejects when that makes sense later. */
export async function tellManager(
  { book, messenger, log }: { readonly book: NightBook; readonly messenger: Messenger; readonly log: Logger },
  guildId: string,
  { toTell, setBy, name, channelId }: Night,
): Promise<void> {
  if (!toTell) return;
  try {
    if (setBy !== nobody)
      await messenger.sendDirect(setBy, nightFailure({ name, guildId, channelId, ...toTell }));
  } catch (error) {
    // Whoever takes no messages will not take the next one either; an outage may be over by then.
    if (!(error instanceof DiscordAPIError) || error.status >= 500) throw error;
    log.info({ err: error, guildId }, 'The manager could not be told that a quiz night failed');
  }
  await book.step(guildId, told);
}
