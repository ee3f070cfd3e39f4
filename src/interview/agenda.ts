import type { InterviewEvent } from './events.js';
import type { InterviewNote, InterviewSession } from './session.js';

/** What the passing of time will do next; it carries its turn, so a late one changes nothing. */
export interface InterviewDue {
  readonly at: number;
  readonly event: InterviewEvent;
}

export function nextDue({ phase }: Pick<InterviewSession, 'phase'>): InterviewDue | undefined {
  switch (phase.name) {
    case 'lobby':
      return { at: phase.endsAt, event: { kind: 'begin', byTime: true } };
    case 'briefing': {
      const { turn, quietAt } = phase;
      return quietAt === undefined ? undefined : { at: quietAt, event: { kind: 'silence', turn, quietAt } };
    }
    case 'answering':
      return { at: phase.endsAt, event: { kind: 'timeUp', turn: phase.turn } };
    case 'feedback':
      return atTime(phase.endsAt, { kind: 'reveal', turn: phase.turn });
    case 'review':
      return atTime(phase.nextAt, { kind: 'advance', turn: phase.turn });
    case 'gathering':
    case 'drawing':
    case 'asking':
    case 'over':
      return undefined;
    default:
      return phase satisfies never;
  }
}

const atTime = (at: number | undefined, event: InterviewEvent): InterviewDue | undefined =>
  at === undefined ? undefined : { at, event };

/**
 * What Discord has to be shown next. It follows from the record, so it is made up for after any interruption.
 * Messages by key: `l` the lobby, `z` the recap, `n0` a note; of turn 0 `b0` its roles, `a0` its question, `h0.1` a
 * hint, `f0.1` a follow-up, `w0.1` an answer, `s0` the call for feedback, `r0` the results.
 */
export type InterviewTask =
  | { readonly kind: 'room' | 'close' | 'finish' }
  | { readonly kind: 'invite'; readonly member: string }
  | { readonly kind: 'post' | 'seal'; readonly key: string };

export function nextTask(session: InterviewSession): InterviewTask | undefined {
  const { phase, room, people, outbox, toSeal } = session;
  if (phase.name === 'over' && phase.told) return undefined;
  const key = outbox[0];
  // The lobby's card is where everybody finds the thread, so it is there before the thread.
  if (key === 'l') return { kind: 'post', key };
  if (phase.name === 'gathering') return { kind: 'room' };
  const stranger = Object.keys(people).find((id) => people[id]?.here && !people[id]?.invited);
  if (room?.threadId && phase.name !== 'over' && stranger) return { kind: 'invite', member: stranger };
  if (toSeal[0] !== undefined) return { kind: 'seal', key: toSeal[0] };
  if (key !== undefined) return { kind: 'post', key };
  if (phase.name !== 'over') return undefined;
  return { kind: phase.closed ? 'finish' : 'close' };
}

/** Of a note: whoever it is about may come back. */
export const offersReturn = (note: InterviewNote | undefined): boolean =>
  note?.kind === 'passed' || note?.kind === 'away';

/** Whether a message has buttons that only make sense now, or shows what still changes. */
export function isLive({ phase, notes }: InterviewSession, key: string): boolean {
  if (key === 'l') return phase.name !== 'over';
  if (key[0] === 'n') return phase.name !== 'over' && offersReturn(notes[Number(key.slice(1))]);
  if (!('turn' in phase)) return false;
  const { name, turn } = phase;
  switch (key[0]) {
    case 'b':
      return name === 'briefing' && key === `b${turn}`;
    case 'a':
      return (name === 'answering' || name === 'asking') && key === `a${turn}`;
    case 's':
      return name === 'feedback' && key === `s${turn}`;
    case 'r':
      return name === 'review' && key === `r${turn}`;
    default:
      return false;
  }
}

/** The messages that show something of what an event has changed, as long as they are live. */
export function refreshedBy(before: InterviewSession, after: InterviewSession): string[] {
  const hasOthers = before.people !== after.people || before.hostId !== after.hostId;
  const turn = 'turn' in after.phase ? after.phase.turn : -1;
  const ofTurn = hasOthers || before.turns[turn] !== after.turns[turn] || isPutOff(before, after);
  const ofLobby = hasOthers || before.room !== after.room || before.phase.name === 'lobby';
  const isTouched = (key: string): boolean => (key === 'l' ? ofLobby : key[0] !== 'n' && ofTurn);
  return Object.keys(after.posts).filter((key) => isTouched(key) && isLive(after, key));
}

/** A deadline that stood on a card has moved; one that begins now was foretold by the card. */
function isPutOff({ phase: before }: InterviewSession, { phase: after }: InterviewSession): boolean {
  if (before === after || before.name !== after.name) return false;
  const until = nextDue({ phase: before });
  return until !== undefined && until.at !== nextDue({ phase: after })?.at;
}
