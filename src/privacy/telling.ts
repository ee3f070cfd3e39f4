import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import { isPassing } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { Messenger } from '../discord/outgoing.js';
import type { Wish } from './records.js';
import { erasedWords } from './words.js';

/** Discord may be away; what is erased must not wait for it for long. */
const mostTries = 3;

export interface TellingParts {
  readonly log: Logger;
  readonly messenger: Pick<Messenger, 'sendDirect'>;
  /** A server's name, where it is known. */
  nameOf(guildId: string): string | undefined;
}

/**
 * Tells members that what was stored about them is erased: after everything else has gone and before the wish goes, in
 * which their id stands. So nobody is told too early, and nothing is kept for telling. A process that is killed between
 * the two tells once more, with the same nonce: within some minutes Discord shows that once.
 */
export class TellingErased {
  readonly #parts: TellingParts;
  readonly #tries = new Map<string, number>();

  constructor(parts: TellingParts) {
    this.#parts = parts;
  }

  /** @returns false when it is to be tried again, as Discord is away just now */
  async of({ id, member, place }: Wish): Promise<boolean> {
    const { log, messenger, nameOf } = this.#parts;
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries);
    try {
      const name = place === undefined ? undefined : nameOf(place);
      await messenger.sendDirect(member, { ...plain(erasedWords(place, name)), nonce: `${id}gone` });
    } catch (error) {
      if (isPassing(error) && tries < mostTries) return false;
      if (!(error instanceof DiscordAPIError) && !isPassing(error)) throw error;
      log.info({ wish: id }, 'A member could not be told that their data is erased');
    }
    this.#tries.delete(id);
    return true;
  }
}
