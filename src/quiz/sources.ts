import type { AskedIndex } from '../asked/service.js';
import type { Bank } from '../bank/bank.js';
import type { Profiles } from '../profiles/service.js';
import { weakCells } from '../profiles/tallies.js';
import { asRevealed, type Unrevealed } from '../profiles/unrevealed.js';
import type { Transaction } from '../store/transaction.js';
import type { Game } from './game.js';
import { filterOf } from './settings.js';

/** Of so many people in the quiz it is looked up what they have missed. */
const mostLookedAt = 50;
/** So many of the group's topics and levels are its weakest. */
const weakest = 3;

/** What of a quiz decides what it asks. */
export type Fits = Pick<Game, 'guildId' | 'planned' | 'settings'>;

export interface QuizSourcesParts {
  readonly bank: Bank;
  readonly asked: AskedIndex;
  readonly profiles: Profiles;
  /** In a change: answers of a server whose result is not out; absent: there are none. */
  readonly unrevealed?: ((change: Transaction, guildId: string) => readonly Unrevealed[]) | undefined;
}

/**
 * What a quiz asks first, where its host chose that. Nobody learns from it who missed what, nor anything of answers
 * whose result is not out.
 */
export class QuizSources {
  readonly #bank: Bank;
  readonly #asked: AskedIndex;
  readonly #profiles: Profiles;
  readonly #unrevealed: NonNullable<QuizSourcesParts['unrevealed']>;

  constructor({ bank, asked, profiles, unrevealed = () => [] }: QuizSourcesParts) {
    this.#bank = bank;
    this.#asked = asked;
    this.#profiles = profiles;
    this.#unrevealed = unrevealed;
  }

  /**
   * In a change: the questions that are drawn before others; undefined where all are alike.
   * @param members who is in the quiz now
   */
  preferred(
    change: Transaction,
    { guildId, settings }: Fits,
    members: readonly string[],
  ): Set<string> | undefined {
    if (settings.questions) return new Set(settings.questions);
    if (settings.from === 'bank') return undefined;
    const some = members.slice(0, mostLookedAt);
    return settings.from === 'missed'
      ? this.#missed(change, guildId, some)
      : this.#weak(change, guildId, some);
  }

  /** In a change: whether there are fewer of those than rounds, so that others are asked as well. */
  isTooFew(change: Transaction, game: Fits, members: readonly string[]): boolean {
    const preferred = this.preferred(change, game, members);
    if (!preferred) return false;
    const fitting = this.#bank.pool(filterOf(game.settings)).filter(({ id }) => preferred.has(id));
    return fitting.length < game.planned;
  }

  /** A question whose answer has changed since is met anew. */
  #missed(change: Transaction, guildId: string, members: readonly string[]): Set<string> {
    const missed = this.#asked.missedIn(change, guildId, members);
    const unrevealed = new Set(this.#unrevealed(change, guildId).map(({ question }) => question));
    const isOut = ([id, rev]: [string, string]): boolean =>
      !unrevealed.has(id) && this.#bank.get(id)?.rev === rev;
    return new Set([...missed].filter(isOut).map(([id]) => id));
  }

  #weak(change: Transaction, guildId: string, members: readonly string[]): Set<string> {
    const unrevealed = this.#unrevealed(change, guildId);
    const known = this.#profiles
      .of(change, guildId, members)
      .map((profile, index) => asRevealed(profile, members[index] ?? '', unrevealed));
    const cells = weakCells(known).slice(0, weakest);
    const isWeak = ({ topic, level }: { readonly topic: string; readonly level: string }): boolean =>
      cells.some((cell) => cell.topic === topic && cell.level === level);
    return new Set(this.#bank.all.filter(isWeak).map(({ id }) => id));
  }
}
