import type { InterviewSession, InterviewTurn } from './session.js';

export interface Roles {
  readonly candidate: string;
  readonly interviewer: string;
}

/** Those who may get a role, in the order in which they came. */
export const playersIn = ({ people }: Pick<InterviewSession, 'people'>): string[] =>
  Object.keys(people).filter((id) => people[id]?.here && people[id]?.wish !== 'observe');

const counting = (turns: readonly InterviewTurn[]): readonly InterviewTurn[] =>
  turns.filter(({ ended }) => ended !== 'void');

/**
 * Who is candidate next, and who interviews: everybody is candidate once before anybody is twice, those who wished so
 * first; nobody interviews the same candidate again while somebody else has not. Undefined with fewer than two.
 */
export function nextRoles(session: Pick<InterviewSession, 'people' | 'turns'>): Roles | undefined {
  const players = playersIn(session);
  const turns = counting(session.turns);
  const times = (id: string): number => turns.filter(({ candidate }) => candidate === id).length;
  const last = (id: string): number => turns.findLastIndex(({ candidate }) => candidate === id);
  const isEager = (id: string): number => (session.people[id]?.wish === 'first' && times(id) === 0 ? 0 : 1);
  const candidate = least(players, (id) => [times(id), isEager(id), last(id)]);
  const interviewer = candidate && interviewerFor(candidate, players, turns);
  return candidate && interviewer ? { candidate, interviewer } : undefined;
}

/** The fairest of these to interview a candidate; undefined where nobody is left. */
export function interviewerFor(
  candidate: string,
  among: readonly string[],
  turns: readonly InterviewTurn[],
): string | undefined {
  const past = counting(turns);
  const pairs = (one: string, other: string): number =>
    past.filter((turn) => turn.interviewer === one && turn.candidate === other).length;
  const led = (id: string): number => past.filter(({ interviewer }) => interviewer === id).length;
  const lastRole = (id: string): number =>
    past.findLastIndex((turn) => turn.interviewer === id || turn.candidate === id);
  return least(
    among.filter((id) => id !== candidate),
    (id) => [pairs(id, candidate), led(id), pairs(candidate, id), lastRole(id)],
  );
}

/** The first of those with the least key, compared number by number. */
function least(ids: readonly string[], keyOf: (id: string) => readonly number[]): string | undefined {
  const ranked = ids.map((id) => ({ id, key: keyOf(id) }));
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, one) => (best && !isLess(one.key, best.key) ? best : one),
    undefined,
  )?.id;
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
