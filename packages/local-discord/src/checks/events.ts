import type { Fault } from '../errors.js';
import type { ScheduledEventBody } from '../json.js';

export const eventType = { stage: 1, voice: 2, external: 3 } as const;
const weekly = 2;

/**
 * Rules for scheduled events that the published schema leaves out.
 * Source: https://docs.discord.com/developers/resources/guild-scheduled-event
 * @param event as it would be after the request
 */
export function eventFaults(event: ScheduledEventBody, nowMs: number, isNew: boolean): Fault[] {
  const faults: Fault[] = [];
  const add = (path: Fault['path'], code: string, message: string): void => {
    faults.push({ path, code, message });
  };
  const required = 'This field is required.';
  const starts = Date.parse(event.scheduled_start_time ?? '');
  if (isNew && starts <= nowMs) {
    add(
      ['scheduled_start_time'],
      'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
      'Cannot schedule event in the past.',
    );
  }
  if (event.entity_type === eventType.external) {
    if (!event.entity_metadata?.location)
      add(['entity_metadata', 'location'], 'BASE_TYPE_REQUIRED', required);
    if (!event.scheduled_end_time) add(['scheduled_end_time'], 'BASE_TYPE_REQUIRED', required);
    if (event.channel_id) add(['channel_id'], 'BASE_TYPE_INVALID', 'An external event has no channel.');
  } else if (!event.channel_id) add(['channel_id'], 'BASE_TYPE_REQUIRED', required);
  if (event.scheduled_end_time && Date.parse(event.scheduled_end_time) <= starts) {
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
