import { shownLetters, toShown } from '../asking/asked.js';
import { nobody } from '../asking/nobody.js';
import { listOf } from '../people/scope.js';
import type { Memory } from '../store/held.js';
import type { CardBook } from './card-book.js';
import type { CardPart } from './member-data.js';
import type { PracticeAnswer, PracticeCard } from './records.js';

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
    const gone = new Set<string>();
    for await (const id of book.asked.rows(scope)) {
      const found = await book.look(id, (card, given) => ({ card, answered: given.has(member) }));
      if (!found) continue;
      const { card, answered } = found;
      if (card.askerId === member && card.isPrivate) gone.add(id);
      else if (card.askerId === member || answered) await this.#leaveOut(id, member);
    }
    if (gone.size === 0) return;
    await this.#remove([...gone], listOf(scope));
    await book.asked.drop(scope, (id) => gone.has(id));
  }

  /** The cards of a scope that a member asked or answered; undefined where there are none. */
  async export(scope: string, member: string): Promise<unknown> {
    const { book } = this.#parts;
    const found: CardPart[] = [];
    for await (const id of book.asked.rows(scope)) {
      const one = await book.look(id, (card, given) => exported(id, card, given.get(member), member));
      if (one) found.push(one);
    }
    return found.length > 0 ? found : undefined;
  }

  /** Who has asked or answered cards of a scope. */
  async *people(scope: string): AsyncGenerator<string> {
    const { book } = this.#parts;
    for await (const id of book.asked.rows(scope)) {
      const members = await book.look(id, ({ askerId }, given) => [askerId, ...given.keys()]);
      yield* members ?? [];
    }
  }

  async #leaveOut(id: string, member: string): Promise<void> {
    const { book } = this.#parts;
    await book.step(id, { kind: 'forgotten', member, nobody });
    await book.given.drop(id, (row) => row.member === member);
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
      for (const log of change.all(book.given, ids)) log.remove();
      if (left.length === listed.length) return;
      if (left.length === 0) list.remove();
      else list.set(Object.fromEntries(left));
    });
  }
}

/** Before a public card's reveal its answers are as secret to their members as to everybody. */
function exported(
  id: string,
  card: PracticeCard,
  mine: PracticeAnswer | undefined,
  member: string,
): CardPart | undefined {
  const { asked, askedAt, channelId, isPrivate, revealedAt, askerId } = card;
  if (askerId !== member && !mine) return undefined;
  return {
    id,
    channelId,
    question: asked.questionId,
    askedAt,
    isPrivate,
    askedByYou: askerId === member,
    ...(revealedAt !== undefined && { revealedAt }),
    ...(mine && { yourAnswer: isSecret(card) ? asShown(card, mine) : mine }),
  };
}

const isSecret = ({ isPrivate, revealedAt, toShow }: PracticeCard): boolean =>
  !isPrivate && (revealedAt === undefined || toShow === true);

/** Without whether it was right, which the bank's numbers of what was picked tell as well. */
function asShown({ asked }: PracticeCard, { answer, at }: PracticeAnswer): CardPart['yourAnswer'] {
  return {
    ...('picks' in answer ? { letters: shownLetters(toShown(asked, answer.picks)) } : { answer }),
    ...(at !== undefined && { at }),
  };
}
