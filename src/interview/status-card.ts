import type { Bank } from '../bank/bank.js';
import { accent, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { peopleWords, settingsWords } from './lobby-card.js';
import { mostPeople } from './people.js';
import type { InterviewSession } from './session.js';
import * as statusWords from './status-words.js';
import { missingSheets } from './turns.js';
import { numberOf } from './view.js';
import * as words from './words.js';

/** The private answer to `/interview status`; who is still missing is for the host alone. */
export function interviewStatusCard(
  session: InterviewSession,
  bank: Pick<Bank, 'titleOf'>,
  reader: string,
): Outgoing {
  const missing = [...new Set(missingSheets(session).map(({ by }) => by))];
  const tells = session.phase.name === 'feedback' && reader === session.hostId && missing.length > 0;
  const { threadId } = session.room ?? {};
  return {
    components: [
      container(
        [
          text(statusWords.title),
          text(`${words.hostLine(session.hostId)} · ${settingsWords(session, bank)}`),
          text(words.peopleLine(peopleWords(session), mostPeople)),
          text([whereIs(session), ...(threadId ? [words.inThread(threadId)] : [])].join('\n')),
          ...(tells ? [text(statusWords.missing(missing))] : []),
        ],
        accent,
      ),
    ],
  };
}

function whereIs(session: InterviewSession): string {
  const { phase, settings } = session;
  const { steps } = statusWords;
  if (phase.name === 'lobby') return words.startsLine(phase.endsAt, settings.format);
  if (!('turn' in phase)) return phase.name === 'over' ? words.isOver : steps.gathering;
  const turn = session.turns[phase.turn];
  const where = statusWords.questionOf(numberOf(session, phase.turn), settings.questions);
  switch (phase.name) {
    case 'briefing':
      return `${where} ${steps.briefing(turn?.interviewer ?? '')}`;
    case 'asking':
      return `${where} ${steps.asking}`;
    case 'answering':
      return `${where} ${steps.answering(turn?.candidate, phase.endsAt)}`;
    case 'feedback':
      return `${where} ${steps.feedback(phase.endsAt)}`;
    case 'review':
      return `${where} ${steps.review}`;
    default:
      return phase satisfies never;
  }
}
