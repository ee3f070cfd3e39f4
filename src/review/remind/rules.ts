import type { Timing } from '../../time/calendar.js';
import type { Reminder } from './records.js';

/** After so many messages in a row that were not followed, there are no more. */
export const mostUnfollowed = 3;
const everyDay = 127;

export const timingOf = ({ zone, minute, armedAtMs, lastDate }: Reminder): Timing => ({
  zone,
  minute,
  armedAtMs,
  lastDate,
  days: everyDay,
});

/** What was set anew keeps which days are done: another hour is no second message on the same day. */
export const armed = (
  before: Reminder | undefined,
  set: Pick<Reminder, 'zone' | 'minute' | 'channelId' | 'armedAtMs'>,
): Reminder => ({
  ...set,
  on: true,
  unfollowed: 0,
  ...(before?.lastDate !== undefined && { lastDate: before.lastDate }),
  ...(before?.sending && { sending: before.sending }),
});

export function turnedOff(reminder: Reminder, why: NonNullable<Reminder['off']>): Reminder {
  const { sending: _, ...rest } = reminder;
  return { ...rest, on: false, off: why };
}

/** What the hour brings: a message on its way, nothing today, or the end of it. */
export function reminded(
  reminder: Reminder,
  {
    date,
    nowMs,
    cards,
    reviewedAt,
  }: { date: string; nowMs: number; cards: number; reviewedAt: number | undefined },
): Reminder {
  const { sending: _, ...rest } = reminder;
  const isFollowed =
    reviewedAt !== undefined && reviewedAt >= (reminder.sentAtMs ?? Number.POSITIVE_INFINITY);
  const now: Reminder = { ...rest, lastDate: date, unfollowed: isFollowed ? 0 : reminder.unfollowed };
  if (cards === 0) return now;
  if (now.unfollowed >= mostUnfollowed) return turnedOff(now, 'unfollowed');
  return { ...now, sending: { date, atMs: nowMs, cards } };
}

/** The message arrived. */
export function delivered(reminder: Reminder, nowMs: number): Reminder {
  const { sending, ...rest } = reminder;
  return sending ? { ...rest, sentAtMs: nowMs, unfollowed: reminder.unfollowed + 1 } : reminder;
}

/** The message is not sent any more. */
export function dropped(reminder: Reminder): Reminder {
  const { sending: _, ...rest } = reminder;
  return rest;
}
