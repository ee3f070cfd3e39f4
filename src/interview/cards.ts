import { button, buttonRows, plain } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { offersReturn } from './agenda.js';
import { feedbackCard, resultCard } from './feedback-cards.js';
import { interviewId } from './ids.js';
import { placeOfKey } from './keys.js';
import { interviewLobbyCard } from './lobby-card.js';
import { askCard, briefCard } from './panel-cards.js';
import { recapCard } from './recap-card.js';
import type { InterviewNote, InterviewSession } from './session.js';
import { ladderOf } from './settings.js';
import * as turnWords from './turn-words.js';
import { type Drawing, type TurnView, viewTurn } from './view.js';
import { noteWords } from './words.js';
import { answerCard, writeCard } from './written-cards.js';

/**
 * A message of an interview as it should be now.
 * @returns undefined when it is not needed any more; `lost` when the bank's question is another one now
 */
export function cardFor(
  session: InterviewSession,
  key: string,
  drawing: Drawing,
): Outgoing | 'lost' | undefined {
  const { turn, at } = placeOfKey(key);
  if (key === 'l') return interviewLobbyCard(session, drawing.bank);
  if (key === 'z') return recapCard(session, drawing);
  if (key.startsWith('n')) {
    const note = session.notes[turn];
    return note && noteCard(session, note);
  }
  if (session.turns[turn]?.ended === 'void' && session.posts[key] === undefined) return undefined;
  const view = viewTurn(session, turn, drawing);
  return view ? turnMessage(view, key, at) : 'lost';
}

/** A line, with a way back for whoever is out. */
function noteCard({ id, phase }: InterviewSession, note: InterviewNote): Outgoing {
  const isOut = phase.name !== 'over' && offersReturn(note);
  const join = buttonRows([button('Join', interviewId('join', id))]);
  return { components: [...plain(noteWords(note)).components, ...(isOut ? join : [])] };
}

function turnMessage(view: TurnView, key: string, at: number): Outgoing | undefined {
  const { question, session } = view;
  switch (key[0]) {
    case 'b':
      return briefCard(view);
    case 'a':
      return session.settings.format === 'panel' ? askCard(view) : writeCard(view);
    case 'h':
      return plain(turnWords.hintLine(at + 1, question.hints[at] ?? ''));
    case 'f':
      return plain(turnWords.followUpLine(at + 1, ladderOf(question)[at] ?? ''));
    case 'w':
      return answerCard(view, at);
    case 's':
      return feedbackCard(view);
    case 'r':
      return resultCard(view);
    default:
      return undefined;
  }
}
