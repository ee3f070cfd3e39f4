import { ButtonStyle } from 'discord.js';
import { promptText } from '../asking/layout.js';
import { nobody } from '../asking/nobody.js';
import { button, buttonRows, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { typedLines } from '../discord/text.js';
import { isLive } from './agenda.js';
import { interviewId } from './ids.js';
import { answerUntil, turnCard, turnHeading } from './panel-cards.js';
import { playersIn } from './rota.js';
import * as turnWords from './turn-words.js';
import { answerLetterAt, type TurnView } from './view.js';

/** What a form takes. */
export const longestAnswer = 2_000;
/** What a card or a form shows of it, within Discord's 4,000 characters. */
export const longestShown = 3_000;

/** The question that everybody answers blind. */
export function writeCard(view: TurnView): Outgoing {
  const { session, turn, index, question } = view;
  const shown = [text(turnHeading(view)), text(promptText(question))];
  if (!isLive(session, `a${index}`)) return turnCard([...shown, text(turnWords.answer.past)]);
  return turnCard([
    ...shown,
    text(`${turnWords.write.all(answerUntil(view))}\n${turnWords.write.host(session.hostId)}`),
    text(turnWords.write.answered(turn.answers.length, playersIn(session).length)),
    ...buttonRows([
      button('Answer', interviewId('answer', session.id, index), { style: ButtonStyle.Primary }),
      button('Time is up', interviewId('up', session.id, index), { style: ButtonStyle.Danger }),
      button('Leave', interviewId('leave', session.id)),
    ]),
  ]);
}

/** What somebody typed: the candidate's by name, in the written format without it. */
export function answerCard(view: TurnView, at: number): Outgoing | undefined {
  const { session, turn } = view;
  const answer = turn.answers[at];
  if (!answer || answer.member === nobody) return undefined;
  const isPanel = session.settings.format === 'panel';
  const title = isPanel ? turnWords.saidLine(answer.member) : turnWords.letteredAnswer(answerLetterAt(at));
  return turnCard([text(title), text(typedLines(answer.text, longestShown))]);
}
