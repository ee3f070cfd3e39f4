import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { isLive, nextDue, nextTask } from '../../src/interview/agenda.js';
import type { InterviewEvent } from '../../src/interview/events.js';
import { interviewSchema } from '../../src/interview/session.js';
import { missingIn } from '../../src/interview/turns.js';
import { coverageOf } from '../../src/interview/view.js';
import { seedsTo } from '../helpers/long.js';
import { same } from '../helpers/same.js';
import { Bench, marks, member, sheet, startMs } from './rules.js';

const minuteMs = 60_000;
const [a, b, c, d] = [0, 1, 2, 3].map(member) as [string, string, string, string];

/** A panel of three in each of its phases; turn 0, Ada candidate, Ben interviewer. */
const phases: Readonly<Record<string, () => Bench>> = {
  lobby: () => new Bench().post(),
  gathering: () => {
    const bench = new Bench().post();
    bench.do({ kind: 'begin', byTime: false });
    return bench;
  },
  briefing: () => new Bench().begin(),
  asking: () => {
    const bench = new Bench().begin();
    bench.do({ kind: 'ask', turn: 0, member: b });
    return bench;
  },
  answering: () => (phases.asking as () => Bench)().post(),
  feedback: () => {
    const bench = (phases.answering as () => Bench)();
    bench.do({ kind: 'timeUp', turn: 0, member: b });
    return bench.post();
  },
  review: () => {
    const bench = (phases.feedback as () => Bench)();
    bench.do({ kind: 'reveal', turn: 0 });
    return bench.post();
  },
  over: () => {
    const bench = (phases.review as () => Bench)();
    bench.do({ kind: 'end', ending: 'stopped' });
    return bench.post();
  },
};

const ask = { kind: 'ask', turn: 0 } as const;
const hint = { kind: 'hint', turn: 0 } as const;
const up = { kind: 'timeUp', turn: 0 } as const;
const read = { kind: 'read', turn: 0 } as const;
const next = { kind: 'next', turn: 0 } as const;
const say = { kind: 'answer', turn: 0, text: 'words', at: startMs } as const;

/** Event, who, and what comes of it in each phase: lobby, gathering, briefing, asking, answering, feedback, review, over. */
const table: readonly (readonly [string, InterviewEvent, string])[] = [
  ['begin', { kind: 'begin', byTime: false }, 'done nothing nothing nothing nothing nothing nothing nothing'],
  ['join anew', { kind: 'join', member: d }, 'done done done done done done done over'],
  ['join again', { kind: 'join', member: a }, 'already already already already already already already over'],
  ['leave', { kind: 'leave', member: c }, 'done done done done done done done over'],
  ['leave as nobody', { kind: 'leave', member: d }, 'absent absent absent absent absent absent absent over'],
  ['read as interviewer', { ...read, member: b }, 'late late done nothing nothing nothing late over'],
  [
    'read as candidate',
    { ...read, member: a },
    'late late notYours notYours notYours notYours notYours over',
  ],
  ['read as observer', { ...read, member: c }, 'late late notYours notYours notYours notYours notYours over'],
  ['ask as interviewer', { ...ask, member: b }, 'late late done already already already already over'],
  ['ask as candidate', { ...ask, member: a }, 'late late notYours notYours notYours notYours notYours over'],
  ['ask of another turn', { ...ask, turn: 1, member: b }, 'late late late late late late late over'],
  ['hint as interviewer', { ...hint, member: b }, 'late late early early done late late over'],
  ['hint as host', { ...hint, member: a }, 'late late notYours notYours notYours notYours notYours over'],
  ['away by interviewer', { kind: 'away', turn: 0, member: b }, 'late late done done done late late over'],
  ['time up by interviewer', { ...up, member: b }, 'late late early early done late late over'],
  ['time up by host', { ...up, member: a }, 'late late early early done late late over'],
  ['time up by observer', { ...up, member: c }, 'late late early early notYours late late over'],
  ['time up by time', up, 'late late early early done late late over'],
  ['answer as candidate', { ...say, member: a }, 'late late late early done late late over'],
  ['answer as observer', { ...say, member: c }, 'late late late early notYours late late over'],
  ['points', sheet(c, a), 'late late late late late done late over'],
  ['points of another', sheet(c, b), 'late late late late late notYours late over'],
  ['points of a stranger', sheet(d, a), 'late late late late late notYours late over'],
  ['marks first', marks(c, a), 'late late late late late early late over'],
  ['reveal', { kind: 'reveal', turn: 0 }, 'nothing nothing nothing nothing nothing done nothing nothing'],
  ['next', { ...next, member: c }, 'late late late late late late done over'],
  ['next as stranger', { ...next, member: d }, 'late late late late late late notYours over'],
  ['advance', { kind: 'advance', turn: 0 }, 'nothing nothing nothing nothing nothing nothing done nothing'],
  ['stop', { kind: 'end', ending: 'stopped' }, 'done done done done done done done over'],
];

