import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  answer,
  answersOf,
  awards,
  begin,
  close,
  createGame,
  due,
  end,
  everyoneAnswered,
  type Game,
  type GameState,
  gameSchema,
  graceMs,
  join,
  leastLeftMs,
  leave,
  opened,
  pauseMs,
  replay,
  resume,
  standings,
} from '../../src/quiz/rules.js';

const t0 = 1_800_000_000_000;

function game({ rounds = 2, seconds = 20, lobby = 30 } = {}): GameState {
  return createGame(
    {
      id: '900',
      guildId: '1',
      channelId: '2',
      host: { id: '10', name: 'Ada' },
      settings: { rounds, seconds, lobby },
      rounds: Array.from({ length: rounds }, (_, index) => ({
        asked: { questionId: `q${index}`, rev: 'r', order: [2, 0, 1, 3] },
        level: 'basic' as const,
        topic: 'queries',
        right: 1,
      })),
    },
    t0,
  );
}

/** A game whose first round opened at `t0`. */
function openGame(options?: Parameters<typeof game>[0]): GameState {
  const state = game(options);
  begin(state);
  opened(state, 0, '555', t0);
  return state;
}

const press = (member: string, letter: number, at: number, round = 0) => ({
  round,
  member,
  name: `Name of ${member}`,
  letter,
  at,
});

describe('the lobby', () => {
  it('has the host in it from the first moment', () => {
    expect(standings(game().game).map(({ member }) => member)).toEqual(['10']);
  });

  it('lets everybody in once, and forgets who leaves before the start', () => {
    const state = game();
    expect(join(state, '11', 'Ben')).toBe('joined');
    expect(join(state, '11', 'Ben')).toBe('already');
    expect(leave(state, '11')).toBe('left');
    expect(leave(state, '11')).toBe('absent');
    expect(Object.keys(state.game.players)).toEqual(['10']);
  });

  it('is begun once, by the timer or by hand', () => {
    const state = game();
    expect(due(state.game)).toEqual({ kind: 'begin', at: t0 + 30_000 });
    expect(begin(state)).toBe(true);
    expect(begin(state)).toBe(false);
    expect(due(state.game)).toBeUndefined();
  });
});

describe('a round', () => {
  it('starts its clock when Discord has accepted the card', () => {
    const state = game();
    begin(state);
    expect(opened(state, 0, '555', t0 + 700)).toBe(true);
    expect(state.game.rounds[0]?.endsAt).toBe(t0 + 20_700);
    expect(due(state.game)).toEqual({ kind: 'close', at: t0 + 20_700 + graceMs, round: 0 });
  });

  it.each([
    ['at the very deadline', 20_000, 'recorded'],
    ['a millisecond later', 20_001, 'late'],
    ['before the card was seen by the clock', -5, 'recorded'],
  ])('judges a press %s by its own time', (_, afterMs, kind) => {
    expect(answer(openGame(), press('10', 1, t0 + afterMs)).kind).toBe(kind);
  });

  it('counts the first press of a member and tells which it was', () => {
    const state = openGame();
    answer(state, press('10', 3, t0 + 1000));
    expect(answer(state, press('10', 1, t0 + 2000))).toEqual({ kind: 'already', letter: 3 });
    expect(answersOf(state, 0).get('10')?.letter).toBe(3);
  });

  it.each([-1, 4, 99, Number.NaN])('refuses option %s, which is not there', (letter) => {
    expect(answer(openGame(), press('10', letter, t0)).kind).toBe('invalid');
  });

  it.each([1, 7, -1])('refuses a press for round %s, which is not open', (round) => {
    const { kind } = answer(openGame(), press('10', 1, t0, round));
    expect(['late', 'invalid']).toContain(kind);
  });

  it('joins who answers without having joined', () => {
    const state = openGame();
    expect(answer(state, press('77', 0, t0))).toMatchObject({
      kind: 'recorded',
      given: { name: 'Name of 77' },
    });
    expect(state.game.players['77']).toMatchObject({ present: true, name: 'Name of 77' });
  });

  it('waits for everybody who is there, and not for who left', () => {
    const state = game();
    join(state, '11', 'Ben');
    begin(state);
    opened(state, 0, '555', t0);
    answer(state, press('10', 1, t0));
    expect(everyoneAnswered(state)).toBe(false);
    leave(state, '11');
    expect(everyoneAnswered(state)).toBe(true);
  });

  it('is not over because nobody is there to answer', () => {
    const state = openGame();
    leave(state, '10');
    expect(everyoneAnswered(state)).toBe(false);
  });

  it.each([
    ['at once', 0, 150],
    ['half-way', 10_000, 125],
    ['at the last moment', 20_000, 100],
  ])('gives a right answer %s its points', (_, afterMs, points) => {
    const state = openGame();
    answer(state, press('10', 1, t0 + afterMs));
    expect(close(state, 0, 'time', t0 + 22_000)).toMatchObject([{ member: '10', right: true, points }]);
    expect(state.game.players['10']).toMatchObject({ points, right: 1, answered: 1 });
  });

  it('closes once, whoever comes first: timer, last answer, skip or stop', () => {
    const state = openGame();
    answer(state, press('10', 1, t0));
    expect(close(state, 0, 'all', t0 + 1)).toHaveLength(1);
    for (const ended of ['time', 'all', 'skip', 'stop'] as const)
      expect(close(state, 0, ended, t0 + 2)).toBeUndefined();
    expect(state.game.players['10']?.answered).toBe(1);
  });

  it('takes a late timer of another round for nothing', () => {
    const state = openGame();
    close(state, 0, 'time', t0);
    expect(advance(state, 1, t0)).toBe(false);
    expect(advance(state, 0, t0)).toBe(true);
    expect(advance(state, 0, t0)).toBe(false);
    expect(state.game.phase).toEqual({ name: 'opening', round: 1 });
  });

  it('that is void earns nobody anything', () => {
    const state = game();
    begin(state);
    expect(close(state, 0, 'time', t0)).toBeUndefined();
    expect(close(state, 0, 'void', t0)).toEqual([]);
    expect(awards(state, 0)).toEqual([]);
  });
});

