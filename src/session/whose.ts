import { UserError } from '../discord/errors.js';
import type { Repliable } from '../discord/respond.js';
import { scopeAt } from '../people/scope.js';
import type { Whose } from './book.js';
import type { SessionView } from './cards.js';
import * as words from './words.js';

/** @throws {UserError} for a letter that the question does not have */
export function requireLetters({ asked }: Pick<SessionView, 'asked'>, chosen: readonly number[]): void {
  if (chosen.some((shown) => shown >= asked.order.length)) throw new UserError(words.notForThisQuestion);
}

/** Whose session a press or command is about: only its own member's can be reached. */
export const whoseIs = ({ guildId, user }: Pick<Repliable, 'guildId' | 'user'>): Whose => ({
  scope: scopeAt({ guildId, member: user.id }),
  member: user.id,
});
