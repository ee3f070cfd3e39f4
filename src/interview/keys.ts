import type { Outgoing } from '../discord/outgoing.js';
import { interviewId } from './ids.js';
import type { InterviewSession } from './session.js';

/** The turn and the number within it that a message's key names, e.g. `h0.1`. */
export function placeOfKey(key: string): { readonly turn: number; readonly at: number } {
  const [turn = 0, at = 0] = key.slice(1).split('.').map(Number);
  return { turn, at };
}

/**
 * What stands in this message and in no later one: a custom id, or where it has none of its own the first of its texts,
 * as JSON.
 */
export function markOf({ id, settings }: InterviewSession, key: string, card: Outgoing): string | undefined {
  const { turn } = placeOfKey(key);
  const actions: Readonly<Record<string, string>> = {
    b: 'ask',
    a: 'answer',
    s: settings.format === 'panel' ? 'feedback' : 'rate',
    r: 'mine',
  };
  const action = actions[key.charAt(0)];
  if (key === 'l') return interviewId('join', id);
  if (action !== undefined) return `${interviewId(action, id, turn)}"`;
  return /"content":("(?:[^"\\]|\\.)+")/.exec(JSON.stringify(card.components))?.[1];
}

/** The newest message that is known to stand in the channel of this one; what is posted comes after it. */
export function newestBeside(session: InterviewSession, key: string): string | undefined {
  const channelId = channelOf(session, key);
  const ids = Object.entries(session.posts).flatMap(([other, id]) =>
    channelOf(session, other) === channelId ? [BigInt(id)] : [],
  );
  return ids
    .sort((one, other) => (one < other ? -1 : 1))
    .at(-1)
    ?.toString();
}

/** The lobby and the recap stand in the channel, everything else in the thread. */
export const channelOf = ({ channelId, room }: InterviewSession, key: string): string =>
  key === 'l' || key === 'z' ? channelId : (room?.threadId ?? channelId);
