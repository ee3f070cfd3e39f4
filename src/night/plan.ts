import { runsAfter } from '../schedule/timing.js';
import type { ScheduledRun, WallClock } from '../time/calendar.js';
import { dayOf } from '../time/days.js';
import { dayMs, minuteMs, secondMs } from '../time/spans.js';
import type { CurrentNight, Night } from './records.js';

/** A night that could not begin in time begins so much later at the latest. */
export const lateMs = 60 * minuteMs;
/** Where it begins late, people have so long to come. */
const lateLobbyMs = 2 * minuteMs;

/** What is to be done for a night now. */
export type NightTask =
  | { readonly kind: 'begin'; readonly run: ScheduledRun }
  | { readonly kind: 'announce' | 'open' | 'watch' | 'miss'; readonly current: CurrentNight }
  | { readonly kind: 'withdraw'; readonly current: CurrentNight; readonly why: 'moved' | 'off' };

/** The next night that is neither done nor too late to begin; undefined where none is set. */
export const nextNight = (night: Night, wall: WallClock, nowMs: number): ScheduledRun | undefined =>
  night.on ? runsAfter(night, wall, nowMs, 1, nowMs - lateMs - 1)[0] : undefined;

/** When the night of a date is announced: at the same time on the wall of the day before. */
const announcedAt = ({ minute }: Night, wall: WallClock, { date, atMs }: ScheduledRun): number =>
  wall.runOn(dayOf(date) - 1, minute) ?? atMs - dayMs;

const lobbyAt = ({ settings }: Night, startsAtMs: number): number => startsAtMs - settings.lobby * secondMs;

/** When a quiz starts whose lobby opens now. */
export const startOf = (startsAtMs: number, nowMs: number): number =>
  startsAtMs - nowMs >= minuteMs ? startsAtMs : Math.max(startsAtMs, nowMs + lateLobbyMs);

export function nightTask(night: Night, wall: WallClock, nowMs: number): NightTask | undefined {
  const { current } = night;
  const next = nextNight(night, wall, nowMs);
  if (!current) {
    const isDue = next !== undefined && announcedAt(night, wall, next) <= nowMs;
    return isDue ? { kind: 'begin', run: next } : undefined;
  }
  if (current.opened) return { kind: 'watch', current };
  if (!night.on) return { kind: 'withdraw', current, why: 'off' };
  if (isOther(current, next, night) && nowMs <= current.startsAtMs + lateMs)
    return { kind: 'withdraw', current, why: 'moved' };
  if (nowMs > current.startsAtMs + lateMs) return { kind: 'miss', current };
  if (nowMs >= lobbyAt(night, current.startsAtMs)) return { kind: 'open', current };
  return isAnnounced(current) ? undefined : { kind: 'announce', current };
}

/** When there is something to do next, as far as it follows from the clock. */
export function nextLook(night: Night, wall: WallClock, nowMs: number): number | undefined {
  const { current } = night;
  if (current && !current.opened) return isAnnounced(current) ? lobbyAt(night, current.startsAtMs) : nowMs;
  if (current) return nowMs;
  const next = nextNight(night, wall, nowMs);
  return next && announcedAt(night, wall, next);
}

const isAnnounced = ({ announced, event }: CurrentNight): boolean =>
  announced === 'made' && (event === 'made' || event === 'none');

/** Whether what was announced is not what is set (any more). */
const isOther = (current: CurrentNight, next: ScheduledRun | undefined, night: Night): boolean =>
  current.date !== next?.date ||
  current.startsAtMs !== next.atMs ||
  current.channelId !== night.channelId ||
  current.name !== night.name ||
  (current.settings !== undefined && JSON.stringify(current.settings) !== JSON.stringify(night.settings));
