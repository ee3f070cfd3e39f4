import { type Asked, ask, type Random, rightPicks, toShown } from '../asking/asked.js';
import type { Draws } from '../bank/draws.js';
import type { Transaction } from '../store/transaction.js';
import type { Clock } from '../time/clock.js';
import { dayMs } from '../time/spans.js';
import type { RoundBooking } from './booking.js';
import type { DrawnRound, QuizEvent, QuizStep } from './events.js';
import type { Game } from './game.js';
import { presentMembers, type QuizState } from './players.js';
import { pauseMs } from './rounds.js';
import { closing, step, wantsQuestion } from './rules.js';
import { filterOf, secondsFor } from './settings.js';
import type { QuizStorage } from './storage.js';

/** A round lasts minutes; after an outage that is longer than this, its question may be asked elsewhere. */
const openAtMostMs = dayMs;

const openerOf = (id: string, round: number): string => `quiz:${id}:${round}`;

/** A wrong letter by chance, so that it tells nothing of the right one; between two options none can be told. */
function hintFor({ order }: Asked, right: readonly number[], random: Random): { hint?: number } {
  const wrong = order.map((_, letter) => letter).filter((letter) => !right.includes(letter));
  const hint = wrong[Math.floor(random() * wrong.length)];
  return wrong.length < 2 || right.length !== 1 || hint === undefined ? {} : { hint };
}

/** Silent reading of prose takes a quarter of a second a word (Brysbaert 2019). */
const msPerWord = 250;
const reading = { leastMs: pauseMs, mostMs: 15_000 };

function readingMs(explanation: string): number {
  const words = explanation.split(/\s+/).length;
  return Math.min(reading.mostMs, Math.max(reading.leastMs, words * msPerWord));
}

export interface ChangeParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly draws: Draws;
  readonly booking: RoundBooking;
  readonly storage: QuizStorage;
}

/** Lets an event happen to a quiz, within one change: looks up what the rules need, and stores what they decide. */
export class QuizChanges {
  readonly #parts: ChangeParts;

  constructor(parts: ChangeParts) {
    this.#parts = parts;
  }

  /** @param zone the server's, for an event that closes a round; it decides on which day its answers were given */
  apply(change: Transaction, game: Game, event: QuizEvent, zone: string): QuizStep {
    const { storage, booking, clock } = this.#parts;
    const answers = change.at(storage.answers, game.id);
    const entries = change.at(storage.entries, game.id);
    const given = answers.index;
    const state = { game, given, entries: entries.index };
    const wanted = wantsQuestion(state, event);
    const closed = closing(game, event);
    const done = step(state, event, {
      now: clock.now(),
      ...(wanted !== undefined && { drawn: this.#draw(change, state, wanted) }),
      ...(closed !== undefined && { spent: booking.spent(change, game, given, closed) }),
    });
    // Written with its first entry, too: a version that knows of none finds it newer than itself, and leaves it alone.
    const isFirst = entries.length === 0 && done.effects.some(({ kind }) => kind === 'enter');
    if (done.game !== game || isFirst) change.at(storage.games, game.id).set(done.game);
    for (const effect of done.effects) {
      if (effect.kind === 'record') answers.append([effect.answer]);
      if (effect.kind === 'enter') entries.append([effect.entry]);
      if (effect.kind === 'gathered' && entries.length > 0) entries.remove();
      if (effect.kind === 'book') booking.book(change, game, effect.booking, zone);
      if (effect.kind === 'release') this.#release(change, game, effect.rounds);
      if (effect.kind === 'retire') storage.retire(change, game);
    }
    return done;
  }

  #draw(change: Transaction, state: QuizState, round: number): DrawnRound | undefined {
    const { draws, clock, random, storage } = this.#parts;
    const { game } = state;
    const now = clock.now();
    const preferred = storage.sources.preferred(change, game, presentMembers(state));
    const question = draws.draw(change, {
      scope: game.guildId,
      filter: filterOf(game.settings),
      opener: openerOf(game.id, round),
      practiceLast: true,
      // What was chosen comes before the next rung of a ladder.
      ...(preferred ? { preferred } : { after: game.rounds.at(-1)?.asked.questionId }),
      nowMs: now,
      untilMs: now + openAtMostMs,
      except: new Set(game.rounds.map(({ asked }) => asked.questionId)),
    });
    if (!question) return undefined;
    const asked = ask(question, random);
    const { level, topic } = question;
    const right = toShown(asked, rightPicks(question));
    return {
      asked,
      level,
      topic,
      right: question.kind === 'ordering' ? right : right.sort((a, b) => a - b),
      seconds: secondsFor(game.settings, question.kind),
      ...hintFor(asked, right, random),
      readMs: readingMs(question.explanation),
    };
  }

  #release(change: Transaction, { id, guildId }: Game, rounds: readonly number[]): void {
    for (const round of rounds) this.#parts.draws.close(change, guildId, openerOf(id, round));
  }
}
