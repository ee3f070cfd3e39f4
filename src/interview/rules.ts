import { isLive, refreshedBy } from './agenda.js';
import { endAnswers, takeAnswer } from './answering.js';
import {
  became,
  type DrawnTurn,
  type InterviewAround,
  type InterviewEvent,
  type InterviewStep,
  left,
  noted,
  toPost,
} from './events.js';
import { scrubbed } from './forgetting.js';
import { stood, withTimeLeft } from './pacing.js';
import { help, putQuestion, readSheet, sayAway, silent } from './panel.js';
import { comeIn, goOut } from './people.js';
import { nextRoles, playersIn } from './rota.js';
import type { Session, Turn } from './session.js';
import type { InterviewSettings } from './settings.js';
import { takeMarks, takePoints } from './sheets.js';
import { dropTurn, ends, proceed, reveal } from './turns.js';

const lobbyMs = 10 * 60_000;

/** An interview in its lobby, with its host in it. */
export function createSession(
  place: { readonly id: string; readonly guildId: string; readonly channelId: string },
  host: { readonly id: string; readonly name: string },
  { settings, now }: { settings: InterviewSettings; now: number },
): Session {
  return {
    ...place,
    hostId: host.id,
    createdAt: now,
    settings,
    people: { [host.id]: { name: host.name, here: true } },
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
  session: Session,
  event: InterviewEvent,
  around: InterviewAround,
): InterviewStep {
  const done = decide(session, event, around);
  if (done.session === session) return done;
  const after = withSeals(session, done.session);
  const refreshed = refreshedBy(session, after).map((key) => ({ kind: 'refresh', key }) as const);
  return { ...done, session: after, effects: [...done.effects, ...refreshed] };
}

/** Messages whose buttons have lost their sense get their last edit. */
function withSeals(before: Session, after: Session): Session {
  const stale = Object.keys(after.posts).filter(
    (key) => isLive(before, key) && !isLive(after, key) && !after.toSeal.includes(key),
  );
  return stale.length === 0 ? after : { ...after, toSeal: [...after.toSeal, ...stale] };
}

function decide(session: Session, event: InterviewEvent, around: InterviewAround): InterviewStep {
  const { phase } = session;
  const { now } = around;
  switch (event.kind) {
    case 'posted':
      return stood(session, event);
    case 'sealed':
      return became({ ...session, toSeal: session.toSeal.filter((key) => key !== event.key) });
    case 'invited':
      return invited(session, event.member);
    case 'join':
      return comeIn(session, event);
    case 'leave':
      return goOut(session, event.member, around);
    case 'forget':
      return scrubbed(session, event.member, around);
    case 'begin':
      return begin(session, event.byTime, now);
    case 'roomed':
      if (phase.name !== 'gathering') return left(session, 'nothing');
      return proceed(
        { ...session, room: { secret: event.secret, ...(event.threadId && { threadId: event.threadId }) } },
        around,
      );
    case 'drawn':
      return phase.name === 'drawing' ? open(session, event.drawn, now) : left(session, 'nothing');
    case 'read':
      return readSheet(session, event, around);
    case 'ask':
      return putQuestion(session, event);
    case 'hint':
    case 'followUp':
      return help(session, event);
    case 'away':
      return sayAway(session, event, around);
    case 'silence':
      return silent(session, event, around);
    case 'answer':
      return takeAnswer(session, event, around);
    case 'timeUp':
      return endAnswers(session, event, around);
    case 'points':
      return takePoints(session, event);
    case 'marks':
      return takeMarks(session, event);
    case 'reveal':
      return isIn(session, 'feedback', event.turn) ? reveal(session) : left(session, 'nothing');
    case 'advance':
      return isIn(session, 'review', event.turn) ? proceed(session, around) : left(session, 'nothing');
    case 'next':
      return next(session, event, around);
    case 'lost':
      return 'turn' in phase && phase.turn === event.turn
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

const isIn = ({ phase }: Session, name: 'feedback' | 'review', turn: number): boolean =>
  phase.name === name && phase.turn === turn;

function invited(session: Session, member: string): InterviewStep {
  const person = session.people[member];
  if (!person) return left(session, 'nothing');
  return became({ ...session, people: { ...session.people, [member]: { ...person, invited: true } } });
}

function begin(session: Session, byTime: boolean, now: number): InterviewStep {
  if (session.phase.name !== 'lobby') return left(session, 'nothing');
  const needed = session.settings.format === 'panel' ? 2 : 1;
  if (playersIn(session).length >= needed) return became({ ...session, phase: { name: 'gathering' } });
  return byTime ? ends(session, 'few', now) : left(session, 'few');
}

/** A turn with the question that was drawn for it. */
function open(session: Session, drawn: DrawnTurn | undefined, now: number): InterviewStep {
  if (!drawn) return ends(session, 'exhausted', now);
  const index = session.turns.length;
  const roles = session.settings.format === 'panel' ? nextRoles(session) : {};
  if (!roles) return ends(session, 'few', now);
  const turn: Turn = { ...drawn, ...roles, hints: 0, followUps: 0, answers: [], owed: [], sheets: [] };
  const opened = { ...session, turns: [...session.turns, turn] };
  return became(
    session.settings.format === 'panel'
      ? toPost({ ...opened, phase: { name: 'briefing', turn: index } }, `b${index}`)
      : toPost({ ...opened, phase: { name: 'asking', turn: index } }, `a${index}`),
  );
}

/** Whoever takes part says that it goes on. */
function next(
  session: Session,
  { turn, member }: InterviewEvent & { kind: 'next' },
  around: InterviewAround,
): InterviewStep {
  if (session.phase.name === 'over') return left(session, 'over');
  if (!isIn(session, 'review', turn)) return left(session, 'late');
  return session.people[member]?.here ? proceed(session, around) : left(session, 'notYours');
}

function end(session: Session, event: InterviewEvent & { kind: 'end' }, now: number): InterviewStep {
  const { phase } = session;
  const isGone = event.ending === 'unreachable';
  const said = (over: InterviewStep): InterviewStep =>
    isGone ? { ...over, session: { ...over.session, outbox: ['z'], toSeal: [] } } : over;
  if (phase.name !== 'over') return said(ends(session, event.ending, now, event.reason));
  // What stood in the way of the recap is said where it still can be.
  if (!isGone || phase.told || phase.ending === 'unreachable') return left(session, 'over');
  const { at, told } = phase;
  const over = { name: 'over', ending: event.ending, at, told, closed: true, reason: event.reason } as const;
  return became({ ...session, outbox: ['z'], toSeal: [], phase: over });
}
