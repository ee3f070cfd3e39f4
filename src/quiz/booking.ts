import type { Outcomes } from '../asked/outcomes.js';
import { quizSource } from '../ledger/rows.js';
import type { Ledger } from '../ledger/service.js';
import { mayEarn } from '../profiles/profile.js';
import type { Profiles } from '../profiles/service.js';
import type { Transaction } from '../store/transaction.js';
import { localDay } from '../time/local-day.js';
import type { Booking } from './awards.js';
import type { Game } from './game.js';
import { countingVotes, type Given } from './given.js';
import type { QuizParts } from './parts.js';

/** Puts what rounds earned into ledger and profiles, in the change that ends them. */
export class RoundBooking {
  readonly #ledger: Ledger;
  readonly #profiles: Profiles;
  readonly #outcomes: Outcomes;

  constructor({ ledger, profiles, outcomes }: Pick<QuizParts, 'ledger' | 'profiles' | 'outcomes'>) {
    this.#ledger = ledger;
    this.#profiles = profiles;
    this.#outcomes = outcomes;
  }

  /** Those whom the round's question earned points a few days before their answer. */
  spent(change: Transaction, game: Game, given: Given, round: number): Set<string> {
    const { guildId, rounds } = game;
    const answers = [...countingVotes({ game, given }, round).values()];
    const questionId = rounds[round]?.asked.questionId ?? '';
    const profiles = this.#profiles.of(
      change,
      guildId,
      answers.map(({ member }) => member),
    );
    const spent = answers.filter(({ at }, index) => {
      const profile = profiles[index];
      return profile !== undefined && !mayEarn(profile, questionId, at);
    });
    return new Set(spent.map(({ member }) => member));
  }

  /** @param zone by which the days of the answers are told */
  book(change: Transaction, { id, guildId }: Game, booking: Booking, zone: string): void {
    const { round, level, topic, isRanked, questionId: question, rev, openedAt } = booking;
    const source = quizSource(id, round + 1);
    const rows = booking.answers.map(({ member, right, points, at, again }) => ({
      source,
      member,
      points: again ? 0 : points,
      right,
      level,
      topic,
      at,
    }));
    if (isRanked) this.#ledger.book(change, guildId, rows);
    this.#outcomes.take(
      change,
      guildId,
      { id: source, where: 'quiz', question, rev, topic, level, at: openedAt },
      rows.map(({ member, right, points, at }) => ({
        member,
        right,
        at,
        day: localDay(zone, at),
        ...(isRanked ? { earned: points > 0 } : { practice: true }),
      })),
    );
  }
}
