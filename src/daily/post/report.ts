import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import { nobody } from '../../asking/nobody.js';
import { editFailure, isUnreachable, reasonOf } from '../../discord/api-errors.js';
import type { Messenger } from '../../discord/outgoing.js';
import type { Clock } from '../../time/clock.js';
import type { DailyBook } from '../book.js';
import { AllOpenError, AutoModError, NoQuestionError } from '../errors.js';
import { failureNotice } from '../schedule/cards.js';
import { remedies } from '../words.js';

/** Why a post could not be made, and what helps, in words. */
export interface FailureWords {
  readonly reason: string;
  readonly remedy: string;
}

export function failureWords(error: unknown): FailureWords {
  if (error instanceof NoQuestionError) return { reason: error.message, remedy: remedies.question };
  if (error instanceof AutoModError) return { reason: error.message, remedy: remedies.autoMod };
  if (error instanceof AllOpenError) return { reason: error.message, remedy: remedies.passing };
  const reason = reasonOf(error);
  if (isUnreachable(error)) return { reason, remedy: remedies.channel };
  return { reason, remedy: isHopeless(error) ? remedies.ours : remedies.passing };
}

/** Trying again today does not help. */
export const isHopeless = (error: unknown): boolean =>
  error instanceof NoQuestionError ||
  error instanceof AutoModError ||
  (!(error instanceof AllOpenError) && editFailure(error) === 'ours');

/**
 * Tells the admin who set the schedule what its record says is to be told.
 * @returns false when that could not be done now, and makes sense later
 */
export async function tellAdmin(
  parts: {
    readonly messenger: Messenger;
    readonly log: Logger;
    readonly book: DailyBook;
    readonly clock: Clock;
  },
  guildId: string,
): Promise<boolean> {
  const { messenger, log, book, clock } = parts;
  const schedule = await book.schedules.get(guildId);
  if (!schedule?.toTell) return true;
  const { channelId, setBy, toTell, reported } = schedule;
  if (setBy !== nobody) {
    const { retryAtMs, ...said } = toTell;
    const isToCome = retryAtMs !== undefined && retryAtMs > clock.now();
    const notice = { guildId, channelId, ...said, ...(isToCome && { retryAtMs }) };
    try {
      await messenger.sendDirect(setBy, failureNotice(notice));
    } catch (error) {
      log.warn({ err: error, guildId }, 'The admin could not be told that the daily question failed');
      // Whoever takes no messages will not take the next one either; an outage may be over by then.
      if (!(error instanceof DiscordAPIError) || error.status >= 500) return false;
    }
  }
  await book.step(guildId, reported?.date ?? '', { kind: 'told' });
  return true;
}
