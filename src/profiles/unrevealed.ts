import type { Level } from '../bank/question.js';
import type { Profile } from './profile.js';

/** A question whose answers are in profiles already, while only those who gave them may know how they were. */
export interface Unrevealed {
  readonly question: string;
  readonly topic: string;
  readonly level: Level;
  /** By member: whether their answer, which was scored, is right. */
  readonly right: ReadonlyMap<string, boolean>;
}

/** The tallies of a profile as others may know them: without answers whose result is not out. */
export function asRevealed(
  profile: Pick<Profile, 'topics'>,
  member: string,
  unrevealed: readonly Unrevealed[],
): Pick<Profile, 'topics'> {
  return unrevealed.reduce((known, { topic, level, right }) => {
    const own = right.get(member);
    const tally = Object.hasOwn(known.topics, topic) ? known.topics[topic]?.[level] : undefined;
    if (own === undefined || !tally) return known;
    const [scoredRight, scored, practiceRight, practised] = tally;
    const before: typeof tally = [
      Math.max(0, scoredRight - (own ? 1 : 0)),
      Math.max(0, scored - 1),
      practiceRight,
      practised,
    ];
    return { topics: { ...known.topics, [topic]: { ...known.topics[topic], [level]: before } } };
  }, profile);
}
