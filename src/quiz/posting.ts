import { isPassing } from '../discord/api-errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { standingId } from '../discord/sent.js';
import type { QuizPlace } from './runner.js';
import type { SenderParts } from './sender-parts.js';

/** How a message is known again. */
export interface Known {
  /** A custom id of it, which no later message has. */
  readonly by: string;
  /** A message of the quiz that came before it. */
  readonly after?: string | undefined;
}

/** `isFound`: it stood already. */
export interface Posted {
  readonly messageId: string;
  readonly isFound: boolean;
}

/**
 * Posts each of a quiz's messages once. One whose answer was lost, because the process ended or Discord was away, may
 * stand already: Discord knows its nonce for a few minutes only, so it is looked for.
 */
export class QuizPosts {
  readonly #parts: Pick<SenderParts, 'messenger' | 'sent' | 'storage'>;
  readonly #unsure = new Set<string>();

  constructor(parts: Pick<SenderParts, 'messenger' | 'sent' | 'storage'>) {
    this.#parts = parts;
  }

  /** What this quiz posts next may stand already. */
  doubt(id: string): void {
    this.#unsure.add(id);
  }

  async send({ id, channelId }: QuizPlace, message: Outgoing, known: Known): Promise<Posted> {
    const there = this.#unsure.has(id) ? await this.#find(id, channelId, known) : undefined;
    if (there !== undefined) return { messageId: there, isFound: true };
    try {
      return { messageId: await this.#parts.messenger.send(channelId, message), isFound: false };
    } catch (error) {
      if (isPassing(error)) this.#unsure.add(id);
      throw error;
    }
  }

  async #find(id: string, channelId: string, { by, after }: Known): Promise<string | undefined> {
    const { sent, storage } = this.#parts;
    const since = await storage.look(id, ({ game }) => game.createdAt);
    const where = await sent.find(channelId, `"${by}"`, since ?? 0, after);
    this.#unsure.delete(id);
    return standingId(where);
  }
}
