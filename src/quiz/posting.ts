import type { Outgoing } from '../discord/outgoing.js';
import { PostsOnce } from '../discord/posts-once.js';
import type { Posted } from '../discord/sent.js';
import type { QuizPlace } from './runner.js';
import type { SenderParts } from './sender-parts.js';

/** How a quiz's message is known again. */
interface KnownBy {
  /** A custom id of it, which no later message has. */
  readonly by: string;
  /** A message of the quiz that came before it. */
  readonly after?: string | undefined;
}

/** Posts each of a quiz's messages once. */
export class QuizPosts {
  readonly #storage: SenderParts['storage'];
  readonly #posts: PostsOnce;

  constructor(parts: Pick<SenderParts, 'messenger' | 'sent' | 'storage'>) {
    this.#storage = parts.storage;
    this.#posts = new PostsOnce(parts);
  }

  /** What this quiz posts next may stand already. */
  doubt(id: string): void {
    this.#posts.doubt(id);
  }

  send({ id, channelId }: QuizPlace, message: Outgoing, { by, after }: KnownBy): Promise<Posted> {
    return this.#posts.send(id, channelId, message, async () => {
      const sinceMs = (await this.#storage.look(id, ({ game }) => game.createdAt)) ?? 0;
      return { mark: `"${by}"`, sinceMs, after };
    });
  }
}
