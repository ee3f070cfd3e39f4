import { nobody } from '../asking/nobody.js';
import { isPassing } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { QuizEvent } from './events.js';
import type { Game } from './game.js';
import { quizId } from './ids.js';
import type { QuizState } from './players.js';
import { drawPodium } from './podium.js';
import type { QuizPosts } from './posting.js';
import { resultsCard } from './results-cards.js';
import type { QuizPlace } from './runner.js';
import type { SenderParts } from './sender-parts.js';
import { lastCards } from './shown.js';
import { lookAt } from './storage.js';
import { farewellWords } from './words.js';

const isEmpty = ({ phase }: Game): boolean => phase.name === 'over' && phase.ending === 'empty';

/** Shows how quizzes have ended. Rejects with Discord's errors, and with our own. */
export class QuizEndings {
  readonly #parts: SenderParts;
  readonly #posts: QuizPosts;

  constructor(parts: SenderParts, posts: QuizPosts) {
    this.#parts = parts;
    this.#posts = posts;
  }

  /** Posts them once, with the podium's picture where that can be. */
  async results(place: QuizPlace): Promise<QuizEvent> {
    const { bank } = this.#parts;
    const known = { by: quizId('mine', place.id) };
    await this.#closeCards(place);
    // Whose night it was says so, with when the next one is.
    if (await this.#look(place.id, ({ game }) => isEmpty(game))) return { kind: 'finished' };
    const picture = await this.#look(place.id, (state) => drawPodium(state, this.#parts.log));
    const rendered = (podium: Buffer | undefined) =>
      this.#look(place.id, (state) => resultsCard(state, bank, podium));
    if (picture) {
      try {
        await this.#posts.send(place, await rendered(picture), known);
        return { kind: 'finished' };
      } catch (error) {
        if (isPassing(error)) throw error;
        this.#parts.log.warn(
          { err: error, game: place.id },
          'The results could not be posted with a picture',
        );
      }
    }
    await this.#posts.send(place, await rendered(undefined), known);
    return { kind: 'finished' };
  }

  /** No card keeps live buttons, as far as it can be edited. */
  async #closeCards({ id, channelId }: QuizPlace): Promise<void> {
    const { bank, messenger, edits, log } = this.#parts;
    const cards = await this.#look(id, (state) => lastCards(state, bank));
    for (const { messageId, card } of cards) {
      await edits.settle(messageId);
      try {
        await messenger.edit(channelId, messageId, card);
      } catch (error) {
        if (isPassing(error)) throw error;
        log.debug({ err: error, game: id }, 'A card of a quiz that is over could not be edited');
      }
    }
  }

  /** Tells the host where the channel cannot be told. */
  async farewell(place: QuizPlace, reason: string): Promise<QuizEvent> {
    const { id, channelId } = place;
    const { messenger, log } = this.#parts;
    // Where it may write no more, its cards may still be edited.
    await this.#closeCards(place);
    const hostId = await this.#look(id, ({ game }) => game.hostId);
    try {
      const message = { ...plain(farewellWords(channelId, reason)), nonce: `${id}bye` };
      if (hostId !== nobody) await messenger.sendDirect(hostId, message);
    } catch (error) {
      if (isPassing(error)) throw error;
      log.info({ err: error, game: id }, 'The host of a quiz could not be told of its end');
    }
    return { kind: 'finished' };
  }

  #look<T>(id: string, look: (state: QuizState) => T): Promise<Awaited<T>> {
    return lookAt(this.#parts.storage, id, look);
  }
}
