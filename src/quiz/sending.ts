import { SnowflakeUtil } from 'discord.js';
import { isEditLost, isTextRefused } from '../discord/api-errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Posted } from '../discord/sent.js';
import { minuteMs } from '../time/spans.js';
import type { QuizTask } from './agenda.js';
import { QuizEndings } from './endings.js';
import type { QuizEvent } from './events.js';
import type { Game } from './game.js';
import { quizId } from './ids.js';
import { lengthOf } from './length.js';
import { lobbyCard, lobbyMark } from './lobby-card.js';
import type { QuizState } from './players.js';
import { QuizPosts } from './posting.js';
import { standingsCard } from './results-cards.js';
import { closedRoundCard, firstVoteCard, openRoundCard, voidRoundCard } from './round-cards.js';
import { graceMs } from './rounds.js';
import type { QuizPerformed, QuizPlace } from './runner.js';
import type { SenderParts } from './sender-parts.js';
import { messageOf, viewOf } from './shown.js';
import { lookAt } from './storage.js';

/** Edits of messages older than an hour have a small budget of their own. */
const refreshedForMs = 55 * minuteMs;

/** Shows quizzes to their channels, as they are stored. Rejects with Discord's errors, and with our own. */
export class QuizSender {
  readonly #parts: SenderParts;
  /** By quiz: when the card on its way was sent first. */
  readonly #sentAt = new Map<string, number>();