describe('the panel', () => {
  it.each(table)('%s', (_, event, outcomes) => {
    const found = Object.entries(phases).map(([name, make]) => `${name} ${make().do(event)}`);
    const expected = Object.keys(phases).map((name, at) => `${name} ${outcomes.split(' ')[at]}`);
    expect(found).toEqual(expected);
  });

  it('begins its times when Discord has the card, not before', () => {
    const bench = new Bench().post();
    bench.do({ kind: 'begin', byTime: false });
    bench.do({ kind: 'roomed' });
    expect(nextDue(bench.session)).toBeUndefined();
    bench.now += minuteMs;
    bench.post();
    expect(nextDue(bench.session)?.at).toBe(startMs + 4 * minuteMs);
  });

  it('is asked, answered and rated, then goes on with other roles', () => {
    const bench = (phases.answering as () => Bench)();
    for (const outcome of ['done', 'done', 'none']) expect(bench.do({ ...hint, member: b })).toBe(outcome);
    bench.do({ ...up, member: b });
    bench.post();
    for (const by of [a, b, c]) {
      bench.do(sheet(by, a));
      expect(bench.phase).toBe('feedback');
      bench.do(marks(by, a));
    }
    expect(bench.phase).toBe('review');
    expect(bench.released).toEqual([0]);
    bench.post().do({ ...next, member: a });
    expect(bench.roles.candidate).not.toBe(a);
    expect(bench.session.turns[1]?.asked.questionId).toBe('q1');
  });

  it('waits for nobody who has left', () => {
    const bench = (phases.feedback as () => Bench)();
    for (const by of [a, b]) for (const event of [sheet(by, a), marks(by, a)]) bench.do(event);
    bench.do({ kind: 'leave', member: c });
    expect(bench.phase).toBe('review');
    expect(missingIn(bench.session, 0)).toEqual([c]);
  });

  it('a late timer changes nothing', () => {
    const bench = (phases.briefing as () => Bench)();
    const due = nextDue(bench.session);
    bench.now += minuteMs;
    bench.do({ ...read, member: b });
    const { session } = bench;
    if (due) bench.do(due.event);
    expect(bench.session).toBe(session);
  });

  it('a point counts as covered when half of the others heard it', () => {
    const of = { points: 2, sheets: [sheet(a, a), sheet(b, a), { ...sheet(c, a), points: [1] }] };
    const sheets = of.sheets.map(({ member: by, ...rest }) => ({ ...rest, by, points: [...rest.points] }));
    expect(coverageOf({ points: 3, sheets }, a).map(({ covered }) => covered)).toEqual([true, true, true]);
    expect(coverageOf({ points: 3, sheets: sheets.slice(0, 1) }, a)[0]).toEqual({
      covered: true,
      ticks: 1,
      raters: 1,
    });
    const third = { ...sheet(d, a), by: d, points: [] as number[] };
    expect(coverageOf({ points: 3, sheets: [...sheets, third] }, a).map(({ covered }) => covered)).toEqual([
      false,
      false,
      false,
    ]);
    expect(coverageOf({ points: 3, sheets: [] }, a)[0]).toEqual({ covered: false, ticks: 0, raters: 0 });
  });

  it('ends when too many questions come to nothing', () => {
    const bench = new Bench({}, 8).begin();
    for (let nth = 0; nth < 30 && bench.phase !== 'over'; nth++) {
      const { candidate } = bench.roles;
      bench.do({ kind: 'leave', member: candidate });
      bench.do({ kind: 'join', member: candidate });
      bench.post();
    }
    expect(bench.session.phase).toMatchObject({ name: 'over', ending: 'lost' });
  });
});

