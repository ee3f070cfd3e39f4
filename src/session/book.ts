import { ask, isCurrent } from '../asking/asked.js';
import { grade } from '../bank/grade.js';
import type { Answer } from '../bank/question.js';
import { UserError } from '../discord/errors.js';
import { MemberRecords } from '../people/member-records.js';
import type { Transaction } from '../store/transaction.js';
import { localDay } from '../time/local-day.js';
import { sessionFeature } from './ids.js';
import type { SessionParts } from './parts.js';
import { type PassedOver, type Session, type Sureness, sessionMembersLog, sessionRecord } from './records.js';
import { advanced, answeredWith, type Put, stopped } from './rules.js';
import * as words from './words.js';

/** Whose session it is. */
export interface Whose {
  readonly scope: string;
  readonly member: string;
}

/** Which question of which session something is about. */
export interface Spot extends Whose {
  readonly id: string;
  readonly at: number;
}

/** Sessions on the disk, and what goes with each change of one. */
export class SessionBook {
  readonly #parts: SessionParts;
  readonly #sessions: MemberRecords<Session>;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#sessions = new MemberRecords(parts.memory, sessionRecord, sessionMembersLog);
  }

  /** @throws {UserError} when none of its questions can be asked just now */
  begin(whose: Whose, wanted: Pick<Session, 'id' | 'kind' | 'title' | 'ids' | 'most'>): Promise<Session> {
    const { clock } = this.#parts;
    return this.#sessions.use(whose.scope, whose.member, (slot, change) => {
      const nowMs = clock.now();
      const empty: Session = { ...wanted, startedAt: nowMs, at: 0, askedAt: nowMs, done: [], passed: [] };
      const session = advanced(empty, { from: 0, put: this.#putIn(change, whose), nowMs });
      if (!session.asked)
        throw new UserError(session.passed.includes('open') ? words.allOpenNow : words.nothingToAsk);
      if (slot.value === undefined) this.#sessions.list(change, whose.scope, [whose.member]);
      slot.set(session);
      return session;
    });
  }

  /** The session of that id. @throws {UserError} when it is no longer the member's */
  async look({ id, ...whose }: Whose & { readonly id: string }): Promise<Session> {
    return current(await this.get(whose), id);
  }

  /** Stores the answer to the question that is shown; one to a question of before changes nothing. */
  async answer(spot: Spot, given: { answer: Answer; sure: Sureness; atMs: number }): Promise<Session> {
    const zone = await this.#parts.zoneIn(spot.scope);
    const day = localDay(zone, given.atMs);
    return this.#step(spot, (session, change) => {
      if (session.given || !session.asked) return session;
      const question = this.#parts.bank.get(session.asked.questionId);
      const asked = session.asked;
      if (!isCurrent(question, asked)) return this.#onward(session, change, spot, ['changed']);
      if (this.#isOpen(change, spot, question.id)) return this.#onward(session, change, spot, ['open']);
      const right = grade(question, given.answer).right === true;
      const { id, rev, topic, level } = question;
      const { member, scope } = spot;
      this.#parts.outcomes.take(
        change,
        scope,
        {
          id: `${sessionFeature}:${session.id}:${spot.at}`,
          where: 'review',
          question: id,
          rev,
          topic,
          level,
          at: session.askedAt,
        },
        [{ member, right, practice: true, at: given.atMs, day, guess: given.sure }],
      );
      return answeredWith(session, { answer: given.answer, right, sure: given.sure });
    });
  }

  /** Goes on to the next question. */
  next(spot: Spot): Promise<Session> {
    return this.#step(spot, (session, change) => this.#onward(session, change, spot, []));
  }

  /** Goes on, since the question that is shown has changed in the bank. */
  pass(spot: Spot): Promise<Session> {
    return this.#step(spot, (session, change) => this.#onward(session, change, spot, ['changed']));
  }

  /** Takes the question that is shown out of the member's deck, and goes on. */
  forget(spot: Spot): Promise<Session> {
    return this.#step(spot, (session, change) => {
      const question = session.ids[session.at];
      if (question === undefined) return session;
      this.#parts.deck.forget(change, spot.scope, spot.member, question);
      return this.#onward(session, change, spot, ['forgotten']);
    });
  }

  stop(spot: Spot): Promise<Session> {
    return this.#step(spot, (session) => stopped(session));
  }

  /** Removes all sessions of a scope. After a failure: once more. */
  forgetScope(scope: string): Promise<void> {
    return this.#sessions.forgetScope(scope);
  }

  /** Removes a member's session. After a failure: once more. */
  async forgetMember(scope: string, member: string): Promise<void> {
    await this.#sessions.forgetMember(scope, member);
  }

  get({ scope, member }: Whose): Promise<Session | undefined> {
    return this.#sessions.get(scope, member);
  }

  /** A press on a question that is not shown any more changes nothing. */
  #step(spot: Spot, change: (session: Session, transaction: Transaction) => Session): Promise<Session> {
    return this.#sessions.use(spot.scope, spot.member, (slot, transaction) => {
      const before = current(slot.value, spot.id);
      if (before.ended || before.at !== spot.at) return before;
      const next = change(before, transaction);
      if (next !== before) slot.set(next);
      return next;
    });
  }

  #onward(session: Session, change: Transaction, whose: Whose, passed: readonly PassedOver[]): Session {
    const nowMs = this.#parts.clock.now();
    return advanced(session, { from: session.at + 1, put: this.#putIn(change, whose), nowMs }, passed);
  }

  /** What is open elsewhere in the scope is neither asked nor revealed here. */
  #putIn(change: Transaction, whose: Whose): Put {
    const { bank, random } = this.#parts;
    return (id) => {
      const question = bank.get(id);
      if (!question || question.kind === 'open') return undefined;
      return this.#isOpen(change, whose, id) ? 'open' : ask(question, random);
    };
  }

  #isOpen(change: Transaction, { scope, member }: Whose, question: string): boolean {
    const { draws, clock } = this.#parts;
    const opener = `${sessionFeature}:${member}`;
    return draws.isOpenElsewhere(change, { scope, question, opener, nowMs: clock.now() });
  }
}

/** @throws {UserError} when it is another one */
function current(session: Session | undefined, id: string): Session {
  if (session?.id !== id) throw new UserError(words.sessionOver);
  return session;
}
