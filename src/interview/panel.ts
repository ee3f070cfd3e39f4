import {
  became,
  type InterviewAround,
  type InterviewEventOf,
  type InterviewStep,
  left,
  noted,
  toPost,
  turnOf,
  withTurn,
} from './events.js';
import { goOut, interviewerSilenceMs } from './people.js';
import { interviewerFor, playersIn } from './rota.js';
import type { InterviewSession } from './session.js';
import { ends } from './turns.js';

/** Why the interviewer's buttons do nothing here; undefined when they do. */
function refusal(session: InterviewSession, { turn, member }: { turn: number; member: string }) {
  const { phase } = session;
  if (phase.name === 'over') return left(session, 'over');
  if (!('turn' in phase) || phase.turn !== turn) return left(session, 'late');
  return turnOf(session)?.interviewer === member ? undefined : left(session, 'notYours');
}

/** The interviewer opened the sheet or turned a page: they are not silent. */
export function readSheet(
  session: InterviewSession,
  event: InterviewEventOf<'read'>,
  { now }: InterviewAround,
): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  const { phase } = session;
  if (phase.name === 'review') return left(session, 'late');
  // The card may still be on its way.
  if (phase.name !== 'briefing' || phase.quietAt === undefined) return left(session, 'nothing');
  return became({ ...session, phase: { ...phase, quietAt: now + interviewerSilenceMs } });
}

export function putQuestion(session: InterviewSession, event: InterviewEventOf<'ask'>): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  if (session.phase.name !== 'briefing') return left(session, 'already');
  return became(toPost({ ...session, phase: { name: 'asking', turn: event.turn } }, `a${event.turn}`));
}

/** Shows the next hint or follow-up question to all. */
export function giveHelp(
  session: InterviewSession,
  event: InterviewEventOf<'hint' | 'followUp'>,
): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  const { phase } = session;
  const turn = turnOf(session);
  if (!turn || phase.name === 'feedback' || phase.name === 'review') return left(session, 'late');
  if (phase.name !== 'answering') return left(session, 'early');
  const { hints, hintsThere, followUps, followUpsThere } = turn;
  const isHint = event.kind === 'hint';
  if (isHint ? hints >= hintsThere : followUps >= followUpsThere) return left(session, 'none');
  const given = isHint ? { hints: hints + 1 } : { followUps: followUps + 1 };
  const key = isHint ? `h${event.turn}.${hints}` : `f${event.turn}.${followUps}`;
  return became(toPost(withTurn(session, event.turn, given), key));
}

/** The interviewer says that the candidate is not there; they can come back with `Join`. */
export function sayAway(
  session: InterviewSession,
  event: InterviewEventOf<'away'>,
  around: InterviewAround,
): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  const { phase } = session;
  const candidate = turnOf(session)?.candidate;
  if (candidate === undefined || phase.name === 'feedback' || phase.name === 'review')
    return left(session, 'late');
  return goOut(session, candidate, around, 'away');
}

/** Passes the role on; with nobody to take it, there is more time, once. */
export function silent(
  session: InterviewSession,
  event: InterviewEventOf<'silence'>,
  around: InterviewAround,
): InterviewStep {
  const { phase } = session;
  const turn = turnOf(session);
  if (phase.name !== 'briefing' || phase.turn !== event.turn || phase.quietAt !== event.quietAt)
    return left(session, 'nothing');
  const { interviewer = '', candidate = '' } = turn ?? {};
  const others = playersIn(session).filter((id) => id !== interviewer);
  if (interviewerFor(candidate, others, session.turns) !== undefined)
    return goOut(session, interviewer, around, 'silent');
  if (phase.again) return ends(session, 'quiet', around.now);
  return became(
    noted(
      { ...session, phase: { ...phase, quietAt: around.now + interviewerSilenceMs, again: true } },
      { kind: 'waits', who: interviewer },
    ),
  );
}
