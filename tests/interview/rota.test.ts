import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { shuffled } from '../../src/asking/shuffled.js';
import { assignRatings, type Owed, sharedOut } from '../../src/interview/assign.js';
import { nextRoles } from '../../src/interview/rota.js';
import type { InterviewSession, InterviewTurn, Person } from '../../src/interview/session.js';
import { seedsTo } from '../helpers/long.js';
import { same } from '../helpers/same.js';

type Rota = Pick<InterviewSession, 'people' | 'turns'>;

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `10000000000000000${at}`);
const peopleOf = (members: readonly string[], change: Record<string, Partial<Person>> = {}) =>
  Object.fromEntries(members.map((id) => [id, { here: true, ...change[id] }]));

function turnOf(
  candidate: string,
  interviewer: string,
  ended: InterviewTurn['ended'] = 'shown',
): InterviewTurn {
  const asked = { questionId: 'q', rev: '0', order: [] };
  const counts = { hints: 0, hintsThere: 2, followUps: 0, followUpsThere: 2, points: 3 };
  return {
    asked,
    topic: 't',
    level: 'basic',
    ...counts,
    answers: [],
    owed: [],
    sheets: [],
    candidate,
    interviewer,
    ended,
  };
}

function played(rota: Rota, turns: number): Rota {
  let now = rota;
  for (let turn = 0; turn < turns; turn++) {
    const roles = nextRoles(now);
    if (!roles) throw new Error('Nobody is left');
    now = { ...now, turns: [...now.turns, turnOf(roles.candidate, roles.interviewer)] };
  }
  return now;
}

const count = <T>(all: readonly T[], one: T): number => all.filter((each) => each === one).length;

describe('roles', () => {
  it.each([2, 3, 4, 5, 6, 7, 8])(
    'with %i people, everybody is candidate once before anybody is twice',
    (size) => {
      const members = ids(size);
      const { turns } = played({ people: peopleOf(members), turns: [] }, size * 3);
      for (let round = 0; round < 3; round++) {
        const candidates = turns.slice(round * size, (round + 1) * size).map(({ candidate }) => candidate);
        expect(new Set(candidates).size).toBe(size);
      }
    },
  );

  it.each([2, 3, 4, 5, 6, 7, 8])('with %i people, no pair comes again while others are left', (size) => {
    const { turns } = played({ people: peopleOf(ids(size)), turns: [] }, size * (size - 1));
    expect(new Set(turns.map(({ candidate, interviewer }) => `${candidate} ${interviewer}`)).size).toBe(
      turns.length,
    );
  });

  it('everybody interviews about as often', () => {
    for (const size of [2, 3, 5, 8]) {
      const members = ids(size);
      const { turns } = played({ people: peopleOf(members), turns: [] }, size * 2);
      const led = members.map((id) =>
        count(
          turns.map(({ interviewer }) => interviewer),
          id,
        ),
      );
      expect(Math.max(...led) - Math.min(...led), `${size} people`).toBeLessThanOrEqual(1);
    }
  });

  it('who wishes so is candidate first, and who only observes never gets a role', () => {
    const [a = '', b = '', c = '', d = ''] = ids(4);
    const people = peopleOf([a, b, c, d], { [c]: { wish: 'first' }, [a]: { wish: 'observe' } });
    const { turns } = played({ people, turns: [] }, 6);
    expect(turns[0]?.candidate).toBe(c);
    expect(turns.some(({ candidate, interviewer }) => candidate === a || interviewer === a)).toBe(false);
  });

  it('a turn that came to nothing counts for nobody', () => {
    const [a = '', b = ''] = ids(2);
    const people = peopleOf([a, b]);
    expect(nextRoles({ people, turns: [turnOf(a, b, 'void')] })).toEqual({ candidate: a, interviewer: b });
  });

  it.each(seedsTo(40, 300))('seed %i: people come and go, and it stays fair', (seed) => {
    const random = seeded(seed);
    const members = ids(2 + Math.floor(random() * 7));
    let rota: Rota = { people: peopleOf(members), turns: [] };
    for (let step = 0; step < 20; step++) {
      const id = members[Math.floor(random() * members.length)] ?? '';
      const person = rota.people[id];
      if (person && random() < 0.3)
        rota = { ...rota, people: { ...rota.people, [id]: { ...person, here: !person.here } } };
      const here = members.filter((one) => rota.people[one]?.here);
      const roles = nextRoles(rota);
      if (here.length < 2) {
        same(roles, undefined);
        continue;
      }
      if (!roles) throw new Error('Two are here');
      const { candidate, interviewer } = roles;
      same([here.includes(candidate), here.includes(interviewer)], [true, true], 'both are here');
      same(candidate === interviewer, false, 'one for both');
      const candidates = rota.turns.map((turn) => turn.candidate);
      same(count(candidates, candidate), Math.min(...here.map((one) => count(candidates, one))));
      const pairs = (one: string): number =>
        rota.turns.filter((turn) => turn.candidate === candidate && turn.interviewer === one).length;
      const others = here.filter((one) => one !== candidate);
      same(pairs(interviewer), Math.min(...others.map(pairs)));
      rota = { ...rota, turns: [...rota.turns, turnOf(candidate, interviewer)] };
    }
  });
});

