import type { Bank } from '../bank/bank.js';
import { accent, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { keepGoingButton } from '../next/buttons.js';
import type { Session } from './records.js';
import * as words from './words.js';

const missedShown = 8;
const daysShown = 6;
const longestPrompt = 160;

/**
 * What a session that is over came to: what was right, what was not, and when that comes back.
 * @param comesBack by question, in how many days
 */
export function summaryCard(
  session: Session,
  bank: Pick<Bank, 'get'>,
  comesBack: ReadonlyMap<string, number>,
): Outgoing {
  const { title, done, ended, passed } = session;
  const missed = done.filter(({ right }) => !right);
  const sureOnes = missed.filter(({ sure }) => sure === 'sure').length;
  const lines = [
    words.overTitle(title, ended === 'stopped'),
    words.score(done.length - missed.length, done.length),
    ...(sureOnes > 0 ? [words.sureAndWrongLine(sureOnes)] : []),
    ...backLines(comesBack),
    ...words.passedLines(passed),
  ];
  const list = missed.slice(0, missedShown).flatMap(({ question: id }) => {
    const question = bank.get(id);
    return question ? [`- ${cut(question.prompt, longestPrompt)}`] : [];
  });
  const more = missed.length - missedShown;
  if (more > 0) list.push(words.moreMissed(more));
  return {
    components: [
      container(
        [
          text(lines.join('\n')),
          ...(list.length > 0 ? [text([words.missedTitle, ...list].join('\n'))] : []),
          ...buttonRows([keepGoingButton()]),
        ],
        accent,
      ),
    ],
  };
}

function backLines(comesBack: ReadonlyMap<string, number>): string[] {
  const byDay = new Map<number, number>();
  for (const inDays of comesBack.values()) byDay.set(inDays, (byDay.get(inDays) ?? 0) + 1);
  const days = [...byDay].sort(([a], [b]) => a - b);
  if (days.length === 0) return [];
  const later = days.slice(daysShown).reduce((sum, [, cards]) => sum + cards, 0);
  return [words.comeBackLine(days.slice(0, daysShown)), ...(later > 0 ? [words.laterLine(later)] : [])];
}