describe('the end', () => {
  it('comes after the pause that follows the last round', () => {
    const state = openGame({ rounds: 1 });
    answer(state, press('10', 1, t0));
    close(state, 0, 'all', t0 + 5000);
    expect(due(state.game)).toEqual({ kind: 'advance', at: t0 + 5000 + pauseMs, round: 0 });
    advance(state, 0, t0 + 11_000);
    expect(state.game.phase).toMatchObject({ name: 'over', ending: 'finished' });
  });

  it('comes when nobody answered two rounds in a row', () => {
    const state = openGame({ rounds: 5 });
    for (const round of [0, 1]) {
      opened(state, round, '555', t0);
      close(state, round, 'time', t0);
      advance(state, round, t0);
    }
    expect(state.game.phase).toMatchObject({ name: 'over', ending: 'abandoned' });
  });

  it('needs the open round closed first, so that its answers count', () => {
    const state = openGame();
    expect(() => end(state, 'stopped', t0)).toThrow();
    close(state, 0, 'stop', t0);
    expect(end(state, 'stopped', t0)).toBe(true);
    expect(end(state, 'stopped', t0)).toBe(false);
    expect(join(state, '12', 'Cyd')).toBe('over');
  });

  it('shares places between equal points', () => {
    const { game: over } = game();
    const player = { name: 'x', present: true, right: 1, answered: 2 };
    over.players = {
      '1': { ...player, points: 100 },
      '2': { ...player, points: 300 },
      '3': { ...player, points: 300 },
      '4': { ...player, points: 0 },
    };
    expect(standings(over).map(({ member, place }) => [member, place])).toEqual([
      ['2', 1],
      ['3', 1],
      ['1', 3],
      ['4', 4],
    ]);
  });
});

describe('a restart', () => {
  it.each([
    ['with time left keeps its deadline', 3_000, 20_000],
    ['near the deadline leaves five seconds', 18_000, 18_000 + leastLeftMs],
    ['long after the deadline leaves five seconds', 90_000, 90_000 + leastLeftMs],
  ])('%s', (_, downUntilMs, endsAfterMs) => {
    const state = openGame();
    resume(state, t0 + downUntilMs);
    expect(state.game.rounds[0]?.endsAt).toBe(t0 + endsAfterMs);
  });

  it('gives no extra points for the extra time', () => {
    const state = openGame();
    resume(state, t0 + 90_000);
    answer(state, press('10', 1, t0 + 91_000));
    expect(awards(state, 0)).toMatchObject([{ right: true, points: 100 }]);
  });
});

describe('in any order of events', () => {
  const members = ['10', '11', '12', '13'];
  const event = fc.oneof(
    fc.record({ kind: fc.constant('answer' as const), who: fc.nat(3), letter: fc.nat(4), round: fc.nat(3) }),
    fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), who: fc.nat(3) }),
    fc.record({
      kind: fc.constantFrom(
        'begin' as const,
        'opened' as const,
        'close' as const,
        'advance' as const,
        'stop' as const,
        'restart' as const,
      ),
      round: fc.nat(3),
    }),
  );

  it('every recorded answer is booked exactly once, and the record stays readable', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        let state = game({ rounds: 3 });
        let now = t0;
        let acknowledged = 0;
        const booked = new Map<string, number>();
        const book = (round: number, ended: 'time' | 'stop'): void => {
          for (const { member, points } of close(state, round, ended, now) ?? []) {
            expect(booked.has(`${round}:${member}`)).toBe(false);
            booked.set(`${round}:${member}`, points);
          }
        };
        for (const one of events) {
          now += 500;
          if (one.kind === 'answer') {
            const pressed = press(members[one.who] as string, one.letter, now, one.round);
            if (answer(state, pressed).kind === 'recorded') acknowledged++;
          } else if (one.kind === 'join') join(state, members[one.who] as string, 'x');
          else if (one.kind === 'leave') leave(state, members[one.who] as string);
          else if (one.kind === 'begin') begin(state);
          else if (one.kind === 'opened') opened(state, one.round, '5', now);
          else if (one.kind === 'close') book(one.round, 'time');
          else if (one.kind === 'advance') advance(state, one.round, now);
          else if (one.kind === 'stop') {
            if (state.game.phase.name === 'open') book(state.game.phase.round, 'stop');
            end(state, 'stopped', now);
          } else {
            const stored: Game = gameSchema.parse(JSON.parse(JSON.stringify(state.game)));
            const given = [...state.answers.values()].flatMap((byMember) => [...byMember.values()]);
            state = replay(stored, given);
            resume(state, now);
          }
        }
        if (state.game.phase.name === 'open') book(state.game.phase.round, 'stop');
        expect(booked.size).toBe(acknowledged);
        const total = Object.values(state.game.players).reduce((sum, { points }) => sum + points, 0);
        expect(total).toBe([...booked.values()].reduce((sum, points) => sum + points, 0));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
