import { ButtonStyle } from 'discord.js';
import { hash32 } from '../../bank/hash.js';
import { accent, button, buttonRows, container, text } from '../../discord/components.js';
import { customId } from '../../discord/custom-id.js';
import type { Outgoing } from '../../discord/outgoing.js';
import { dayOf } from '../../time/days.js';
import { reviewFeature } from '../ids.js';
import * as words from '../words.js';
import type { Reminder } from './records.js';
import { mostUnfollowed } from './rules.js';

/** Stands in a custom id of a day's message, and in no other message. */
export const reminderMark = (scope: string, date: string): string =>
  customId(reviewFeature, 'off', scope, date);

export interface ReminderView {
  readonly scope: string;
  readonly member: string;
  readonly reminder: Reminder & { readonly sending: NonNullable<Reminder['sending']> };
  /** The server's name; undefined in direct messages. */
  readonly server: string | undefined;
}

/** The message that reminds. */
export function reminderCard({ scope, member, reminder, server }: ReminderView): Outgoing {
  const { cards, date } = reminder.sending;
  const isLast = reminder.unfollowed + 1 >= mostUnfollowed;
  const lines = [
    words.reminderLine(cards, server),
    server === undefined ? words.reminderHere : words.reminderThere(reminder.channelId),
    ...(isLast ? [words.lastReminder] : []),
  ];
  return {
    components: [
      container(
        [
          text(lines.join('\n')),
          ...buttonRows([
            ...(server === undefined
              ? [
                  button(words.reviewDueLabel(cards), customId(reviewFeature, 'due'), {
                    style: ButtonStyle.Primary,
                  }),
                ]
              : []),
            button(words.turnOffLabel, reminderMark(scope, date)),
          ]),
        ],
        accent,
      ),
    ],
    nonce: nonceOf(scope, member, date),
  };
}

/** At most 25 characters, the same for every try at one message. */
const nonceOf = (scope: string, member: string, date: string): string =>
  [BigInt(member), BigInt(hash32(scope)), BigInt(dayOf(date))].map((part) => part.toString(36)).join('');
