import { minuteMs } from '../time/spans.js';
import {
  became,
  type InterviewAround,
  type InterviewEventOf,
  type InterviewStep,
  left,
  noted,
  turnOf,
  withTurn,
} from './events.js';
import { interviewerFor, playersIn } from './rota.js';
import type { InterviewSession, Person } from './session.js';
import { checkSheets, dropTurn, ends, reassigned } from './turns.js';

export const mostPeople = 8;

/** Who comes late gets a role with the next question. */
export function comeIn(session: InterviewSession, event: InterviewEventOf<'join'>): InterviewStep {
  const { member, wish } = event;
  if (session.phase.name === 'over') return left(session, 'over');
  const known = session.people[member];
  if (known?.here) {
    if (wish === undefined) return left(session, 'already');
    const { wish: had, ...rest } = known;
    // Pressed again, a wish is taken back.
    return became(withPerson(session, member, had === wish ? rest : { ...rest, wish }));
  }
  if (Object.values(session.people).filter(({ here }) => here).length >= mostPeople)
    return left(session, 'full');
  return became(reassigned(withPerson(session, member, { ...known, here: true, ...(wish && { wish }) })));
}

const withPerson = (session: InterviewSession, member: string, person: Person): InterviewSession => ({
  ...session,
  people: { ...session.people, [member]: person },
});

/** Somebody leaves, or was silent or away when it was their turn: their role passes on. */
export function goOut(
  session: InterviewSession,
  member: string,
  around: InterviewAround,
  why: 'left' | 'away' | 'silent' = 'left',
): InterviewStep {
  const { phase } = session;
  if (phase.name === 'over') return left(session, 'over');
  const person = session.people[member];
  if (!person?.here) return left(session, 'absent');
  if (phase.name === 'lobby') return leaveLobby(session, member, around);
  const gone = withHost(withPerson(session, member, { ...person, here: false }), member);
  if (Object.values(gone.people).every(({ here }) => !here)) return ends(gone, 'quiet', around.now);
  const turn = turnOf(gone);
  const isOn = phase.name === 'briefing' || phase.name === 'asking' || phase.name === 'answering';
  if (isOn && turn?.candidate === member)
    return dropTurn(noted(gone, { kind: why === 'left' ? 'left' : 'away', who: member }), around);
  if (isOn && turn?.interviewer === member) return replaceInterviewer(gone, member, around, why);
  return checkSheets(reassigned(noted(gone, { kind: 'left', who: member })));
}

function replaceInterviewer(
  session: InterviewSession,
  from: string,
  around: InterviewAround,
  why: 'left' | 'away' | 'silent',
): InterviewStep {
  const { phase } = session;
  const turn = turnOf(session);
  if (!turn?.candidate || !('turn' in phase)) return became(session);
  const to = interviewerFor(turn.candidate, playersIn(session), session.turns);
  if (to === undefined) return dropTurn(noted(session, { kind: 'left', who: from }), around);
  const replaced = withTurn(session, phase.turn, { interviewer: to });
  return became(
    noted(
      phase.name === 'briefing'
        ? {
            ...replaced,
            phase: { name: 'briefing', turn: phase.turn, quietAt: around.now + interviewerSilenceMs },
          }
        : replaced,
      why === 'silent' ? { kind: 'passed', from, to } : { kind: 'left', who: from, to },
    ),
  );
}

/** Without any action of the one whose turn it is. */
export const interviewerSilenceMs = 3 * minuteMs;

function leaveLobby(session: InterviewSession, member: string, { now }: InterviewAround): InterviewStep {
  const { [member]: _, ...people } = session.people;
  const rest = { ...session, people };
  if (Object.keys(people).length === 0) return ends(rest, 'quiet', now);
  return became(withHost(rest, member, false));
}

/** Without its host, whoever came first of those who are here takes the place. */
function withHost(session: InterviewSession, gone: string, isTold = true): InterviewSession {
  if (session.hostId !== gone) return session;
  const to = Object.keys(session.people).find((id) => id !== gone && session.people[id]?.here);
  if (to === undefined) return session;
  const handed = { ...session, hostId: to };
  return isTold ? noted(handed, { kind: 'host', from: gone, to }) : handed;
}