describe('ratings', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8].flatMap((size) => [0, 1, 2, 3, 4].map((turn) => ({ size, turn }))))(
    '$size answers, turn $turn: everybody rates their own and two others, and is rated by two',
    ({ size, turn }) => {
      const authors = ids(size);
      const owed = assignRatings(authors, turn);
      const others = Math.min(2, size - 1);
      for (const id of authors) {
        expect(owed.filter(({ by, of }) => by === id && of === id)).toHaveLength(1);
        expect(new Set(owed.filter(({ by }) => by === id).map(({ of }) => of)).size).toBe(1 + others);
        expect(owed.filter(({ by, of }) => of === id && by !== id)).toHaveLength(others);
      }
    },
  );

  it.each(seedsTo(60, 500))(
    'are shared out anew among those who are there, whoever leaves, returns and hands in (seed %i)',
    (seed) => {
      const random = seeded(seed);
      const authors = ids(1 + Math.floor(random() * 8));
      const present = new Set(authors);
      let owed: Owed[] = assignRatings(authors, Math.floor(random() * 4));
      const done = new Set<string>();
      const key = ({ by, of }: Owed): string => `${by} ${of}`;
      for (let step = 0; step < 12; step++) {
        const one = authors[Math.floor(random() * authors.length)] ?? '';
        const chance = random();
        if (chance < 0.4) for (const pair of owed) if (pair.by === one && random() < 0.5) done.add(key(pair));
        if (chance >= 0.4 && chance < 0.8) present.delete(one);
        if (chance >= 0.8) present.add(one);
        owed = sharedOut(authors, present, owed, (pair) => done.has(key(pair)));
        const keys = new Set(owed.map(key));
        same(keys.size, owed.length);
        same(
          [...done].filter((pair) => !keys.has(pair)),
          [],
        );
        same(
          owed.filter((pair) => !present.has(pair.by) && !done.has(key(pair))),
          [],
        );
        for (const by of present) {
          const others = owed.filter((pair) => pair.by === by && pair.of !== by).length;
          same(
            owed.some((pair) => pair.by === by && pair.of === by),
            true,
            `${by} rates their own`,
          );
          same(
            others >= Math.min(2, authors.length - 1) && others <= 3,
            true,
            `${by} rates ${others} others`,
          );
        }
        for (const of of authors) {
          const raters = owed.filter((pair) => pair.of === of && pair.by !== of).map(({ by }) => by);
          const free = [...present].filter(
            (by) =>
              by !== of && !raters.includes(by) && owed.filter((p) => p.by === by && p.of !== by).length < 3,
          );
          same(raters.length >= 2 || free.length === 0, true, `${of} could be rated by more`);
        }
      }
    },
  );

  it('the pairs change from turn to turn while there are others', () => {
    const authors = ids(7);
    const pairs = [0, 1, 2].flatMap((turn) =>
      assignRatings(authors, turn).flatMap(({ by, of }) => (by === of ? [] : [`${by} ${of}`])),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('answers are shown in every order alike', () => {
    const random = seeded(1);
    const first = Array.from({ length: 3_000 }, () => shuffled(['a', 'b', 'c'], random)[0]);
    for (const one of ['a', 'b', 'c']) expect(Math.abs(count(first, one) - 1_000)).toBeLessThan(120);
  });
});
