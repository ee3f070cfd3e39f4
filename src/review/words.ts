import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { codeSpan } from '../discord/text.js';
import { describeTime } from '../time/time-of-day.js';

export const reviewTitle = 'Review';
export const oneTitle = 'One of your hardest';

export const emptyDeck =
  'Nothing to review yet. What you get wrong in a quiz, a daily question or on a card of `/question any` comes back here when it is due.';
export const emptyDeckDirect =
  'Nothing to review yet. What you get wrong here, in direct messages, comes back here when it is due; what you missed in a server comes back in that server.';
export const noneDueOf = (title: string): string => `Nothing of ${title} is due today.`;
/** @param next the next day with something due, e.g. `tomorrow` */
export const noneDue = (next: string | undefined): string =>
  `Nothing is due today.${next ? ` The next cards come ${next}.` : ''}`;
export const shareDone = (waiting: number): string =>
  `You have done today’s share. ${count(waiting, 'more card', 'more cards')} wait${waiting === 1 ? 's' : ''} for the days to come.`;
export const cardGone = 'This card is no longer in your deck.';
export const topicDue = (title: string, due: number): string => `${title} (${due} due)`;

const cardsDue = (cards: number): string => `**${count(cards, 'card')}**`;
const longestName = 60;

/** @param server its name; undefined in direct messages */
export const reminderLine = (cards: number, server: string | undefined): string =>
  server === undefined
    ? `${cardsDue(cards)} to review today.`
    : `${cardsDue(cards)} to review today in ${codeSpan(server, longestName)}.`;
export const reminderHere = '-# What you missed here, in direct messages.';
export const reminderThere = (channelId: string): string =>
  `Go to <#${channelId}> and type **/review start** there; only you see it.`;
export const lastReminder =
  '-# You did not review after the last ones. If you do not after this one, the reminders turn themselves off.';
export const turnOffLabel = 'Turn off';
export const reviewDueLabel = (cards: number): string => `Review ${cards} due`;

export const needsTime = 'Give a `time`, e.g. `08:00`, or `off:True`.';
export const needsZone = 'Give a `timezone`, too, e.g. `Europe/Berlin`; it is kept for the next time.';
export const notAReminderTime = (given: string): string =>
  `${given} is not a time of day. Give it in 24 hours, e.g. \`08:00\`.`;
export const notAReminderZone = (given: string, meant: readonly string[]): string =>
  `${given} is not a time zone that I know.${
    meant.length > 0
      ? ` Did you mean ${meant.map((zone) => `\`${zone}\``).join(' or ')}?`
      : ' Choose one of the suggestions while typing.'
  }`;
export const reminderSet = (minute: number, zone: string, nextAtMs: number | undefined): string =>
  `I write to you in direct messages at **${describeTime(minute)}** (${zone}) on days with something due here, once a day at the most.${
    nextAtMs === undefined ? '' : ` The next time could be ${timestamp(nextAtMs, 'F')}.`
  }\n-# If you do not review after three of them in a row, they turn themselves off.`;
export const reminderOff = 'No more reminders.';
export const reminderWasOff = 'Reminders are off already.';
export const turnOffThere = 'Type **/review remind** with `off:True` in the server that this message names.';

export const reminderStatus = (minute: number, zone: string): string =>
  `Reminder: a direct message at **${describeTime(minute)}** (${zone}) on days with something due.`;
export const noReminder = 'Reminder: off. `/review remind` turns one on.';
export const reminderEnded = {
  unfollowed:
    'Reminder: it turned itself off, because you did not review after three of them. `/review remind` turns it on again.',
  closed:
    'Reminder: off, because you take no direct messages from me. Allow them in this server’s privacy settings, then `/review remind` turns it on again.',
} as const;

export const statusTitle = '### Your review';
export const dueToday = (due: number, waiting: number): string =>
  due === 0 && waiting === 0
    ? 'Nothing is due today.'
    : `**${count(due, 'card')}** due today${waiting > 0 ? `; ${waiting} more wait for the days to come` : ''}.`;
export const deckSize = (cards: number): string => `-# ${count(cards, 'card')} in your deck.`;
export const ofDirect =
  '-# Of what you drilled here, in direct messages. What you missed in a server comes back there.';
export const weekTitle = '**The next seven days**';
export const hardestTitle = '**Hardest for you**';
export const hardLine = (place: number, prompt: string, missed: number, when: string): string =>
  `**${place}.** ${prompt}\n-# missed ${missed === 1 ? 'once' : `${missed} times`} · comes back ${when}`;
export const askLabel = (place: number): string => `Ask ${place}`;
export const sureTitle = '**Sure and wrong**';
export const sureLine = (title: string, wrong: number, sure: number): string =>
  `${title}: ${wrong} of ${count(sure, 'answer')} you were sure of`;