describe('the written format', () => {
  const written = (people = 3, minutes = 10): Bench =>
    new Bench({ format: 'written', questions: 1, minutes }, people).begin();
  const write = (by: string, at = startMs) =>
    ({ kind: 'answer', turn: 0, member: by, text: `of ${by}`, at }) as const;

  it('ends when all who are here have answered, and not with one alone', () => {
    const alone = written(1);
    alone.do(write(a));
    expect(alone.phase).toBe('answering');
    const bench = written(2);
    bench.do(write(a));
    expect(bench.do(write(a))).toBe('again');
    bench.do(write(b));
    expect(bench.phase).toBe('feedback');
    expect(bench.session.turns[0]?.owed).toHaveLength(4);
  });

  it.each([
    ['leaves', { kind: 'leave', member: c }],
    ['only observes', { kind: 'join', member: c, wish: 'observe' }],
    ['is erased', { kind: 'forget', member: c }],
  ] as const)('waits no longer for the last one, who %s', (_, event) => {
    const bench = written(3);
    for (const by of [a, b]) bench.do(write(by));
    expect(bench.phase).toBe('answering');
    expect(bench.do(event)).toBe('done');
    expect(bench.phase).toBe('feedback');
    const alone = written(2);
    alone.do(write(a));
    alone.do({ ...event, member: b });
    expect(alone.phase).toBe('answering');
    const overDays = written(3, 600);
    for (const by of [a, b]) overDays.do(write(by));
    overDays.do(event);
    expect(overDays.phase).toBe('answering');
  });

  it('keeps the letters of the others’ answers when somebody is erased', () => {
    const bench = written(3);
    for (const by of [a, b, c]) bench.do(write(by));
    const before = bench.session.turns[0]?.answers ?? [];
    const gone = before[0]?.member ?? '';
    bench.do({ kind: 'forget', member: gone });
    const after = bench.session.turns[0]?.answers ?? [];
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(JSON.stringify(bench.session)).not.toContain(gone);
  });

  it('takes an answer by the time at which Discord took it', () => {
    const bench = written();
    bench.now += 10 * minuteMs;
    expect(bench.do(write(a, startMs + 10 * minuteMs))).toBe('done');
    expect(bench.do(write(b, startMs + 10 * minuteMs + 5_000))).toBe('late');
  });

  it('is for eight, also for those who come by answering', () => {
    const bench = written(8, 60);
    expect(bench.do(write(member(8)))).toBe('full');
    expect(bench.session.turns[0]?.answers).toEqual([]);
  });

  it('the host ends the rating early; a late timer of the answers does not', () => {
    const bench = written(2);
    for (const by of [a, b]) bench.do(write(by));
    bench.post();
    expect(bench.do(up)).toBe('late');
    // The second of two quick presses on the card of before.
    expect(bench.do({ ...up, member: a })).toBe('late');
    expect(bench.do({ kind: 'ratingsUp', turn: 0, member: b })).toBe('notYours');
    expect(bench.do({ kind: 'ratingsUp', turn: 0, member: a })).toBe('done');
    expect(bench.phase).toBe('review');
  });

  it('who only observed takes part by answering', () => {
    const bench = written(3, 60);
    bench.do({ kind: 'join', member: c, wish: 'observe' });
    expect(bench.do(write(c))).toBe('done');
    expect(bench.session.people[c]).toMatchObject({ here: true });
    expect(bench.session.people[c]?.wish).toBeUndefined();
  });
});

