import type { AnswerOutcome, Occasion, OutcomeTaker } from '../asked/outcomes.js';
import type { AskedIndex } from '../asked/service.js';
import { hash32 } from '../bank/hash.js';
import { memberKey } from '../people/scope.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords, type RecordSlot } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { dayOf } from '../time/days.js';
import { type DeckPart, deckOfMember } from './member-data.js';
import { type DeckCard, deckRecord, type Reviewer, reviewerRecord, reviewersLog } from './records.js';
import { type Deck, graded, gradeOf } from './rules.js';
import { judged } from './sureness.js';

/** A miss rewrites one of so many records of its member. */
const shares = 8;

const newReviewer: Reviewer = { sureness: {} };

/**
 * What each member of a scope got wrong, as cards that come back, and how sure they were of their answers. It learns
 * of answers after the {@link AskedIndex}, which knows without a deck being read who has ever missed a question.
 */
export class Decks implements OutcomeTaker {
  readonly name = 'decks';
  readonly memberData = deckOfMember;
  readonly #asked: AskedIndex;
  readonly #memory: Memory;
  readonly #shares: HeldRecords<Record<string, DeckCard>>;
  readonly #reviewers: HeldRecords<Reviewer>;
  readonly #members: HeldLogs<string>;

  constructor(memory: Memory, asked: AskedIndex) {
    this.#asked = asked;
    this.#memory = memory;
    this.#shares = new HeldRecords(memory, deckRecord);
    this.#reviewers = new HeldRecords(memory, reviewerRecord);
    this.#members = new HeldLogs(memory, reviewersLog);
  }

  look(change: Transaction, scope: string, { question }: Occasion, outcomes: readonly AnswerOutcome[]): void {
    const missed = outcomes.filter(({ right }) => !right);
    change.all(
      this.#shares,
      missed.map(({ member }) => shareId(scope, member, question)),
    );
  }

  take(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void {
    const members = outcomes.filter(({ right }) => right).map(({ member }) => member);
    const missedBefore = this.#asked.everMissed(change, scope, occasion, members);
    const concerned = outcomes.filter(({ right, member }) => !right || missedBefore.has(member));
    this.#grade(change, scope, occasion, concerned);
    if (occasion.where === 'review') this.#judge(change, scope, occasion, outcomes);
  }

  /** In a change: takes a question out of a member's deck. A later miss puts it in again. */
  forget(change: Transaction, scope: string, member: string, question: string): void {
    const slot = change.at(this.#shares, shareId(scope, member, question));
    if (!slot.value || !Object.hasOwn(slot.value, question)) return;
    const { [question]: _, ...rest } = slot.value;
    if (Object.keys(rest).length > 0) slot.set(rest);
    else slot.remove();
  }

  /** All cards of a member, by question; those of questions that have left the bank among them. */
  async cards(scope: string, member: string): Promise<Deck> {
    const found = await this.#shares.getMany(shareIds(scope, member));
    return new Map([...found.values()].flatMap((share) => Object.entries(share)));
  }

  /** The cards of some questions, by question. */
  async some(scope: string, member: string, questions: readonly string[]): Promise<Deck> {
    const ids = [...new Set(questions.map((question) => shareId(scope, member, question)))];
    const wanted = new Set(questions);
    const found = await this.#shares.getMany(ids);
    const cards = [...found.values()].flatMap((share) => Object.entries(share));
    return new Map(cards.filter(([question]) => wanted.has(question)));
  }

  /** Takes out all cards that are not wanted any more. */
  async prune(scope: string, member: string, isGone: (question: string) => boolean): Promise<void> {
    const gone = [...(await this.cards(scope, member)).keys()].filter(isGone);
    if (gone.length === 0) return;
    await this.#memory.use((change) => {
      for (const question of gone) this.forget(change, scope, member, question);
    });
  }

  async reviewer(scope: string, member: string): Promise<Reviewer> {
    return (await this.#reviewers.get(memberKey(scope, member))) ?? newReviewer;
  }

  /** Removes all decks of a scope. After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    for await (const members of this.#members.segments(scope))
      for (const member of members) await this.#remove(scope, member);
    await this.#members.use(scope, (log) => log.remove());
  }

  /** Removes a member's deck. After a failure: once more. */
  async forgetMember(scope: string, forgotten: string): Promise<void> {
    await this.#remove(scope, forgotten);
    await this.#members.drop(scope, (member) => member === forgotten);
    // An answer of this moment may have begun anew, whose place on the list went with the old one.
    await this.#reviewers.use(memberKey(scope, forgotten), (slot, change) => {
      if (slot.value !== undefined) change.at(this.#members, scope).append([forgotten]);
    });
  }

  async exportMember(scope: string, member: string): Promise<DeckPart | undefined> {
    const cards = await this.cards(scope, member);
    const { sureness, reviewedAt } = await this.reviewer(scope, member);
    if (cards.size === 0 && reviewedAt === undefined) return undefined;
    return { cards: Object.fromEntries(cards), sureness, ...(reviewedAt !== undefined && { reviewedAt }) };
  }

  #grade(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void {
    const { question, rev } = occasion;
    const slots = change.all(
      this.#shares,
      outcomes.map(({ member }) => shareId(scope, member, question)),
    );
    const begun: string[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const slot = slots[index];
      if (!slot) continue;
      const deck = slot.value ?? {};
      const before = Object.hasOwn(deck, question) ? deck[question] : undefined;
      const given = { day: dayOf(outcome.day), at: outcome.at, grade: gradeOf(outcome) };
      const card = graded(before, rev, given);
      if (!card || card === before) continue;
      if (slot.value === undefined) begun.push(outcome.member);
      slot.set({ ...deck, [question]: card });
    }
    for (const slot of this.#reviewersOf(change, scope, begun)) if (!slot.value) slot.set(newReviewer);
  }

  #judge(
    change: Transaction,
    scope: string,
    { topic }: Pick<Occasion, 'topic'>,
    outcomes: readonly AnswerOutcome[],
  ): void {
    const members = outcomes.map(({ member }) => member);
    for (const [index, slot] of this.#reviewersOf(change, scope, members).entries()) {
      const outcome = outcomes[index];
      if (!outcome) continue;
      const { sureness, reviewedAt = 0 } = slot.value ?? newReviewer;
      slot.set({
        reviewedAt: Math.max(reviewedAt, outcome.at),
        sureness: judged(sureness, topic, outcome),
      });
    }
  }

  /** With those who have none yet put on the scope's list: each of them has to be set. */
  #reviewersOf(change: Transaction, scope: string, members: readonly string[]): RecordSlot<Reviewer>[] {
    const ids = members.map((member) => memberKey(scope, member));
    const slots = change.all(this.#reviewers, ids);
    const joined = members.filter((_, index) => slots[index]?.value === undefined);
    if (joined.length > 0) change.at(this.#members, scope).append(joined);
    return slots;
  }

  #remove(scope: string, member: string): Promise<void> {
    return this.#reviewers.use(memberKey(scope, member), (reviewer, change) => {
      for (const share of change.all(this.#shares, shareIds(scope, member))) share.remove();
      reviewer.remove();
    });
  }
}

const shareId = (scope: string, member: string, question: string): string =>
  `${memberKey(scope, member)}:${hash32(question) % shares}`;
const shareIds = (scope: string, member: string): string[] =>
  Array.from({ length: shares }, (_, share) => `${memberKey(scope, member)}:${share}`);
