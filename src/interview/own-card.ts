import type { APIComponentInContainer } from 'discord.js';
import { accent, type Button, button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import { longestRemark } from './forms.js';
import { interviewId } from './ids.js';
import * as ownWords from './own-words.js';
import { type InterviewSheet, markNames } from './session.js';
import { missingIn } from './turns.js';
import { coverageOf, coveredCount, type TurnView } from './view.js';

/** More do not fit into Discord's 4,000 characters a message. */
const sheetsOnPage = 3;
/** Seven others and oneself. */
export const mostOwnPages = 3;

export const ownPages = ({ turn }: TurnView, member: string): number =>
  Math.max(1, Math.ceil(turn.sheets.filter(({ of }) => of === member).length / sheetsOnPage));

export const isRated = ({ turn }: TurnView, member: string): boolean =>
  turn.sheets.some(({ of }) => of === member);

/** What was said of somebody's answer, in full, for them alone, with buttons to turn the page and to keep it. */
export function ownCard(view: TurnView, member: string, page: number): Outgoing {
  const { session, index } = view;
  const pages = ownPages(view, member);
  const turnTo = (to: number): string => interviewId('own', session.id, index, to);
  const isFirst = page === 0;
  const isLast = page === pages - 1;
  const buttons: Button[] = [
    ...(pages > 1
      ? [
          button('◀', turnTo(isFirst ? page : page - 1), { disabled: isFirst }),
          button('▶', turnTo(isLast ? page : page + 1), { disabled: isLast }),
        ]
      : []),
    ...(isRated(view, member) ? [button(ownWords.keepLabel, interviewId('keep', session.id, index))] : []),
  ];
  return ownMessage(view, member, page, buttonRows(buttons));
}

/** The same without buttons, as messages that stay. */
export const ownMessages = (view: TurnView, member: string): Outgoing[] =>
  Array.from({ length: ownPages(view, member) }, (_, page) => ownMessage(view, member, page, []));

function ownMessage(
  { session, turn, index, question, number }: TurnView,
  member: string,
  page: number,
  buttons: APIComponentInContainer[],
): Outgoing {
  // What others say comes first.
  const received = turn.sheets
    .filter(({ of }) => of === member)
    .sort((a, b) => Number(a.by === member) - Number(b.by === member));
  const hasGiven = turn.sheets.some(({ by }) => by === member);
  const missing = session.hostId === member && page === 0 ? missingIn(session, index) : [];
  const shown = received.slice(page * sheetsOnPage, (page + 1) * sheetsOnPage);
  const none = hasGiven ? ownWords.onlyGave : ownWords.nothingHere;
  const summary = ownWords.covered(coveredCount(coverageOf(turn, member)), turn.points);
  return {
    components: [
      container(
        [
          text(ownWords.title(number)),
          text(received.length === 0 ? none : summary),
          ...shown.map((sheet) => text(sheetText(sheet, member, question.keyPoints))),
          ...(missing.length > 0 ? [text(ownWords.missing(missing))] : []),
          ...buttons,
        ],
        accent,
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
