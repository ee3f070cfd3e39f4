import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import { nobody } from '../../asking/nobody.js';
import { isUnreachable, reasonOf } from '../../discord/api-errors.js';
import type { Messenger } from '../../discord/outgoing.js';
import type { ScheduledRun } from '../../time/calendar.js';
import { failureNotice } from '../schedule/cards.js';
import type { Schedules } from '../schedule/schedules.js';
import { NoQuestionError } from './posting.js';

export interface Failure {
  readonly serverId: string;
  readonly run: ScheduledRun;
  readonly error: unknown;
  /** Absent when it is not tried again for this run. */
  readonly retryAtMs: number | undefined;
}

/** Tells the admin who set the schedule, once for a streak of failures. */
export async function report(
  parts: { readonly messenger: Messenger; readonly log: Logger; readonly schedules: Schedules },
  { serverId, run, error, retryAtMs }: Failure,
): Promise<void> {
  const { messenger, log, schedules } = parts;
  const schedule = await schedules.read(serverId);
  if (!schedule || schedule.reported || schedule.setBy === nobody) return;
  const reason = error instanceof NoQuestionError ? error.message : reasonOf(error);
  const { channelId, setBy } = schedule;
  try {
    const remedy = remedyFor(error);
    await messenger.sendDirect(setBy, failureNotice({ serverId, channelId, reason, remedy, retryAtMs }));
  } catch (failure) {
    log.warn({ err: failure, serverId }, 'The admin could not be told that the daily question failed');
    // Whoever takes no messages will not take the next one either; an outage may be over by then.
    if (!(failure instanceof DiscordAPIError)) return;
  }
  await schedules.save(serverId, { ...schedule, reported: { date: run.date, reason } });
}

function remedyFor(error: unknown): string {
  if (error instanceof NoQuestionError) return 'Choose another level or topic with `/daily set`.';
  if (isUnreachable(error))
    return 'Let me see the channel and send messages in it, or choose another one with `/daily set`.';
  return 'This may pass by itself.';
}
