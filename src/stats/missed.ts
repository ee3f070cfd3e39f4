import { difficulty, noFirsts } from '../asked/difficulty.js';
import { hasMissed } from '../asked/history.js';
import type { AskedIndex } from '../asked/service.js';
import type { Bank } from '../bank/bank.js';
import type { Question } from '../bank/question.js';

/** A question that somebody has missed. */
export interface MissedQuestion {
  readonly question: Question;
  readonly times: number;
  readonly right: number;
}

/**
 * The hardest questions that a member has missed, by how many others miss them; those that were wrong the last time
 * come first. Questions that have changed since are left out. How others answered those that are `open` tells nothing.
 */
export async function hardestMissed(
  {
    asked,
    bank,
    open,
  }: {
    readonly asked: Pick<AskedIndex, 'history' | 'difficulty'>;
    readonly bank: Bank;
    readonly open: ReadonlySet<string>;
  },
  scope: string,
  member: string,
  most: number,
): Promise<MissedQuestion[]> {
  const history = await asked.history(scope, member);
  const missed = [...history].flatMap(([id, met]) => {
    const question = bank.get(id);
    return question && question.rev === met.rev && hasMissed(met) ? [{ question, met }] : [];
  });
  const ranked = await Promise.all(
    missed.map(async (one) => ({
      ...one,
      difficulty: open.has(one.question.id)
        ? difficulty(noFirsts, one.question.level)
        : await asked.difficulty(scope, one.question),
    })),
  );
  return ranked
    .sort((a, b) => Number(a.met.lastRight) - Number(b.met.lastRight) || b.difficulty - a.difficulty)
    .slice(0, most)
    .map(({ question, met: { times, right } }) => ({ question, times, right }));
}
