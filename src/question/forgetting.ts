import { nobody } from '../asking/nobody.js';
import type { HeldRecords } from '../store/held.js';
import type { HeldLogs } from '../store/held-logs.js';
import { Batch, type Store } from '../store/store.js';
import { cardRecord, openCardsRecord, type PracticeCard } from './records.js';

interface Parts {
  readonly store: Store;
  readonly cards: HeldRecords<PracticeCard>;
  readonly open: HeldRecords<Record<string, number>>;
  readonly asked: HeldLogs<string>;
  /** Lets a card not reveal itself any more. */
  readonly stopTimer: (cardId: string) => void;
}

/** Removes cards, and members from cards. */
export class Forgetting {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param openId under which the scope's open cards are listed, with those of other scopes or without */
  async scope(scope: string, openId: string): Promise<void> {
    const { store, asked, open } = this.#parts;
    const log = await asked.get(scope);
    for await (const ids of log.segments()) await this.#remove(ids, openId);
    const batch = new Batch();
    log.remove(batch);
    if (openId === scope) batch.remove(openCardsRecord, openId);
    await store.commit(batch);
    if (openId === scope) open.drop([openId]);
  }

  async member(scope: string, member: string): Promise<void> {
    const { store, asked } = this.#parts;
    const log = await asked.get(scope);
    const gone = new Set<string>();
    for await (const ids of log.segments()) {
      const found = await store.getMany(cardRecord, ids);
      for (const [id, card] of found) {
        if (card.askerId === member && card.isPrivate) gone.add(id);
        else if (card.askerId === member || card.answers[member]) await this.#leaveOut(id, member);
      }
    }
    if (gone.size === 0) return;
    await this.#remove([...gone], scope);
    await log.drop((id) => gone.has(id));
  }

  async #leaveOut(id: string, member: string): Promise<void> {
    const { store, cards } = this.#parts;
    // From here to the commit nothing is awaited: other members' answers to the card are kept.
    const card = await cards.get(id);
    if (!card) return;
    delete card.answers[member];
    if (card.askerId === member) card.askerId = nobody;
    await store.commit(new Batch().put(cardRecord, id, () => card));
  }

  async #remove(ids: readonly string[], openId: string): Promise<void> {
    const { store, cards, open, stopTimer } = this.#parts;
    const openCards = await open.get(openId, () => ({}));
    const batch = new Batch();
    const listed = ids.filter((id) => id in openCards);
    for (const id of listed) delete openCards[id];
    for (const id of ids) {
      stopTimer(id);
      batch.remove(cardRecord, id);
    }
    cards.drop(ids);
    if (listed.length > 0) batch.put(openCardsRecord, openId, () => openCards);
    await store.commit(batch);
    cards.drop(ids);
  }
}
