import { ButtonStyle } from 'discord.js';
import { promptText, sourceLinks } from '../asking/layout.js';
import { button, buttonRows, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { interviewId } from './ids.js';
import { turnCard } from './panel-cards.js';
import { ladderOf } from './settings.js';
import * as sheetWords from './sheet-words.js';
import type { TurnView } from './view.js';

export const sheetPages = 6;

/** The interviewer's sheet, for nobody else: a page at a time, so that it can be read on a phone while listening. */
export function sheetCard(view: TurnView, page: number): Outgoing {
  const { session, index } = view;
  const turnTo = (to: number): string => interviewId('page', session.id, index, to);
  const last = sheetPages - 1;
  return turnCard([
    text(sheetWords.heading(view.number, page + 1, sheetPages)),
    text(pageText(view, page)),
    ...buttonRows([
      button('◀', turnTo(page === 0 ? last : page - 1)),
      button('▶', turnTo(page === last ? 0 : page + 1), { style: ButtonStyle.Primary }),
      button(sheetWords.awayLabel, interviewId('away', session.id, index)),
    ]),
  ]);
}

function pageText(view: TurnView, page: number): string {
  const { question, turn } = view;
  const { pages } = sheetWords;
  switch (page) {
    case 0:
      return `${sheetWords.guide(turn.candidate ?? '')}\n\n${promptText(question)}`;
    case 1:
      return section(
        pages.points,
        bullets(question.keyPoints.map(({ point, weight }) => sheetWords.pointLine(point, weight))),
      );
    case 2:
      return section(pages.hints, numbered(question.hints, turn.hints));
    case 3:
      return section(pages.followUps, numbered(ladderOf(question), turn.followUps));
    case 4:
      return section(
        pages.flags,
        question.redFlags.length > 0
          ? bullets(question.redFlags.map(({ flag }) => flag))
          : sheetWords.noFlags,
      );
    default:
      return section(pages.model, `${question.modelAnswer.trim()}\n${sourceLinks(question)}`);
  }
}

const section = (title: string, body: string): string => `**${title}**\n${body}`;
const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** What has been shown to all is ticked off. */
const numbered = (lines: readonly string[], shown: number): string =>
  lines.map((line, at) => `${at + 1}. ${line}${at < shown ? sheetWords.shownMark : ''}`).join('\n');
