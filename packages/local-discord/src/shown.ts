import type { ChoiceJson, Interaction, ModalJson } from './interaction.js';
import type { MessageJson } from './json.js';
import type { MessageChange } from './state.js';

/** Something that reached people's clients, as it was then. */
export interface Shown {
  readonly channelId: string;
  /** Whose client alone; absent: everybody's who sees the channel. */
  readonly to: string | undefined;
  readonly what: MessageJson | ModalJson | readonly ChoiceJson[];
}

/**
 * Every state of every message, form and list of choices that ever reached a client, in order, also of messages
 * that have been edited or deleted since: what secrecy is tested by.
 */
export class ShownLog {
  readonly #entries: Shown[] = [];

  /** Everything, or what reached this person's client. */
  all(userId?: string): readonly Shown[] {
    if (userId === undefined) return this.#entries;
    return this.#entries.filter(({ to }) => to === undefined || to === userId);
  }

  message({ how, message }: MessageChange): void {
    if (how === 'deleted') return;
    this.#entries.push({ channelId: message.channel.id, to: message.visibleTo, what: message.json });
  }

  answer({ outcome, channel, user }: Interaction): void {
    if (outcome?.kind === 'modal') {
      this.#entries.push({ channelId: channel.id, to: user.id, what: outcome.modal });
    } else if (outcome?.kind === 'choices') {
      this.#entries.push({ channelId: channel.id, to: user.id, what: outcome.choices });
    }
  }
}
