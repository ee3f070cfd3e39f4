import type { Level } from '../../bank/question.js';
import { UserError } from '../../discord/errors.js';
import type { Schedule } from '../records.js';
import { everyDay } from './days.js';

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
 * The schedule after a change. What was not given stays as it was; a schedule that was off keeps its zone and
 * what is done already, and else begins anew.
 * @param old the server's schedule, on or off
 * @param here where it is posted when no channel was ever given
 * @throws UserError without a time zone the first time
 */
export function changed(
  old: Schedule | undefined,
  change: ScheduleChange,
  { by, here, nowMs }: { readonly by: string; readonly here: string; readonly nowMs: number },
): Omit<Schedule, 'stamp'> {
  const zone = change.zone ?? old?.zone;
  if (!zone)
    throw new UserError(
      'In which time zone? Give `timezone` the first time, for example `Europe/Berlin`; it is remembered.',
    );
  const kept = old?.on ? old : undefined;
  const { minute, level = kept?.level, topic = kept?.topic, days = kept?.days ?? everyDay } = change;
  const sameTimes = kept?.zone === zone && kept.minute === minute && kept.days === days;
  return {
    posts: 0,
    toReveal: [],
    ...old,
    on: true,
    zone,
    minute,
    days,
    channelId: change.channelId ?? kept?.channelId ?? here,
    level: level === 'any' ? undefined : level,
    topic: topic === 'any' ? undefined : topic,
    roleId: change.roleId ?? kept?.roleId,
    setBy: by,
    reported: undefined,
    // With other times, what is over today is over; with the same ones, a post that failed today still comes.
    armedAtMs: sameTimes ? kept.armedAtMs : nowMs,
  };
}
