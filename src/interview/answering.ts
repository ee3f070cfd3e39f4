import {
  became,
  type InterviewAround,
  type InterviewEventOf,
  type InterviewStep,
  left,
  toPost,
  turnOf,
  withTurn,
} from './events.js';
import { comeIn } from './people.js';
import type { InterviewSession } from './session.js';
import { askFeedback, reveal } from './turns.js';

/** An answer in time may be processed a moment later. */
const graceMs = 1_500;
/** With more time than that, people come at different hours: nothing ends before its time. */
const togetherMinutes = 30;

/** The candidate's words, or in the written format anybody's. Given again, the last one counts. */
export function takeAnswer(
  session: InterviewSession,
  event: InterviewEventOf<'answer'>,
  around: InterviewAround,
): InterviewStep {
  const { phase } = session;
  if (phase.name === 'over') return left(session, 'over');
  if (phase.name === 'asking' && phase.turn === event.turn) return left(session, 'early');
  if (phase.name !== 'answering' || phase.turn !== event.turn) return left(session, 'late');
  return session.settings.format === 'panel' ? say(session, event) : write(session, event, around);
}

function say(session: InterviewSession, event: InterviewEventOf<'answer'>): InterviewStep {
  const turn = turnOf(session);
  if (turn?.candidate !== event.member) return left(session, 'notYours');
  const given = withAnswer(session, event);
  const key = `w${event.turn}.0`;
  if (turn.answers.length === 0) return became(toPost(given, key));
  // What waits to be posted shows the last words anyway.
  return { ...became({ ...given, toSeal: [...given.toSeal, key] }), outcome: 'again' };
}

function write(
  session: InterviewSession,
  event: InterviewEventOf<'answer'>,
  around: InterviewAround,
): InterviewStep {
  const { phase } = session;
  if (phase.name !== 'answering' || event.at > phase.endsAt + graceMs) return left(session, 'late');
  const { member } = event;
  const isIn = session.people[member]?.here && session.people[member]?.wish !== 'observe';
  const joined = isIn ? became(session) : comeIn(asPlayer(session, member), { kind: 'join', member });
  if (joined.outcome === 'full') return joined;
  const before = turnOf(session)?.answers.some((answer) => answer.member === member);
  const given = withAnswer(joined.outcome === 'done' ? joined.session : asPlayer(session, member), event);
  const next = isComplete(given) ? askFeedback(given, around) : became(given);
  return before ? { ...next, outcome: 'again' } : next;
}

/** Who answers does more than observe. */
function asPlayer(session: InterviewSession, member: string): InterviewSession {
  const person = session.people[member];
  if (!person) return session;
  const { wish: _, ...rest } = person;
  return { ...session, people: { ...session.people, [member]: rest } };
}

function withAnswer(
  session: InterviewSession,
  { turn, member, text, at }: InterviewEventOf<'answer'>,
): InterviewSession {
  const others = session.turns[turn]?.answers.filter((answer) => answer.member !== member) ?? [];
  return withTurn(session, turn, { answers: [...others, { member, text, at }] });
}

/** Everybody who is here has answered, and they are at it together. */
function isComplete(session: InterviewSession): boolean {
  const writers = Object.keys(session.people).filter(
    (id) => session.people[id]?.here && session.people[id]?.wish !== 'observe',
  );
  const wrote = new Set(turnOf(session)?.answers.map(({ member }) => member));
  const isTogether = session.settings.minutes <= togetherMinutes;
  return isTogether && writers.length > 1 && writers.every((id) => wrote.has(id));
}

/** Where the only one who had not answered is no longer waited for, it goes on. */
export function withoutWaiting(step: InterviewStep, around: InterviewAround): InterviewStep {
  const { session, effects } = step;
  if (session.settings.format === 'panel' || session.phase.name !== 'answering') return step;
  if (step.outcome !== 'done' || !isComplete(session)) return step;
  const next = askFeedback(session, around);
  return { ...next, effects: [...effects, ...next.effects] };
}

/** By time, by the interviewer, or in the written format by the host. */
export function endAnswers(
  session: InterviewSession,
  event: InterviewEventOf<'timeUp'>,
  around: InterviewAround,
): InterviewStep {
  const { phase } = session;
  if (phase.name === 'over') return left(session, 'over');
  if (phase.name === 'asking' && phase.turn === event.turn) return left(session, 'early');
  if (phase.name === 'briefing' && phase.turn === event.turn) return left(session, 'early');
  if (phase.name === 'feedback' && phase.turn === event.turn) return endRatings(session, event);
  if (phase.name !== 'answering' || phase.turn !== event.turn) return left(session, 'late');
  const leads = [turnOf(session)?.interviewer, session.hostId];
  if (event.member !== undefined && !leads.includes(event.member)) return left(session, 'notYours');
  return askFeedback(session, around);
}

/** Who has two days to rate may never do it: the host goes on. A panel's five minutes are never cut short. */
function endRatings(session: InterviewSession, { member }: InterviewEventOf<'timeUp'>): InterviewStep {
  if (session.settings.format === 'panel' || member === undefined) return left(session, 'late');
  return member === session.hostId ? reveal(session) : left(session, 'notYours');
}
