import type { Met } from '../asked/history.js';
import type { Asked } from '../asking/asked.js';
import type { Answer, Question } from '../bank/question.js';
import type { PassedOver, Session, Sureness } from './records.js';

/** What can be done with a question just now: ask it so, or why not; undefined for one that cannot be asked at all. */
export type Put = (question: string) => Asked | PassedOver | undefined;

/** The session at the first question from `from` on that can be asked, or over. */
export function advanced(
  session: Session,
  { from, put, nowMs }: { readonly from: number; readonly put: Put; readonly nowMs: number },
  passed: readonly PassedOver[] = [],
): Session {
  const { asked: _, given: __, ...rest } = session;
  const skipped = [...passed];
  if (session.done.length < session.most) {
    for (let at = from; at < session.ids.length; at++) {
      const asked = put(session.ids[at] ?? '');
      if (typeof asked === 'object') return { ...rest, at, asked, askedAt: nowMs, passed: skipped };
      if (asked) skipped.push(asked);
    }
  }
  return { ...rest, at: session.ids.length, passed: skipped, ended: 'done' };
}

/** With the answer to the question that is shown. */
export const answeredWith = (
  session: Session,
  given: { readonly answer: Answer; readonly right: boolean; readonly sure: Sureness },
): Session => ({
  ...session,
  given,
  done: [
    ...session.done,
    { question: session.asked?.questionId ?? '', right: given.right, sure: given.sure },
  ],
});

export function stopped(session: Session): Session {
  const { asked: _, given: __, ...rest } = session;
  return { ...rest, at: session.ids.length, passed: [], ended: 'stopped' };
}

/** Spare ones, for those that cannot be asked when their turn comes. */
const spares = 10;

/**
 * Which questions somebody practises, in which order: what they never met, shuffled; what they had wrong the last
 * time, the longest ago first; then what they met longest ago.
 */
export function practised(
  pool: readonly Question[],
  history: ReadonlyMap<string, Met | undefined>,
  { count, random }: { readonly count: number; readonly random: () => number },
): string[] {
  const ranked = pool
    .filter(({ kind }) => kind !== 'open')
    .map(({ id }) => {
      const met = history.get(id);
      const rank = met === undefined ? 0 : met.lastRight ? 2 : 1;
      return { id, rank, order: met?.lastAt ?? random() };
    });
  ranked.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return ranked.slice(0, count + spares).map(({ id }) => id);
}
