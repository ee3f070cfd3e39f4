import { minuteMs } from '../time/spans.js';
import { isLive, refreshedBy } from './agenda.js';
import { endAnswers, endRatings, takeAnswer, withoutWaiting } from './answering.js';
import {
  became,
  type InterviewAround,
  type InterviewEvent,
  type InterviewStep,
  left,
  noted,
  turnOf,
} from './events.js';
import { scrubbed } from './forgetting.js';
import { stood, withTimeLeft } from './pacing.js';
import { giveHelp, putQuestion, readSheet, sayAway, silent } from './panel.js';
import { comeIn, goOut } from './people.js';
import type { InterviewSession } from './session.js';
import type { InterviewSettings } from './settings.js';
import { takeMarks, takePoints } from './sheets.js';
import { begin, end, isIn, noteInvited, openTurn, pressNext } from './stages.js';
import { dropTurn, proceed, reveal } from './turns.js';

const lobbyMs = 10 * minuteMs;

/** An interview in its lobby, with its host in it. */
export function createSession(
  place: { readonly id: string; readonly guildId: string; readonly channelId: string },
  hostId: string,
  { settings, now }: { settings: InterviewSettings; now: number },
): InterviewSession {
  return {
    ...place,
    hostId,
    createdAt: now,
    settings,
    people: { [hostId]: { here: true } },
    turns: [],
    notes: [],
    posts: {},
    outbox: ['l'],
    toSeal: [],
    phase: { name: 'lobby', endsAt: now + lobbyMs },
  };
}

/** Decides what becomes of an interview when something happens to it. */
export function stepInterview(
  session: InterviewSession,
  event: InterviewEvent,
  around: InterviewAround,
): InterviewStep {
  const done = decide(session, event, around);
  if (done.session === session) return done;
  const after = withSeals(session, done.session);
  // A message that has just come shows what it should, or is looked at by who sent it.
  const shown = event.kind === 'posted' ? event.key : undefined;
  const refreshed = refreshedBy(session, after)
    .filter((key) => key !== shown)
    .map((key) => ({ kind: 'refresh', key }) as const);
  return { ...done, session: after, effects: [...done.effects, ...refreshed] };
}

/** Messages whose buttons have lost their sense get their last edit. */
function withSeals(before: InterviewSession, after: InterviewSession): InterviewSession {
  const stale = Object.keys(after.posts).filter(
    (key) => isLive(before, key) && !isLive(after, key) && !after.toSeal.includes(key),
  );
  return stale.length === 0 ? after : { ...after, toSeal: [...after.toSeal, ...stale] };
}

function decide(session: InterviewSession, event: InterviewEvent, around: InterviewAround): InterviewStep {
  const { phase } = session;
  const { now } = around;
  switch (event.kind) {
    case 'posted':
      return stood(session, event);
    case 'sealed':
      return became({ ...session, toSeal: session.toSeal.filter((key) => key !== event.key) });
    case 'invited':
      return noteInvited(session, event.member);
    case 'join':
      return withoutWaiting(comeIn(session, event), around);
    case 'leave':
      return withoutWaiting(goOut(session, event.member, around), around);
    case 'forget':
      return withoutWaiting(scrubbed(session, event.member, around), around);
    case 'begin':
      return begin(session, event, now);
    case 'roomed':
      if (phase.name !== 'gathering') return left(session, 'nothing');
      return proceed({ ...session, room: event.threadId ? { threadId: event.threadId } : {} }, around);
    case 'drawn':
      return phase.name === 'drawing' ? openTurn(session, event.drawn, now) : left(session, 'nothing');
    case 'read':
      return readSheet(session, event, around);
    case 'ask':
      return putQuestion(session, event);
    case 'hint':
    case 'followUp':
      return giveHelp(session, event);
    case 'away':
      return sayAway(session, event, around);
    case 'silence':
      return silent(session, event, around);
    case 'answer':
      return takeAnswer(session, event, around);
    case 'timeUp':
      return endAnswers(session, event, around);
    case 'ratingsUp':
      return endRatings(session, event);
    case 'points':
      return takePoints(session, event);
    case 'marks':
      return takeMarks(session, event);
    case 'reveal':
      return isIn(session, 'feedback', event.turn) ? reveal(session) : left(session, 'nothing');
    case 'advance':
      return isIn(session, 'review', event.turn) ? proceed(session, around) : left(session, 'nothing');
    case 'next':
      return pressNext(session, event, around);
    case 'lost':
      return turnOf(session)?.ended === undefined && 'turn' in phase && phase.turn === event.turn
        ? dropTurn(noted(session, { kind: 'lost' }), around)
        : left(session, 'nothing');
    case 'end':
      return end(session, event, now);
    case 'closed':
      return phase.name === 'over'
        ? became({ ...session, phase: { ...phase, closed: true } })
        : left(session, 'nothing');
    case 'finished':
      if (phase.name !== 'over' || phase.told) return left(session, 'nothing');
      return became({ ...session, phase: { ...phase, told: true } }, [{ kind: 'retire' }]);
    case 'resume':
      return withTimeLeft(session, now);
    default:
      return event satisfies never;
  }
}
