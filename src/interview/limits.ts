import { UserError } from '../discord/errors.js';
import type { InterviewSession } from './session.js';
import * as words from './words.js';

const mostRunning = 5;

export const isHere = ({ channelId, room }: InterviewSession, channel: string): boolean =>
  channelId === channel || room?.threadId === channel;

/** @throws {UserError} when the interview must not be opened beside those that are on in its server */
export function requireSpace(
  running: readonly InterviewSession[],
  { channelId, hostId }: InterviewSession,
): void {
  const on = running.filter(({ phase }) => phase.name !== 'over');
  if (on.some((session) => isHere(session, channelId))) throw new UserError(words.takenHere);
  const own = on.find((session) => session.phase.name === 'lobby' && session.hostId === hostId);
  if (own) throw new UserError(words.ownLobby(own.channelId));
  if (on.length >= mostRunning) throw new UserError(words.tooManyRunning(mostRunning));
}
