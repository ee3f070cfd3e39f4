import { isCurrent, toBank } from '../asking/asked.js';
import { isComplete } from '../asking/picker.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { type Repliable, reply } from '../discord/respond.js';
import { SessionBook, type Spot, type Whose } from './book.js';
import { type SessionActs, sessionRoutes } from './buttons.js';
import { answeredCard, askingCard, type SessionView } from './cards.js';
import { sessionFeature } from './ids.js';
import { partOf, sessionOfMember } from './member-data.js';
import type { SessionParts } from './parts.js';
import type { Session, Sureness } from './records.js';
import { practised } from './rules.js';
import { summaryCard } from './summary.js';
import type { SessionStarter, WantedSession } from './wanted.js';
import { requireLetters, whoseIs } from './whose.js';
import * as words from './words.js';

/** Private sequences of questions, each in one message that goes from question to question. */
export class Sessions implements SessionStarter, SessionActs {
  /** As one of the program's features. */
  readonly feature: ReturnType<typeof featureOf>;
  readonly #parts: SessionParts;
  readonly #book: SessionBook;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const book = new SessionBook(parts);
    this.#book = book;
    this.feature = featureOf(this, book);
  }

  async start(interaction: Repliable, wanted: WantedSession): Promise<void> {
    const whose = whoseIs(interaction);
    const { kind, title, count: most } = wanted;
    const ids = await this.#candidates(whose, wanted);
    const session = await this.#book.begin(whose, { id: interaction.id, kind, title, ids, most });
    await reply(interaction, await this.show(session, whose));
  }

  /** A session as it stands. */
  async show(session: Session, { scope, member }: Whose): Promise<Outgoing> {
    const { bank, deck } = this.#parts;
    if (session.ended) {
      const asked = [...new Set(session.done.map(({ question }) => question))];
      return summaryCard(session, bank, await deck.comesBack(scope, member, asked));
    }
    const view = this.#view(session);
    if (!view) return this.show(await this.#book.pass({ ...session, scope, member }), { scope, member });
    if (!session.given) return askingCard(view);
    const back = await deck.comesBack(scope, member, [view.question.id]);
    return answeredCard(view, back.get(view.question.id));
  }

  async open(spot: Spot): Promise<SessionView | Outgoing> {
    const session = await this.#book.look(spot);
    const view = session.at === spot.at && !session.given ? this.#view(session) : undefined;
    return view ?? this.show(session, spot);
  }

  /** @throws {UserError} for letters that are no answer to the question */
  async choose(spot: Spot, chosen: readonly number[], sure: Sureness, atMs: number): Promise<Outgoing> {
    const view = await this.open(spot);
    if (!('question' in view)) return view;
    requireLetters(view, chosen);
    if (!isComplete(view, chosen)) throw new UserError(words.pickFirst);
    return this.#answer(spot, { answer: toBank(view.asked, chosen), sure, atMs });
  }

  type(spot: Spot, text: string, sure: Sureness, atMs: number): Promise<Outgoing> {
    return this.#answer(spot, { answer: { text }, sure, atMs });
  }

  async act(spot: Spot, what: 'next' | 'forget' | 'stop'): Promise<Outgoing> {
    return this.show(await this.#book[what](spot), spot);
  }

  async #answer(spot: Spot, given: Parameters<SessionBook['answer']>[1]): Promise<Outgoing> {
    const session = await this.#book.answer(spot, given);
    if (session.given) this.#parts.metrics.answer('practice');
    return this.show(session, spot);
  }

  async #candidates({ scope, member }: Whose, { pick, count }: WantedSession): Promise<string[]> {
    if ('ids' in pick) return [...new Set(pick.ids)];
    const { bank, asked, random } = this.#parts;
    return practised(bank.pool(pick.filter), await asked.history(scope, member), { count, random });
  }

  #view(session: Session): SessionView | undefined {
    const { asked } = session;
    const { bank } = this.#parts;
    const question = bank.get(asked?.questionId ?? '');
    if (!asked || !isCurrent(question, asked)) return undefined;
    return { session, question, asked, topicTitle: bank.titleOf(question.topic) };
  }
}

const featureOf = (sessions: SessionActs, book: SessionBook) => ({
  name: sessionFeature,
  routes: sessionRoutes(sessions),
  forgetScope: (scope: string) => book.forgetScope(scope),
  forgetMember: (scope: string, member: string) => book.forgetMember(scope, member),
  async exportMember(scope: string, member: string) {
    const session = await book.get({ scope, member });
    return session && partOf(session);
  },
  memberData: sessionOfMember,
});
