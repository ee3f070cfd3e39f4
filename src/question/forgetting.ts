import { nobody } from '../asking/nobody.js';
import type { Memory } from '../store/held.js';
import { type CardBook, direct } from './card-book.js';
import type { PracticeCard } from './records.js';

export interface ForgettingParts {
  readonly memory: Memory;
  readonly book: CardBook;
  /** Lets a card not reveal itself any more. */
  readonly unwatch: (cardId: string) => void;
}

/** Removes cards, and members from cards; and tells what is stored of a member. */
export class Forgetting {
  readonly #parts: ForgettingParts;

  constructor(parts: ForgettingParts) {
    this.#parts = parts;
  }

  /** All cards of a scope. */
  async scope(scope: string): Promise<void> {
    const { asked, open } = this.#parts.book;
    for await (const ids of asked.segments(scope)) await this.#remove(ids, listOf(scope));
    await asked.use(scope, (log, change) => {
      log.remove();
      // The list of direct messages is everybody's.
      if (listOf(scope) === scope) change.at(open, scope).remove();
    });
  }

  /** A member, from all cards of a scope; their private cards go as a whole. */
  async member(scope: string, member: string): Promise<void> {
    const { book } = this.#parts;
    const { asked, cards } = book;
    const gone = new Set<string>();
    for await (const ids of asked.segments(scope)) {
      for (const [id, card] of await cards.getMany(ids)) {
        if (card.askerId === member && card.isPrivate) gone.add(id);
        else if (concerns(card, member)) await book.step(id, { kind: 'forgotten', member, nobody });
      }
    }
    if (gone.size === 0) return;
    await this.#remove([...gone], listOf(scope));
    await asked.drop(scope, (id) => gone.has(id));
  }

  /** The cards of a scope that a member asked or answered; undefined where there are none. */
  async export(scope: string, member: string): Promise<unknown> {
    const { asked, cards } = this.#parts.book;
    const found: unknown[] = [];
    for await (const ids of asked.segments(scope))
      for (const [id, card] of await cards.getMany(ids))
        if (concerns(card, member)) found.push(exported(id, card, member));
    return found.length > 0 ? found : undefined;
  }

  async #remove(ids: readonly string[], listId: string): Promise<void> {
    const { memory, book, unwatch } = this.#parts;
    for (const id of ids) unwatch(id);
    await memory.use((change) => {
      const list = change.at(book.open, listId);
      const listed = Object.entries(list.value ?? {});
      const removed = new Set(ids);
      const left = listed.filter(([id]) => !removed.has(id));
      for (const slot of change.all(book.cards, ids)) slot.remove();
      if (left.length === listed.length) return;
      if (left.length === 0) list.remove();
      else list.set(Object.fromEntries(left));
    });
  }
}

const listOf = (scope: string): string => (scope.startsWith('dm-') ? direct : scope);

const concerns = (card: PracticeCard, member: string): boolean =>
  card.askerId === member || Object.hasOwn(card.answers, member);

function exported(id: string, card: PracticeCard, member: string) {
  const { asked, askedAt, channelId, isPrivate, revealedAt, askerId } = card;
  return {
    id,
    channelId,
    question: asked.questionId,
    askedAt,
    isPrivate,
    askedByYou: askerId === member,
    ...(revealedAt !== undefined && { revealedAt }),
    ...(Object.hasOwn(card.answers, member) && { yourAnswer: card.answers[member] }),
  };
}
