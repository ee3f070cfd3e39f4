import { ComponentType } from 'discord.js';
import { container, placeLink, plain, text, timestamp } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import { describeDays } from '../../schedule/days.js';
import { failedWhere } from '../../schedule/words.js';
import type { ScheduledRun } from '../../time/calendar.js';
import { describeTime } from '../../time/time-of-day.js';
import { postCard, type ShownCard } from '../post/cards.js';
import type { Schedule } from '../records.js';
import * as words from '../words.js';

/** What a schedule says, line by line; topic titles come from the bank. */
function scheduleText(schedule: Schedule, topicTitle: string | undefined): string {
  const what = [schedule.level ?? 'any level', topicTitle ?? 'any topic'].join(', ');
  const role = schedule.roleId ? `, mentioning <@&${schedule.roleId}>` : '';
  return `At **${describeTime(schedule.minute)}** ${schedule.zone} time, ${describeDays(schedule.days)}, in <#${schedule.channelId}>: ${what}${role}.`;
}

const runsText = (runs: readonly ScheduledRun[]): string =>
  runs.map(({ atMs }) => `- ${timestamp(atMs, 'F')} (${timestamp(atMs, 'R')})`).join('\n');

export interface ScheduleView {
  readonly schedule: Schedule;
  readonly topicTitle?: string | undefined;
  readonly runs: readonly ScheduledRun[];
  /** Whether this runtime has the zone's clock. */
  readonly isZoneKnown: boolean;
}

export function confirmation(view: ScheduleView, postedNow: boolean): Outgoing {
  const schedule = scheduleText(view.schedule, view.topicTitle);
  return {
    components: [
      container([
        text(words.scheduleSet(schedule)),
        text(
          view.isZoneKnown
            ? words.nextFive(runsText(view.runs), postedNow)
            : words.zoneUnknownHere(view.schedule.zone),
        ),
        text(words.setAgain),
      ]),
    ],
  };
}

export function scheduleStatusCard(
  view: ScheduleView,
  now: { readonly guildId: string; readonly open?: OpenPost | undefined },
): Outgoing {
  const { schedule, runs, isZoneKnown } = view;
  const parts = [text(words.statusTitle(scheduleText(schedule, view.topicTitle)))];
  if (!schedule.on) parts.push(text(words.isOff));
  else if (isZoneKnown) parts.push(text(words.nextOnes(runsText(runs))));
  else parts.push(text(words.zoneUnknownHere(schedule.zone)));
  if (now.open) parts.push(text(openText(now.guildId, now.open)));
  if (schedule.reported && isZoneKnown) parts.push(text(words.couldNotPost(schedule.reported.reason)));
  return { components: [container(parts)] };
}

export interface OpenPost {
  readonly channelId: string;
  readonly messageId?: string | undefined;
  readonly number: number;
  readonly answered: number;
}

function openText(guildId: string, { channelId, messageId, number, answered }: OpenPost): string {
  const link = messageId
    ? `[Question ${number}](${placeLink(guildId, channelId, messageId)})`
    : `Question ${number}`;
  return words.openNow(link, answered);
}

export const offNotice = ({ zone }: Schedule, closesOne: boolean): Outgoing =>
  plain(words.turnedOff(zone, closesOne));

/** How a post will look, with an example: the buttons do nothing. */
export function dailyPreviewCard(
  schedule: Pick<Schedule, 'roleId'>,
  card: ShownCard,
  number: number,
): Outgoing {
  const { components } = postCard({ id: '0-0000-00-00', number, card, roleId: schedule.roleId });
  return {
    components: [
      { type: ComponentType.TextDisplay, content: words.previewHint },
      ...components.map((component) => disabled(component)),
    ],
  };
}

function disabled<T extends Outgoing['components'][number]>(component: T): T {
  return JSON.parse(JSON.stringify(component), (_, value) =>
    value?.custom_id ? { ...value, disabled: true } : value,
  );
}

/** To the admin who set a schedule, when a post could not be made. */
export function failureNotice(failure: {
  readonly guildId: string;
  readonly channelId: string;
  readonly reason: string;
  readonly remedy: string;
  readonly retryAtMs?: number | undefined;
}): Outgoing {
  const { guildId, channelId, reason, remedy, retryAtMs } = failure;
  return {
    components: [
      container([
        text(words.failedTitle),
        text(failedWhere(placeLink(guildId, channelId), reason)),
        text(words.failedNext(remedy, retryAtMs)),
        text(words.toldOnce),
      ]),
    ],
  };
}
