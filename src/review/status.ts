import { ButtonStyle } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import { bar } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { when } from '../session/words.js';
import { weekdayNames } from '../time/date-names.js';
import { weekdayOf } from '../time/days.js';
import type { DueCards } from './due.js';
import { reviewFeature } from './ids.js';
import type { Reminder } from './remind/records.js';
import { type Deck, type DeckView, dueDay, hardest, missesOf } from './rules.js';
import type { SureAndWrong } from './sureness.js';
import * as words from './words.js';

export interface StatusView {
  readonly due: DueCards;
  readonly deck: Deck;
  readonly view: DeckView;
  readonly sureAndWrong: readonly SureAndWrong[];
  readonly reminder: Reminder | undefined;
  readonly isDirect: boolean;
  readonly bank: Pick<Bank, 'get' | 'titleOf'>;
}

const hardestShown = 3;
const topicsShown = 3;
const longestPrompt = 160;
const barCells = 12;

/** What is due today and in the week, what was hard, and whether one is reminded. */
export function statusCard(status: StatusView): Outgoing {
  const { due, isDirect } = status;
  const head = [
    words.statusTitle,
    words.dueToday(due.today.length, due.waiting),
    words.deckSize(due.cards),
    ...(isDirect ? [words.ofDirect] : []),
  ];
  return {
    components: [
      container(
        [
          text(head.join('\n')),
          ...(due.today.length > 0
            ? buttonRows([
                button(words.reviewDueLabel(due.today.length), customId(reviewFeature, 'due'), {
                  style: ButtonStyle.Primary,
                }),
              ])
            : []),
          ...(due.cards > 0 ? [text(weekText(status))] : []),
          ...hardestParts(status),
          ...sureParts(status),
          text(reminderText(status.reminder)),
        ],
        accent,
      ),
    ],
  };
}

function weekText({ due: { week }, view: { today } }: StatusView): string {
  const most = Math.max(1, ...week);
  const lines = week.map(
    (cards, offset) =>
      `\`${weekdayNames[weekdayOf(today + offset)]} ${bar(cards / most, barCells)}\` ${cards}`,
  );
  return [words.weekTitle, ...lines].join('\n');
}

function hardestParts({ deck, view, bank }: StatusView) {
  const found = hardest(deck, hardestShown);
  const lines = found.map(([id, card], index) => {
    const inDays = Math.max(0, dueDay(id, card, view) - view.today);
    const prompt = cut(bank.get(id)?.prompt ?? '', longestPrompt);
    return words.hardLine(index + 1, prompt, missesOf(card), when(inDays));
  });
  if (lines.length === 0) return [];
  return [
    text([words.hardestTitle, ...lines].join('\n')),
    ...buttonRows(
      found.map(([id], index) => button(words.askLabel(index + 1), customId(reviewFeature, 'one', id))),
    ),
  ];
}

function sureParts({ sureAndWrong, bank }: StatusView) {
  if (sureAndWrong.length === 0) return [];
  const lines = sureAndWrong
    .slice(0, topicsShown)
    .map(({ topic, wrong, sure }) => words.sureLine(bank.titleOf(topic), wrong, sure));
  return [text([words.sureTitle, ...lines].join('\n'))];
}

function reminderText(reminder: Reminder | undefined): string {
  if (reminder?.on) return words.reminderStatus(reminder.minute, reminder.zone);
  const { off } = reminder ?? {};
  return off === 'unfollowed' || off === 'closed' ? words.reminderEnded[off] : words.noReminder;
}
