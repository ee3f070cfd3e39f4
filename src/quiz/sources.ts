import type { AskedIndex } from '../asked/service.js';
import type { Bank } from '../bank/bank.js';
import type { Profiles } from '../profiles/service.js';
import { weakCells } from '../profiles/tallies.js';
import type { Transaction } from '../store/transaction.js';
import type { Game } from './game.js';
import { filterOf } from './settings.js';

/** Of so many people in the quiz it is looked up what they have missed. */
const mostLookedAt = 50;
/** So many of the group's topics and levels are its weakest. */
const weakest = 3;

/** What a quiz asks first, where its host chose that. Nobody learns from it who missed what. */
export class QuizSources {
  readonly #bank: Bank;
  readonly #asked: AskedIndex;
  readonly #profiles: Profiles;

  constructor({
    bank,
    asked,
    profiles,
  }: { readonly bank: Bank; readonly asked: AskedIndex; readonly profiles: Profiles }) {
    this.#bank = bank;
    this.#asked = asked;
    this.#profiles = profiles;
  }

  /**
   * In a change: the questions that are drawn before others; undefined where all are alike.
   * @param members who is in the quiz now
   */
  preferred(
    change: Transaction,
    { guildId, settings }: Game,
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
  isTooFew(change: Transaction, game: Game, members: readonly string[]): boolean {
    const preferred = this.preferred(change, game, members);
    if (!preferred) return false;
    const fitting = this.#bank.pool(filterOf(game.settings)).filter(({ id }) => preferred.has(id));
    return fitting.length < game.planned;
  }

  /** A question whose answer has changed since is met anew. */
  #missed(change: Transaction, guildId: string, members: readonly string[]): Set<string> {
    const missed = this.#asked.missedIn(change, guildId, members);
    return new Set([...missed].filter(([id, rev]) => this.#bank.get(id)?.rev === rev).map(([id]) => id));
  }

  #weak(change: Transaction, guildId: string, members: readonly string[]): Set<string> {
    const cells = weakCells(this.#profiles.of(change, guildId, members)).slice(0, weakest);
    const isWeak = ({ topic, level }: { readonly topic: string; readonly level: string }): boolean =>
      cells.some((cell) => cell.topic === topic && cell.level === level);
    return new Set(this.#bank.all.filter(isWeak).map(({ id }) => id));
  }
}
