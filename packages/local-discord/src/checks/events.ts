import type { Fault } from '../errors.js';
import { timeOf } from '../iso-time.js';
import type { ScheduledEventBody } from '../json.js';
import { type Add, missing } from './figures.js';

export const eventType = { stage: 1, voice: 2, external: 3 } as const;
const weekly = 2;
/** Types of channels that events take place in. */
const voice = 2;
const stage = 13;
/** What an event can become: 1 scheduled, 2 active, 3 completed, 4 cancelled. The last two are final. */
const nextStatus: Readonly<Record<number, readonly number[]>> = { 1: [1, 2, 4], 2: [2, 3] };

export function isFinished({ status = 1 }: Pick<ScheduledEventBody, 'status'>): boolean {
  return nextStatus[status] === undefined;
}

/** @param before what the event is */
export function statusFaults(
  { status: before = 1 }: ScheduledEventBody,
  { status }: ScheduledEventBody,
): Fault[] {
  if (status == null || nextStatus[before]?.includes(status)) return [];
  const message = `An event of status ${before} cannot get ${status}.`;
  return [{ path: ['status'], code: 'GUILD_SCHEDULED_EVENT_INVALID_STATUS_UPDATE', message }];
}

/**
 * Rules for scheduled events that the published schema leaves out.
 * Source: https://docs.discord.com/developers/resources/guild-scheduled-event
 * @param event as it would be after the request
 * @param asked what the request says
 */
export function eventFaults(
  event: ScheduledEventBody,
  nowMs: number,
  asked: ScheduledEventBody,
  channels: ReadonlyMap<string, { readonly type: number }>,
): Fault[] {
  const faults: Fault[] = [];
  const add: Add = (path, code, message) => {
    faults.push({ path, code, message });
  };
  const starts = timeOf(event.scheduled_start_time ?? '');
  if (asked.scheduled_start_time) startFaults(event, starts <= nowMs, add);
  if (event.entity_type === eventType.external) {
    if (!event.entity_metadata?.location) missing(add, ['entity_metadata', 'location']);
    if (!event.scheduled_end_time) missing(add, ['scheduled_end_time']);
    if (event.channel_id) add(['channel_id'], 'BASE_TYPE_INVALID', 'An external event has no channel.');
  } else if (!event.channel_id) missing(add, ['channel_id']);
  else if (channels.get(event.channel_id)?.type !== (event.entity_type === eventType.stage ? stage : voice))
    add(['channel_id'], 'BASE_TYPE_INVALID', 'Not a channel of that kind in this server.');
  if (event.scheduled_end_time && timeOf(event.scheduled_end_time) <= starts) {
    add(['scheduled_end_time'], 'GUILD_SCHEDULED_EVENT_SCHEDULE_INVALID', 'The end must be after the start.');
  }
  const rule = event.recurrence_rule;
  if (rule?.frequency === weekly && rule.by_weekday && rule.by_weekday.length !== 1) {
    add(
      ['recurrence_rule', 'by_weekday'],
      'BASE_TYPE_BAD_LENGTH',
      'A weekly event recurs on one day of the week.',
    );
  }
  return faults;
}

/** The beginning is judged whenever it is sent, even if it stays as it was; what has begun takes none. */
function startFaults({ status }: ScheduledEventBody, isPast: boolean, add: Add): void {
  const code = 'GUILD_SCHEDULED_EVENT_SCHEDULE';
  if (status === 2)
    add(['scheduled_start_time'], `${code}_INVALID_START_BY_STATUS`, 'The event has begun already');
  else if (isPast) add(['scheduled_start_time'], `${code}_PAST`, 'Cannot schedule event in the past');
}
