import { clip, container, count, plain, text, timestamp } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import type { ScheduledRun } from '../../time/calendar.js';
import { describeTime } from '../../time/time-of-day.js';
import { postCard, type ShownCard } from '../post/cards.js';
import type { Schedule } from '../records.js';
import { describeDays } from './days.js';

/** What a schedule says, line by line; topic titles come from the bank. */
function scheduleText(schedule: Schedule, topicTitle: string | undefined): string {
  const what = [schedule.level ?? 'any level', topicTitle ?? schedule.topic ?? 'any topic'].join(', ');
  const role = schedule.roleId ? `, mentioning <@&${schedule.roleId}>` : '';
  return `At **${describeTime(schedule.minute)}** ${schedule.zone} time, ${describeDays(schedule.days)}, in <#${schedule.channelId}>: ${what}${role}.`;
}

const runsText = (runs: readonly ScheduledRun[]): string =>
  runs.map(({ atMs }) => `- ${timestamp(atMs, 'F')} (${timestamp(atMs, 'R')})`).join('\n');

export interface ScheduleView {
  readonly schedule: Schedule;
  readonly topicTitle?: string | undefined;
  readonly runs: readonly ScheduledRun[];
}

export function confirmation(view: ScheduleView, postedNow: boolean): Outgoing {
  return {
    components: [
      container([
        text(`### The daily question is set\n${scheduleText(view.schedule, view.topicTitle)}`),
        text(
          `${postedNow ? 'Today’s question, which could not be posted before, comes now.\n' : ''}The next five:\n${runsText(view.runs)}`,
        ),
        text('-# `/daily set` again changes only what you give; `/daily off` stops it.'),
      ]),
    ],
  };
}

export function scheduleStatusCard(
  view: ScheduleView,
  now: { readonly serverId: string; readonly open?: OpenPost | undefined },
): Outgoing {
  const { schedule, runs } = view;
  const parts = [text(`### Daily question\n${scheduleText(schedule, view.topicTitle)}`)];
  if (schedule.on) parts.push(text(`The next ones:\n${runsText(runs)}`));
  else parts.push(text('It is **off**. `/daily set` starts it again.'));
  if (now.open) parts.push(text(openText(now.serverId, now.open)));
  if (schedule.reported)
    parts.push(
      text(
        `The last post could not be made: ${schedule.reported.reason}. It is tried again at the next time.`,
      ),
    );
  return { components: [container(parts)] };
}

export interface OpenPost {
  readonly channelId: string;
  readonly messageId?: string | undefined;
  readonly number: number;
  readonly answered: number;
}

function openText(serverId: string, { channelId, messageId, number, answered }: OpenPost): string {
  const link = messageId
    ? `[Question ${number}](https://discord.com/channels/${serverId}/${channelId}/${messageId})`
    : `Question ${number}`;
  return `${link} is open; ${count(answered, 'person has', 'people have')} answered.`;
}

export const neverSet: Outgoing = plain(
  'There is no daily question in this server yet. Somebody with Manage Server starts it with `/daily set`.',
);

export function offNotice(schedule: Schedule): Outgoing {
  const open = schedule.openDate ? ' The newest question stays open.' : '';
  return plain(
    `The daily question is off.${open} The time zone (${schedule.zone}) is remembered; \`/daily set\` starts it again.`,
  );
}

/** How a post will look, with an example: the buttons do nothing. */
export function previewCard(schedule: Pick<Schedule, 'roleId'>, card: ShownCard, number: number): Outgoing {
  const { components } = postCard({ id: '0-0000-00-00', number, card, roleId: schedule.roleId });
  return {
    components: [
      { type: 10, content: '-# A preview with a question drawn by the way; the next post draws its own.' },
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
  readonly serverId: string;
  readonly channelId: string;
  readonly reason: string;
  readonly remedy: string;
  readonly retryAtMs?: number | undefined;
}): Outgoing {
  const { serverId, channelId, reason, remedy, retryAtMs } = failure;
  const next = retryAtMs
    ? `I try again ${timestamp(retryAtMs, 'R')}, and at the next time of the schedule.`
    : 'I try again at the next time of the schedule.';
  return {
    components: [
      container([
        text('### The daily question could not be posted'),
        text(`Channel: https://discord.com/channels/${serverId}/${channelId}\nReason: ${clip(reason, 300)}`),
        text(`${remedy}\nThe schedule is kept. ${next}`),
        text('-# You get this once, because you set the schedule; not again until a post has worked.'),
      ]),
    ],
  };
}
