import {
  became,
  type DrawnTurn,
  type InterviewAround,
  type InterviewEventOf,
  type InterviewStep,
  left,
  toPost,
} from './events.js';
import { nextRoles, playersIn } from './rota.js';
import type { InterviewSession, InterviewTurn } from './session.js';
import { ends, proceed } from './turns.js';

/** Somebody is in the thread. */
export function noteInvited(session: InterviewSession, member: string): InterviewStep {
  const person = session.people[member];
  if (!person) return left(session, 'nothing');
  return became({ ...session, people: { ...session.people, [member]: { ...person, invited: true } } });
}

/** From the lobby on; with too few people it ends when the lobby's time is over. */
export function begin(
  session: InterviewSession,
  { byTime }: InterviewEventOf<'begin'>,
  now: number,
): InterviewStep {
  if (session.phase.name !== 'lobby') return left(session, 'nothing');
  const needed = session.settings.format === 'panel' ? 2 : 1;
  if (playersIn(session).length >= needed) return became({ ...session, phase: { name: 'gathering' } });
  return byTime ? ends(session, 'few', now) : left(session, 'few');
}

/** A turn with the question that was drawn for it. */
export function openTurn(
  session: InterviewSession,
  drawn: DrawnTurn | undefined,
  now: number,
): InterviewStep {
  if (!drawn) return ends(session, 'exhausted', now);
  const index = session.turns.length;
  const roles = session.settings.format === 'panel' ? nextRoles(session) : {};
  if (!roles) return ends(session, 'few', now);
  const turn: InterviewTurn = {
    ...drawn,
    ...roles,
    hints: 0,
    followUps: 0,
    answers: [],
    owed: [],
    sheets: [],
  };
  const opened = { ...session, turns: [...session.turns, turn] };
  return became(
    session.settings.format === 'panel'
      ? toPost({ ...opened, phase: { name: 'briefing', turn: index } }, `b${index}`)
      : toPost({ ...opened, phase: { name: 'asking', turn: index } }, `a${index}`),
  );
}

/** Whoever takes part says that it goes on. */
export function pressNext(
  session: InterviewSession,
  { turn, member }: InterviewEventOf<'next'>,
  around: InterviewAround,
): InterviewStep {
  if (session.phase.name === 'over') return left(session, 'over');
  if (!isIn(session, 'review', turn)) return left(session, 'late');
  return session.people[member]?.here ? proceed(session, around) : left(session, 'notYours');
}

/** Ends it, or says in place of the recap what stands in its way. */
export function end(
  session: InterviewSession,
  { ending, reason }: InterviewEventOf<'end'>,
  now: number,
): InterviewStep {
  const { phase } = session;
  const isBroken = ending === 'unreachable' || ending === 'failed';
  if (phase.name !== 'over') {
    const over = ends(session, ending, now, reason);
    // What else was to be posted is what cannot be.
    return isBroken ? { ...over, session: { ...over.session, outbox: ['z'], toSeal: [] } } : over;
  }
  if (!isBroken || phase.told || phase.ending === 'unreachable' || phase.ending === 'failed')
    return left(session, 'over');
  const over = { ...phase, ending, ...(reason !== undefined && { reason }) };
  return became({ ...session, outbox: ['z'], toSeal: [], phase: over });
}

export const isIn = ({ phase }: InterviewSession, name: 'feedback' | 'review', turn: number): boolean =>
  phase.name === name && phase.turn === turn;
