import { nobody } from '../asking/nobody.js';
import { UserError } from '../discord/errors.js';
import type { Game } from './game.js';
import * as words from './words.js';

const mostRunning = 5;

/** @throws {UserError} when the quiz must not be opened beside those that are on in its server */
export function requireRoom(running: readonly Game[], { channelId, hostId }: Game): void {
  const on = running.filter(({ phase }) => phase.name !== 'over');
  if (on.some((game) => game.channelId === channelId)) throw new UserError(words.takenWords);
  const own =
    hostId === nobody ? undefined : on.find((game) => game.phase.name === 'lobby' && game.hostId === hostId);
  if (own) throw new UserError(words.lobbyOpenWords(own.channelId));
  if (on.length >= mostRunning) throw new UserError(words.tooManyWords(mostRunning));
}
