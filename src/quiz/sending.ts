import { SnowflakeUtil } from 'discord.js';
import type { Logger } from 'pino';
import type { LatenessMetrics } from '../asking/answer-metrics.js';
import { nobody } from '../asking/nobody.js';
import type { Bank } from '../bank/bank.js';
import { isEditLost, isPassing, isTextRefused } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { CoalescedEdits } from '../discord/edits.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import { type SentMessages, standingId } from '../discord/sent.js';
import type { Clock } from '../time/clock.js';
import type { QuizTask } from './agenda.js';
import type { QuizEvent } from './events.js';
import type { Game } from './game.js';
import { lengthOf } from './length.js';
import { lobbyCard, lobbyMark } from './lobby-card.js';
import type { QuizState } from './players.js';
import { drawPodium } from './podium.js';
import { resultsCard, standingsCard } from './results-cards.js';
import { closedRoundCard, firstVoteCard, openRoundCard, voidRoundCard } from './round-cards.js';
import { graceMs } from './rounds.js';
import type { QuizPlace } from './runner.js';
import { lastCards, messageOf, viewOf } from './shown.js';
import type { QuizStorage } from './storage.js';
import { farewellWords } from './words.js';

/** Edits of messages older than an hour have a small budget of their own. */
const refreshedForMs = 55 * 60_000;

export interface SenderParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly storage: QuizStorage;
  readonly sent: SentMessages;
  readonly metrics: LatenessMetrics;
}

const isEmpty = ({ phase }: Game): boolean => phase.name === 'over' && phase.ending === 'empty';

/** Shows quizzes to their channels, as they are stored. Rejects with Discord's errors, and with our own. */
export class QuizSender {
  readonly #parts: SenderParts;
  /** By quiz: when the card on its way was sent first. */
  readonly #sentAt = new Map<string, number>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** @returns what to tell the quiz */
  perform(place: QuizPlace, task: QuizTask): Promise<QuizEvent> {
    switch (task.kind) {
      case 'lobby':
        return this.#lobby(place);
      case 'card':
        return this.#card(place, task.round);
      case 'first':
        return this.#first(place, task.round);
      case 'answer':
        return this.#answer(place, task.round);
      case 'standings':
        return this.#standings(place, task.round);
      case 'results':
        return this.#results(place);
      case 'farewell':
        return this.#farewell(place, task.reason);
      default:
        return task satisfies never;
    }
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
  async #lobby({ id, channelId }: QuizPlace): Promise<QuizEvent> {
    const { bank, messenger, sent } = this.#parts;
    const createdAt = await this.#look(id, ({ game }) => game.createdAt);
    const standing = standingId(await sent.find(channelId, lobbyMark(id), createdAt));
    if (standing !== undefined) return { kind: 'posted', messageId: standing };
    const card = await this.#look(id, (state) => ({ ...lobbyCard(state, bank), nonce: `${id}lobby` }));
    return { kind: 'posted', messageId: await messenger.send(channelId, card) };
  }

  async #card({ id, channelId }: QuizPlace, round: number): Promise<QuizEvent> {
    const { clock, messenger, log } = this.#parts;
    const sentAt = this.#sentAt.get(id) ?? clock.now();
    this.#sentAt.set(id, sentAt);
    const opening = await this.#look(id, (state) => {
      const totalMs = lengthOf(state.game, state.game.rounds[round]);
      const view = viewOf(this.#parts.bank, state.game, round);
      const promisedAt = clock.now() + totalMs;
      return { totalMs, promisedAt, card: view && openRoundCard(state, view, promisedAt) };
    });
    const { card, totalMs, promisedAt } = opening;
    try {
      if (!card) return { kind: 'close', round, ended: 'void' };
      const messageId = await messenger.send(channelId, card);
      const openedAt = SnowflakeUtil.timestampFrom(messageId);
      // Discord accepted it between our first sending and now, whatever our clock says of its time.
      const acceptedAt = Math.min(Math.max(openedAt, sentAt), clock.now());
      this.#parts.metrics.late('round opened', acceptedAt - sentAt);
      return {
        kind: 'opened',
        round,
        messageId,
        openedAt,
        closesAt: acceptedAt + totalMs + graceMs,
        promisedAt,
      };
    } catch (error) {
      if (!isTextRefused(error)) throw error;
      log.warn(
        { err: error, game: id },
        'A server does not let a question through; its round does not count',
      );
      return { kind: 'close', round, ended: 'void' };
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

  async #standings({ id, channelId }: QuizPlace, round: number): Promise<QuizEvent> {
    const card = await this.#look(id, (state) => standingsCard(state, round));
    return { kind: 'told', round, messageId: await this.#parts.messenger.send(channelId, card) };
  }

  async #results(place: QuizPlace): Promise<QuizEvent> {
    const { bank, messenger } = this.#parts;
    this.#sentAt.delete(place.id);
    await this.#closeCards(place);
    // Whose night it was says so, with when the next one is.
    if (await this.#look(place.id, ({ game }) => isEmpty(game))) return { kind: 'finished' };
    const picture = await this.#look(place.id, (state) => drawPodium(state, this.#parts.log));
    const rendered = (podium: Buffer | undefined) =>
      this.#look(place.id, (state) => resultsCard(state, bank, podium));
    if (picture) {
      try {
        await messenger.send(place.channelId, await rendered(picture));
        return { kind: 'finished' };
      } catch (error) {
        if (isPassing(error)) throw error;
        this.#parts.log.warn(
          { err: error, game: place.id },
          'The results could not be posted with a picture',
        );
      }
    }
    await messenger.send(place.channelId, await rendered(undefined));
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

  async #farewell({ id, channelId }: QuizPlace, reason: string): Promise<QuizEvent> {
    const { messenger, log } = this.#parts;
    this.#sentAt.delete(id);
    const hostId = await this.#look(id, ({ game }) => game.hostId);
    try {
      if (hostId !== nobody) await messenger.sendDirect(hostId, plain(farewellWords(channelId, reason)));
    } catch (error) {
      if (isPassing(error)) throw error;
      log.info({ err: error, game: id }, 'The host of a quiz could not be told of its end');
    }
    return { kind: 'finished' };
  }

  async #look<T>(id: string, look: (state: QuizState) => T): Promise<Awaited<T>> {
    const found = await this.#parts.storage.look(id, (state) => ({ value: look(state) }));
    if (!found) throw new Error(`Quiz ${id} is no longer stored`);
    return await found.value;
  }
}
