import { isPassing } from './api-errors.js';
import type { Messenger, Outgoing } from './outgoing.js';
import { type Posted, type SentMessages, standingId } from './sent.js';

/** How a message is known again; the words are those of {@link SentMessages.find}. */
export interface Known {
  readonly mark: string;
  readonly sinceMs: number;
  readonly after?: string | undefined;
}

/**
 * Posts each message of a running thing once. One whose answer was lost, because the process ended or Discord was away,
 * may stand already: Discord knows its nonce for a few minutes only, so it is looked for.
 */
export class PostsOnce {
  readonly #parts: { readonly messenger: Pick<Messenger, 'send'>; readonly sent: SentMessages };
  /** Ids of things whose next message may stand already. */
  readonly #unsure = new Set<string>();

  constructor(parts: { readonly messenger: Pick<Messenger, 'send'>; readonly sent: SentMessages }) {
    this.#parts = parts;
  }

  /** What this thing posts next may stand already. */
  doubt(id: string): void {
    this.#unsure.add(id);
  }

  /** @param known asked only where it is looked for; undefined for a message that cannot be known again */
  async send(
    id: string,
    channelId: string,
    message: Outgoing,
    known: () => Promise<Known | undefined>,
  ): Promise<Posted> {
    const there = this.#unsure.has(id) ? await this.#find(id, channelId, await known()) : undefined;
    if (there !== undefined) return { messageId: there, isFound: true };
    try {
      return { messageId: await this.#parts.messenger.send(channelId, message), isFound: false };
    } catch (error) {
      if (isPassing(error)) this.#unsure.add(id);
      throw error;
    }
  }

  async #find(id: string, channelId: string, known: Known | undefined): Promise<string | undefined> {
    if (!known) return undefined;
    const where = await this.#parts.sent.find(channelId, known.mark, known.sinceMs, known.after);
    this.#unsure.delete(id);
    return standingId(where);
  }
}
