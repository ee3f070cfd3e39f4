import type { Level } from '../../bank/question.js';
import { UserError } from '../../discord/errors.js';
import { everyDay } from '../../schedule/days.js';
import { needsZone } from '../../schedule/words.js';
import type { Schedule } from '../records.js';

/** What `/daily set` was given; absent stays as it is. */
export interface ScheduleChange {
  /** Minutes after midnight. */
  readonly minute: number;
  readonly zone?: string | undefined;
  readonly channelId?: string | undefined;
  readonly level?: Level | 'any' | undefined;
  readonly topic?: string | undefined;
  readonly roleId?: string | undefined;
  readonly days?: number | undefined;
}

/**
 * The schedule after a change. What was not given stays as it was, also of a schedule that was off.
 * @param old the server's schedule, on or off
 * @param here where it is posted when no channel was ever given
 * @throws UserError without a time zone the first time
 */
export function changedSchedule(
  old: Schedule | undefined,
  change: ScheduleChange,
  { by, here, nowMs }: { readonly by: string; readonly here: string; readonly nowMs: number },
): Schedule {
  const zone = change.zone ?? old?.zone;
  if (!zone) throw new UserError(needsZone);
  const { minute, level = old?.level, topic = old?.topic, days = old?.days ?? everyDay } = change;
  const sameTimes = old?.on && old.zone === zone && old.minute === minute && old.days === days;
  return {
    posts: 0,
    toReveal: [],
    ...old,
    on: true,
    zone,
    minute,
    days,
    channelId: change.channelId ?? old?.channelId ?? here,
    level: level === 'any' ? undefined : level,
    topic: topic === 'any' ? undefined : topic,
    roleId: change.roleId ?? old?.roleId,
    setBy: by,
    reported: undefined,
    // With other times, what is over today is over; with the same ones, a post that failed today still comes.
    armedAtMs: sameTimes ? old.armedAtMs : nowMs,
  };
}
