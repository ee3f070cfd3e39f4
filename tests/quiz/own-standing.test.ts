import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noEntries } from '../../src/quiz/entries.js';
import { type Game, newPlayer } from '../../src/quiz/game.js';
import { givenFold } from '../../src/quiz/given.js';
import { type QuizState, standingOf, standings } from '../../src/quiz/players.js';
import { runs } from '../helpers/long.js';

const player = fc.record({
  points: fc.constantFrom(0, 100, 150),
  right: fc.integer({ min: 0, max: 2 }),
  answered: fc.integer({ min: 0, max: 2 }),
  present: fc.boolean(),
  hidden: fc.boolean(),
});

it('what a member is told of their place is what the standings say to them', () => {
  fc.assert(
    fc.property(fc.array(player, { maxLength: 8 }), (all) => {
      const named = all.map((one, index) => ({ ...one, member: `10000000000000000${index}` }));
      const players = Object.fromEntries(
        named.map(({ member, points, right, answered, present }) => [
          member,
          { ...newPlayer(member), points, right, answered, present },
        ]),
      );
      const state: QuizState = {
        game: { players } as Game,
        given: givenFold.empty([]),
        entries: noEntries,
        hidden: new Set(named.flatMap(({ member, hidden }) => (hidden ? [member] : []))),
      };
      for (const { member } of named) {
        const rows = standings(state, member);
        const me = rows.find((row) => row.member === member);
        const ahead = me && rows.findLast(({ points }) => points > me.points);
        const others = rows.filter((row) => row.member !== member);
        expect(standingOf(state, member)).toEqual(
          me && {
            place: me.place,
            points: me.points,
            ahead: ahead && { member: ahead.member, points: ahead.points },
            isShared: others.some(({ points }) => points === me.points),
          },
        );
      }
    }),
    { seed: 1, numRuns: runs(100, 1_000) },
  );
});

it('ten thousand members are ranked once, and told with a look at those ahead', () => {
  let reads = 0;
  const ids = Array.from({ length: 10_000 }, (_, n) => `${1_000_000_000_000_000_000n + BigInt(n)}`);
  const playing = (id: string, points: number) => ({
    ...newPlayer(id),
    get points() {
      reads++;
      return points;
    },
  });
  const players = Object.fromEntries(ids.map((id, n) => [id, playing(id, n % 150)]));
  const given = givenFold.empty([]);
  const tell = (id = ''): number => {
    reads = 0;
    standingOf({ game: { players } as Game, given, entries: noEntries }, id);
    return reads;
  };
  // Ranking compares each with others more than a dozen times; afterwards each is looked at once.
  expect(tell(ids[0])).toBeGreaterThan(10 * ids.length);
  for (const id of ids.filter((_, n) => n % 500 === 0)) expect(tell(id)).toBeLessThan(5 * ids.length);
});