  readonly #posts: QuizPosts;
  readonly #endings: QuizEndings;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#posts = new QuizPosts(parts);
    this.#endings = new QuizEndings(parts, this.#posts);
  }

  /** A quiz that was taken up: what it shows next may stand already. */
  takenUp(id: string): void {
    this.#posts.doubt(id);
  }

  async perform(place: QuizPlace, task: QuizTask): Promise<QuizPerformed> {
    switch (task.kind) {
      case 'lobby':
        return this.#lobby(place);
      case 'card':
        return this.#card(place, task.round);
      case 'first':
        return { event: await this.#first(place, task.round) };
      case 'answer':
        return { event: await this.#answer(place, task.round) };
      case 'standings':
        return this.#standings(place, task.round);
      case 'results':
        this.#sentAt.delete(place.id);
        return { event: await this.#endings.results(place) };
      case 'farewell':
        this.#sentAt.delete(place.id);
        return { event: await this.#endings.farewell(place, task.reason) };
      default:
        return task satisfies never;
    }
  }

  /** @param card the lobby's, as it was sent */
  lobbyPosted(place: QuizPlace, posted: Posted, card: Outgoing): QuizPerformed {
    return this.#posted(place, posted, card, { kind: 'posted', messageId: posted.messageId });
  }

  /** Brings a card up to date with few edits. */
  refresh({ id, channelId }: QuizPlace, game: Game, card: 'lobby' | 'round' | 'standings'): void {
    const { edits, clock } = this.#parts;
    const found = messageOf(game, card);
    if (found === undefined || edits.isComing(found)) return;
    // Discord limits edits of old messages so much that the answers of rounds would wait behind them.
    if (clock.now() - SnowflakeUtil.timestampFrom(found) > refreshedForMs) return;
    edits.soon(channelId, found, () => this.#now(id, found));
  }

  async #now(id: string, messageId: string): Promise<Outgoing | undefined> {
    return this.#parts.storage.look(id, (state) => {
      if (state.game.lobbyMessageId === messageId) return lobbyCard(state, this.#parts.bank);
      const told = state.game.rounds.findIndex(({ standingsId }) => standingsId === messageId);
      if (told >= 0) return standingsCard(state, told);
      const { phase } = state.game;
      if (phase.name !== 'open' || state.game.rounds[phase.round]?.messageId !== messageId) return undefined;
      const view = viewOf(this.#parts.bank, state.game, phase.round);
      const { endsAt = 0 } = state.game.rounds[phase.round] ?? {};
      return view && openRoundCard(state, view, endsAt);
    });
  }

  /** Of a quiz night, and where the process ended between storing the lobby and posting it: it may be there. */
  async #lobby(place: QuizPlace): Promise<QuizPerformed> {
    this.#posts.doubt(place.id);
    const card = await this.#look(place.id, (state) => lobbyCard(state, this.#parts.bank));
    const message = { ...card, nonce: `${place.id}lobby` };
    const posted = await this.#posts.send(place, message, { by: lobbyMark(place.id) });
    return this.lobbyPosted(place, posted, card);
  }

  /** What happened to the quiz before it knew where its card stands was not shown there. */
  #posted({ id, channelId }: QuizPlace, posted: Posted, card: Outgoing, event: QuizEvent): QuizPerformed {
    const { edits } = this.#parts;
    return {
      event,
      stored: () => edits.caughtUp(channelId, posted, card, () => this.#now(id, posted.messageId)),
    };
  }

  async #card(place: QuizPlace, round: number): Promise<QuizPerformed> {
    const { id } = place;
    const { clock, log } = this.#parts;
    const sentAt = this.#sentAt.get(id) ?? clock.now();
    this.#sentAt.set(id, sentAt);
    const opening = await this.#look(id, (state) => {
      const totalMs = lengthOf(state.game, state.game.rounds[round]);
      const view = viewOf(this.#parts.bank, state.game, round);
      const promisedAt = clock.now() + totalMs;
      const before = state.game.rounds[round]?.messageId;
      return { totalMs, promisedAt, before, card: view && openRoundCard(state, view, promisedAt) };
    });
    const { card, totalMs, promisedAt, before } = opening;
    try {
      if (!card) return { event: { kind: 'close', round, ended: 'void' } };
      const known = { by: quizId('extend', id, round), after: before };
      const posted = await this.#posts.send(place, card, known);
      const { messageId, isFound } = posted;
      const openedAt = SnowflakeUtil.timestampFrom(messageId);
      // Discord accepted it between our first sending and now, whatever our clock says of its time.
      const acceptedAt = Math.min(Math.max(openedAt, sentAt), clock.now());
      this.#parts.metrics.late('round opened', acceptedAt - sentAt);
      const closesAt = acceptedAt + totalMs + graceMs;
      const opened = { kind: 'opened', round, messageId, openedAt, closesAt, promisedAt, isFound } as const;
      return this.#posted(place, posted, card, opened);
    } catch (error) {
      if (!isTextRefused(error)) throw error;
      log.warn(
        { err: error, game: id },
        'A server does not let a question through; its round does not count',
      );
      return { event: { kind: 'close', round, ended: 'void' } };
    }
  }

  /** No letters any more on the card of a first vote; nothing else of it is told. */
  async #first({ id, channelId }: QuizPlace, round: number): Promise<QuizEvent> {
    const { messenger, edits, log } = this.#parts;
    this.#sentAt.delete(id);
    const { card, messageId } = await this.#look(id, (state) => {
      const view = viewOf(this.#parts.bank, state.game, round);
      return { card: view && firstVoteCard(state, view), messageId: state.game.rounds[round]?.messageId };
    });
    if (!card) return { kind: 'close', round, ended: 'void' };
    try {
      if (messageId) {
        await edits.settle(messageId);
        await messenger.edit(channelId, messageId, card);
      }
    } catch (error) {
      if (!isEditLost(error)) throw error;
      log.debug({ err: error, game: id }, 'The card of a first vote is gone');
    }
    return { kind: 'firstShown', round };
  }

  /** The answer in place of the open card; where that is gone, below. */
  async #answer({ id, channelId }: QuizPlace, round: number): Promise<QuizEvent> {
    const { bank, messenger, edits } = this.#parts;
    this.#sentAt.delete(id);
    const { card, messageId, isOver, dueAt } = await this.#look(id, (state) => {
      const { ended } = state.game.rounds[round] ?? {};
      const view = ended === 'void' ? undefined : viewOf(this.#parts.bank, state.game, round);
      return {
        card: view ? closedRoundCard(state, view) : voidRoundCard(state.game, round, bank),
        messageId: state.game.rounds[round]?.messageId,
        isOver: state.game.phase.name === 'over',
        dueAt: ended === 'time' ? state.game.rounds[round]?.closesAt : undefined,
      };
    });
    const done: QuizEvent = { kind: 'shown', round };
    if (messageId) {
      await edits.settle(messageId);
      try {
        await messenger.edit(channelId, messageId, card);
        if (dueAt !== undefined) this.#parts.metrics.late('round closed', this.#parts.clock.now() - dueAt);
        return done;
      } catch (error) {
        if (!isEditLost(error)) throw error;
      }
    } else if (isOver) return done;
    await messenger.send(channelId, { ...card, nonce: `${id}a${round}` });
    return done;
  }

  async #standings(place: QuizPlace, round: number): Promise<QuizPerformed> {
    const card = await this.#look(place.id, (state) => standingsCard(state, round));
    const known = { by: quizId('next', place.id, round) };
    const posted = await this.#posts.send(place, card, known);
    return this.#posted(place, posted, card, { kind: 'told', round, messageId: posted.messageId });
  }

  #look<T>(id: string, look: (state: QuizState) => T): Promise<Awaited<T>> {
    return lookAt(this.#parts.storage, id, look);
  }
}