const kinds = [
  'join',
  'wish',
  'leave',
  'begin',
  'read',
  'ask',
  'hint',
  'followUp',
  'away',
  'timeUp',
  'ratingsUp',
  'answer',
  'points',
  'marks',
  'next',
  'due',
  'post',
  'resume',
  'forget',
  'lost',
] as const;

function randomEvent(bench: Bench, kind: (typeof kinds)[number], who: string, whom: string): InterviewEvent {
  const { turn } = bench;
  switch (kind) {
    case 'wish':
      return { kind: 'join', member: who, wish: whom > who ? 'first' : 'observe' };
    case 'join':
    case 'leave':
      return { kind, member: who };
    case 'forget':
      return { kind, member: who };
    case 'begin':
      return { kind, byTime: false };
    case 'timeUp':
      return { kind, turn, member: who };
    case 'answer':
      return { kind, turn, member: who, text: 'words', at: bench.now };
    case 'points':
      return sheet(who, whom, turn);
    case 'marks':
      return marks(who, whom, turn);
    case 'due':
      return nextDue(bench.session)?.event ?? { kind: 'resume' };
    case 'post':
    case 'resume':
      return { kind: 'resume' };
    case 'lost':
      return { kind, turn };
    default:
      return { kind, turn, member: who };
  }
}

describe('whatever happens', () => {
  it.each(seedsTo(30, 300))('seed %i: it stays whole, and comes to an end', (seed) => {
    const random = seeded(seed);
    const format = random() < 0.5 ? 'panel' : 'written';
    const bench = new Bench({ format, questions: 3 }, 2 + Math.floor(random() * 4));
    const some = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const check = () => {
      const { session } = bench;
      same(interviewSchema.safeParse(session).error, undefined);
      const open = session.turns.flatMap((turn, index) => (turn.ended ? [] : [index]));
      // The questions that are open are those of turns that have not ended, each released once.
      same([...bench.open].sort(), open);
      same(new Set(bench.released).size, bench.released.length);
      same(open.length <= 1, true, 'questions that are open');
      same(new Set(session.outbox).size, session.outbox.length);
      for (const key of session.outbox) same(session.posts[key], undefined, key);
      for (const { candidate, interviewer } of session.turns)
        if (candidate !== undefined && candidate !== '0')
          same(candidate === interviewer, false, 'one for both');
      const waits = nextTask(session) !== undefined || nextDue(session) !== undefined;
      same(waits || (session.phase.name === 'over' && session.phase.told), true, session.phase.name);
    };
    for (let step = 0; step < 120; step++) {
      if (random() < 0.5) bench.post();
      bench.now += Math.floor(random() * minuteMs);
      const likely =
        random() < 0.5
          ? some(kinds)
          : some(['ask', 'timeUp', 'points', 'marks', 'answer', 'due', 'next', 'begin'] as const);
      const people = Object.keys(bench.session.people);
      const who = random() < 0.4 ? bench.roles.interviewer || member(0) : some([...people, member(6)]);
      bench.do(
        randomEvent(
          bench,
          likely,
          who,
          random() < 0.7 ? bench.roles.candidate : some([...people, member(1)]),
        ),
      );
      check();
    }
    // From here on nobody does anything.
    for (let nth = 0; nth < 40 && bench.phase !== 'over'; nth++) {
      bench.post();
      const due = nextDue(bench.session);
      bench.now = Math.max(bench.now, due?.at ?? bench.now);
      if (due) bench.do(due.event);
      check();
    }
    bench.post();
    expect(bench.phase).toBe('over');
    expect(Object.keys(bench.session.posts).filter((key) => isLive(bench.session, key))).toEqual([]);
    bench.do({ kind: 'closed' });
    bench.do({ kind: 'finished' });
    expect(bench.last?.effects).toEqual([{ kind: 'retire' }]);
  });
});
