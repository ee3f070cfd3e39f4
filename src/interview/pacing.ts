import { minuteMs } from '../time/spans.js';
import { isLive, offersReturn } from './agenda.js';
import { became, type InterviewEventOf, type InterviewStep, left, withTurn } from './events.js';
import { interviewerSilenceMs } from './people.js';
import type { InterviewPhase, InterviewSession } from './session.js';

const feedbackMs = 5 * minuteMs;
export const reviewMs = 3 * minuteMs;

/** Discord has a message; the clock of what it calls for starts now. */
export function stood(
  session: InterviewSession,
  { key, messageId, at }: InterviewEventOf<'posted'>,
): InterviewStep {
  if (!session.outbox.includes(key)) return left(session, 'nothing');
  const posts = messageId === undefined ? session.posts : { ...session.posts, [key]: messageId };
  const outbox = session.outbox.filter((other) => other !== key);
  // It may have been rendered before what has happened since.
  const isStale = messageId !== undefined && hasButtons(session, key) && !isLive(session, key);
  const toSeal = isStale ? [...session.toSeal, key] : session.toSeal;
  return became(started({ ...session, posts, outbox, toSeal }, key, at));
}

const hasButtons = ({ notes }: InterviewSession, key: string): boolean =>
  'lbasr'.includes(key.charAt(0)) || (key[0] === 'n' && offersReturn(notes[Number(key.slice(1))]));

function started(session: InterviewSession, key: string, at: number): InterviewSession {
  const { phase, settings } = session;
  if (!isLive(session, key) || !('turn' in phase)) return session;
  const { turn, name } = phase;
  switch (name) {
    case 'briefing':
      return { ...session, phase: { ...phase, quietAt: at + interviewerSilenceMs } };
    case 'asking':
      return {
        ...withTurn(session, turn, { openedAt: at }),
        phase: { name: 'answering', turn, endsAt: at + settings.minutes * minuteMs },
      };
    case 'feedback':
      return { ...session, phase: { ...phase, endsAt: at + feedbackLength(session) } };
    case 'review':
      return { ...session, phase: { ...phase, nextAt: at + reviewMs } };
    default:
      return session;
  }
}

/** Those who had days to write have days to read. */
export const feedbackLength = ({ settings: { format, minutes } }: InterviewSession): number =>
  format === 'panel' ? feedbackMs : Math.max(feedbackMs, minutes * minuteMs);

/** Of each phase, after the program was away. */
const leastLeftMs = { lobby: 30_000, briefing: 60_000, answering: 30_000, feedback: 60_000, review: 15_000 };

/** The clock on the wall kept running; what is left is enough to do something. */
export function withTimeLeft(session: InterviewSession, now: number): InterviewStep {
  const phase = extended(session.phase, now);
  return phase === session.phase ? left(session, 'nothing') : became({ ...session, phase });
}

function extended(phase: InterviewPhase, now: number): InterviewPhase {
  switch (phase.name) {
    case 'lobby':
    case 'answering':
      return { ...phase, endsAt: Math.max(phase.endsAt, now + leastLeftMs[phase.name]) };
    case 'feedback':
      return phase.endsAt === undefined
        ? phase
        : { ...phase, endsAt: Math.max(phase.endsAt, now + leastLeftMs.feedback) };
    case 'briefing':
      return phase.quietAt === undefined
        ? phase
        : { ...phase, quietAt: Math.max(phase.quietAt, now + leastLeftMs.briefing) };
    case 'review':
      return phase.nextAt === undefined
        ? phase
        : { ...phase, nextAt: Math.max(phase.nextAt, now + leastLeftMs.review) };
    default:
      return phase;
  }
}
