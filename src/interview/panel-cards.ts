import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import { promptText } from '../asking/layout.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { minuteMs } from '../time/spans.js';
import { isLive } from './agenda.js';
import { interviewId } from './ids.js';
import { interviewerSilenceMs } from './people.js';
import * as turnWords from './turn-words.js';
import { observersOf, type TurnView } from './view.js';

export const turnCard = (parts: APIComponentInContainer[]): Outgoing => ({
  components: [container(parts, accent)],
});

export const turnHeading = ({ number, session, topicTitle, question }: TurnView): string =>
  turnWords.turnTitle(number, session.settings.questions, topicTitle, question.level);

/** Who does what before the question is put. */
export function briefCard(view: TurnView): Outgoing {
  const { session, turn, index, now } = view;
  const { candidate = '', interviewer = '' } = turn;
  if (!isLive(session, `b${index}`))
    return turnCard([text(turnHeading(view)), text(turnWords.brief.past(candidate, interviewer))]);
  const { phase } = session;
  const quietAt = (phase.name === 'briefing' ? phase.quietAt : undefined) ?? now + interviewerSilenceMs;
  const observers = observersOf(session, turn);
  const lines = [
    turnWords.brief.interviewer(interviewer, quietAt),
    turnWords.brief.candidate(candidate, interviewer),
    ...(observers.length > 0 ? [turnWords.brief.observers(observers)] : []),
  ];
  return turnCard([
    text(turnHeading(view)),
    text(lines.join('\n')),
    ...buttonRows([
      button('Sheet', interviewId('sheet', session.id, index)),
      button('Ask', interviewId('ask', session.id, index), { style: ButtonStyle.Primary }),
      button('Leave', interviewId('leave', session.id)),
    ]),
  ]);
}

/** The question for all, with what the interviewer can do. */
export function askCard(view: TurnView): Outgoing {
  const { session, turn, index, question } = view;
  const shown = [text(turnHeading(view)), text(promptText(question))];
  if (!isLive(session, `a${index}`)) return turnCard([...shown, text(turnWords.answer.past)]);
  const { candidate = '', interviewer = '' } = turn;
  const observers = observersOf(session, turn);
  const lines = [
    turnWords.answer.candidate(candidate, answerUntil(view)),
    turnWords.answer.interviewer(interviewer),
    ...(observers.length > 0 ? [turnWords.answer.observers(observers)] : []),
  ];
  const id = (action: string): string => interviewId(action, session.id, index);
  return turnCard([
    ...shown,
    text(lines.join('\n')),
    ...buttonRows([
      button('Answer', id('answer'), { style: ButtonStyle.Primary }),
      button('Hint', id('hint'), { disabled: turn.hints >= turn.hintsThere }),
      button('Follow-up', id('follow'), { disabled: turn.followUps >= turn.followUpsThere }),
      button('Time is up', id('up'), { style: ButtonStyle.Danger }),
      button('Sheet', id('sheet')),
    ]),
  ]);
}

/** When the answers end; before Discord has the card, as if it had it now. */
export function answerUntil({ session, now }: TurnView): number {
  const { phase, settings } = session;
  return phase.name === 'answering' ? phase.endsAt : now + settings.minutes * minuteMs;
}
