import { interviewId } from './ids.js';
import type { Session } from './session.js';

/** The turn and the number within it that a message's key names, e.g. `h0.1`. */
export function placeOfKey(key: string): { readonly turn: number; readonly at: number } {
  const [turn = 0, at = 0] = key.slice(1).split('.').map(Number);
  return { turn, at };
}

/** What stands in a custom id of this message and of no other one. */
export function markOf({ id, settings }: Session, key: string): string | undefined {
  const { turn } = placeOfKey(key);
  const actions: Readonly<Record<string, string>> = {
    b: 'ask',
    a: 'answer',
    s: settings.format === 'panel' ? 'feedback' : 'rate',
    r: 'mine',
  };
  const action = actions[key.charAt(0)];
  if (key === 'l') return interviewId('join', id);
  return action && `${interviewId(action, id, turn)}"`;
}

/** The lobby and the recap stand in the channel, everything else in the thread. */
export const channelOf = ({ channelId, room }: Session, key: string): string =>
  key === 'l' || key === 'z' ? channelId : (room?.threadId ?? channelId);
