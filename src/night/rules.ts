import type { CurrentNight, Night, NightSummary, Outdated } from './records.js';
import { seasonOf } from './season.js';

/** Announcements that wait to be mended; older ones are let go. */
const mostToMend = 5;

type Begun = Pick<CurrentNight, 'id' | 'date' | 'startsAtMs' | 'atMs'>;

/** A night is about to be announced. */
export function begun(night: Night, next: Begun): Night {
  if (night.current || !night.on) return night;
  const { name, channelId, roleId, settings } = night;
  const current: CurrentNight = {
    ...next,
    name,
    channelId,
    settings,
    ...(roleId !== undefined && { roleId }),
    announced: 'wanted',
    event: 'wanted',
    opened: false,
  };
  return { ...night, current };
}

/** What has become of the current night's announcement or event. */
export const withCurrent = (night: Night, id: string, change: Partial<CurrentNight>): Night =>
  night.current?.id === id ? { ...night, current: { ...night.current, ...change } } : night;

/** The announcement stands in the channel. */
export const announced = (night: Night, id: string, messageId: string | undefined): Night => ({
  ...withCurrent(night, id, { announced: 'made', ...(messageId !== undefined && { messageId }) }),
  reported: undefined,
  toTell: undefined,
});

/** The lobby is open. */
export function lobbyOpened(night: Night, id: string): Night {
  const { current } = night;
  if (current?.id !== id || current.opened) return night;
  const { name, channelId, messageId } = current;
  return mending(
    { ...night, current: { ...current, opened: true } },
    messageId === undefined ? [] : [{ why: 'opened', name, channelId, messageId }],
  );
}

/** The current night is given up before its lobby: at another time, in another place, or not at all. */
export function withdrawn(night: Night, id: string, why: 'moved' | 'off'): Night {
  const { current } = night;
  if (current?.id !== id || current.opened) return night;
  const { name, channelId, messageId, eventId, event, startsAtMs } = current;
  const mayHaveEvent = event === 'asked' && eventId === undefined;
  const isShown = messageId !== undefined || eventId !== undefined || mayHaveEvent;
  return mending(
    { ...night, current: undefined },
    isShown ? [{ why, name, channelId, messageId, eventId, ...(mayHaveEvent && { startsAtMs }) }] : [],
  );
}

/** The night of a date is over, however it went. */
export function finished(
  night: Night,
  id: string,
  outcome: {
    readonly kind: NightSummary['kind'] | 'told';
    readonly reason?: string;
    readonly scored: boolean;
  },
): Night {
  const { current, seasons } = night;
  if (current?.id !== id) return night;
  const { kind, reason, scored } = outcome;
  const { date, channelId } = current;
  const season = seasonOf(date);
  return {
    ...night,
    current: undefined,
    lastDate: date,
    seasons: scored && !seasons.includes(season) ? [...seasons, season] : seasons,
    toShow:
      kind === 'told' ? night.toShow : { kind, id, date, channelId, ...(reason !== undefined && { reason }) },
  };
}

/** What was told after a night stands in the channel, or never will. */
export const summarised = (night: Night, id: string): Night =>
  night.toShow?.id === id ? { ...night, toShow: undefined } : night;

export const mended = (night: Night, done: Outdated): Night => ({
  ...night,
  toMend: night.toMend.filter(
    ({ messageId, eventId, startsAtMs }) =>
      messageId !== done.messageId || eventId !== done.eventId || startsAtMs !== done.startsAtMs,
  ),
});

/** The manager is to be told of a failure, once for a streak of failures. */
export const failed = (
  night: Night,
  failure: { readonly date: string; readonly reason: string; readonly remedy: string },
): Night => {
  if (night.reported) return night;
  const { date, reason, remedy } = failure;
  return { ...night, reported: { date, reason }, toTell: { reason, remedy } };
};

export const told = (night: Night): Night => ({ ...night, toTell: undefined });

const mending = (night: Night, more: readonly Outdated[]): Night => ({
  ...night,
  toMend: [...night.toMend, ...more].slice(-mostToMend),
});
