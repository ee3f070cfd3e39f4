import { levelColours } from '../asking/layout.js';
import { button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import { longestRemark } from './forms.js';
import { interviewId } from './ids.js';
import * as ownWords from './own-words.js';
import { type InterviewSheet, markNames } from './session.js';
import { missingIn } from './turns.js';
import { coverageOf, coveredCount, type TurnView } from './view.js';

/** What was said of somebody's answer, in full, for them alone; for the host, who said nothing. */
export function ownCard(view: TurnView, member: string, mayKeep = true): Outgoing {
  const { session, turn, index, question, number } = view;
  const received = turn.sheets.filter(({ of }) => of === member);
  const given = turn.sheets.filter(({ by, of }) => by === member && of !== member);
  const missing = session.hostId === member ? missingIn(session, index) : [];
  const coverage = coverageOf(turn, member);
  return {
    components: [
      container(
        [
          text(ownWords.title(number)),
          ...(received.length === 0
            ? [text(given.length > 0 ? ownWords.onlyGave : ownWords.nothingHere)]
            : [text(ownWords.covered(coveredCount(coverage), turn.points))]),
          ...received.map((sheet) => text(sheetText(sheet, member, question.keyPoints))),
          ...(missing.length > 0 ? [text(ownWords.missing(missing))] : []),
          ...(received.length > 0 && mayKeep
            ? buttonRows([button(ownWords.keepLabel, interviewId('keep', session.id, index))])
            : []),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

function sheetText(
  { by, of, points, marks, strength, next }: InterviewSheet,
  member: string,
  keyPoints: readonly { readonly point: string }[],
): string {
  const heard = points.flatMap((at) => keyPoints[at]?.point ?? []);
  return [
    by === of && by === member ? ownWords.ownHead : ownWords.from(by),
    ...(marks ? [markNames.map((name) => ownWords.markWords(name, marks[name])).join(' · ')] : []),
    heard.length > 0 ? ownWords.heard(heard) : ownWords.heardNothing,
    ...(strength === '' ? [] : [ownWords.strength(codeSpan(strength, longestRemark))]),
    ...(next === '' ? [] : [ownWords.next(codeSpan(next, longestRemark))]),
  ].join('\n');
}
