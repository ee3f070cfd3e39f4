import type { ButtonInteraction } from 'discord.js';
import type { Logger } from 'pino';
import { replyChangeableMs } from '../discord/outgoing.js';
import { replyTo } from '../discord/respond.js';
import { newest } from '../store/newest.js';

const mostPickers = 2_000;

interface OpenPicker {
  chosen: readonly number[];
  remove(): Promise<void>;
}

/**
 * One picker for each person and question: whoever opens a second one keeps what they had chosen, and the first one
 * goes. Of what was opened before a restart nothing is known; such a picker goes on by itself.
 */
export class Pickers {
  readonly #open = newest<string, OpenPicker>(mostPickers, replyChangeableMs);
  readonly #log: Pick<Logger, 'debug'>;

  constructor(log: Pick<Logger, 'debug'>) {
    this.#log = log;
  }

  /** What was chosen in the picker that a new one takes the place of. */
  chosen(cardId: string, member: string): readonly number[] {
    return this.#open.get(keyOf(cardId, member))?.chosen ?? [];
  }

  /** A picker was sent as the reply to this press. */
  opened(cardId: string, interaction: ButtonInteraction, chosen: readonly number[]): void {
    const key = keyOf(cardId, interaction.user.id);
    this.#open
      .get(key)
      ?.remove()
      .catch((error: unknown) => this.#log.debug({ err: error }, 'An older picker could not be removed'));
    this.#open.set(key, { chosen, remove: () => replyTo(interaction).remove() });
  }

  changed(cardId: string, member: string, chosen: readonly number[]): void {
    const picker = this.#open.get(keyOf(cardId, member));
    if (picker) picker.chosen = chosen;
  }

  /** The answer is given; the picker shows its receipt now. */
  done(cardId: string, member: string): void {
    this.#open.delete(keyOf(cardId, member));
  }
}

const keyOf = (cardId: string, member: string): string => `${cardId} ${member}`;
