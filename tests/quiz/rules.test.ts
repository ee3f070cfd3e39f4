import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awards } from '../../src/quiz/awards.js';
import { answersIn } from '../../src/quiz/given.js';
import { extensionMs, longestPauseMs } from '../../src/quiz/pace.js';
import { standings } from '../../src/quiz/players.js';
import { graceMs, leastLeftMs, pauseMs } from '../../src/quiz/rounds.js';
import { Play, t0 } from './play.js';

const places = (play: Play) => standings(play.state).map(({ member, place }) => [member, place]);

describe('the lobby', () => {
  it('has the host in it from the first moment', () => {
    expect(places(new Play())).toEqual([['10', 1]]);
  });

  it('lets everybody in once, and forgets who leaves before the start', () => {
    const play = new Play();
    const join = { kind: 'join', member: '11', name: 'Ben' } as const;
    expect(play.do(join).outcome).toBe('done');
    expect(play.do(join).outcome).toBe('already');
    expect(play.do({ kind: 'leave', member: '11' }).outcome).toBe('done');
    expect(play.do({ kind: 'leave', member: '11' }).outcome).toBe('absent');
    expect(Object.keys(play.players)).toEqual(['10']);
  });

  it('is begun once, by the timer or by hand, and draws its first question then', () => {
    const play = new Play();
    expect(play.game.rounds).toEqual([]);
    expect(play.due).toEqual({ at: t0 + 30_000, event: { kind: 'begin' } });
    expect(play.do({ kind: 'begin' }).outcome).toBe('done');
    expect(play.game.rounds).toHaveLength(1);
    expect(play.do({ kind: 'begin' }).outcome).toBe('nothing');
    expect(play.due).toBeUndefined();
    expect(play.todo).toEqual({ kind: 'card', round: 0 });
  });

  it('ends the quiz when no question is free', () => {
    const play = new Play();
    play.questions = 0;
    play.do({ kind: 'begin' });
    expect(play.game.phase).toMatchObject({ name: 'over', ending: 'exhausted' });
    expect(play.todo).toEqual({ kind: 'results' });
  });
});

describe('a round', () => {
  it('starts its clock when Discord has accepted the card', () => {
    const play = new Play();
    play.do({ kind: 'begin' });
    expect(play.opened(0, t0 + 700).outcome).toBe('done');
    expect(play.game.rounds[0]?.endsAt).toBe(t0 + 20_700);
    expect(play.due).toEqual({
      at: t0 + 20_700 + graceMs,
      event: { kind: 'close', round: 0, ended: 'time' },
    });
  });

  it('closes by our clock, and judges by Discord’s', () => {
    const play = new Play();
    play.do({ kind: 'begin' });
    play.do({
      kind: 'opened',
      round: 0,
      messageId: '5',
      openedAt: t0 + 60_000,
      closesAt: t0 + 22_000,
      promisedAt: t0 + 20_000,
    });
    expect(play.due?.at).toBe(t0 + 22_000);
    expect(play.press('10', 1, t0 + 79_999).outcome).toBe('done');
  });

  it.each([
    ['at the very deadline', 20_000, 'done'],
    ['a millisecond later', 20_001, 'late'],
    ['before the card was seen by the clock', -5, 'done'],
  ])('judges a press %s by its own time', (_, afterMs, outcome) => {
    expect(Play.open().press('10', 1, t0 + afterMs).outcome).toBe(outcome);
  });

  it('counts the first press of a member and tells which it was', () => {
    const play = Play.open();
    play.press('10', 3, t0 + 1000);
    expect(play.press('10', 1, t0 + 2000)).toMatchObject({ outcome: 'already', earlier: { shown: [3] } });
    expect(answersIn(play.state.given, 0).get('10')?.shown).toEqual([3]);
  });

  it.each([4, 99])('refuses option %s, which is not there', (letter) => {
    expect(Play.open().press('10', letter, t0).outcome).toBe('invalid');
  });

  it.each([1, 7])('refuses a press for round %s, which is not open', (round) => {
    expect(Play.open().press('10', 1, t0, round).outcome).toBe('late');
  });

  it('asks to wait with a press that comes before its card’s receipt', () => {
    const play = new Play();
    play.do({ kind: 'begin' });
    expect(play.press('10', 1, t0).outcome).toBe('early');
  });

  it('joins who answers without having joined', () => {
    const play = Play.open();
    play.press('77', 0, t0);
    expect(play.rows).toMatchObject([{ member: '77', name: 'Name of 77' }]);
    expect(places(play)).toContainEqual(['77', 1]);
    play.do({ kind: 'close', ended: 'time' });
    expect(play.players['77']).toMatchObject({ present: true, name: 'Name of 77', answered: 1 });
  });

  it('takes somebody back who left and answers', () => {
    const play = Play.open();
    play.do({ kind: 'leave', member: '10' });
    play.press('10', 1, t0);
    expect(play.players['10']).toMatchObject({ present: true });
  });

  it('waits for everybody who is there, and not for who left', () => {
    const play = new Play();
    play.do({ kind: 'join', member: '11', name: 'Ben' });
    play.do({ kind: 'begin' });
    play.opened(0);
    const isComplete = { kind: 'complete', round: 0, answers: 1 };
    expect(play.press('10', 1, t0).effects).not.toContainEqual(isComplete);
    expect(play.do({ kind: 'leave', member: '11' }).effects).toContainEqual(isComplete);
  });

  it('is complete with the last answer of those who are there', () => {
    const play = Play.open();
    expect(play.press('77', 1, t0).effects).not.toContainEqual(expect.objectContaining({ kind: 'complete' }));
    expect(play.press('10', 1, t0).effects).toContainEqual({ kind: 'complete', round: 0, answers: 2 });
  });

  it('is not over because nobody is there to answer', () => {
    const { effects } = Play.open().do({ kind: 'leave', member: '10' });
    expect(effects.map(({ kind }) => kind)).toEqual(['enter', 'refresh']);
  });

  it.each([
    ['at once', 0, 150],
    ['half-way', 10_000, 125],
    ['at the last moment', 20_000, 100],
  ])('gives a right answer %s its points', (_, afterMs, points) => {
    const play = Play.open();
    play.press('10', 1, t0 + afterMs);
    play.do({ kind: 'close', ended: 'time' }, t0 + 22_000);
    expect(play.booked).toMatchObject([{ member: '10', points }]);
    expect(play.players['10']).toMatchObject({ points, right: 1, answered: 1 });
  });

  it('closes once, whoever comes first: timer, last answer, skip or stop', () => {
    const play = Play.open();
    play.press('10', 1, t0);
    expect(play.do({ kind: 'close', round: 0, ended: 'all' }).outcome).toBe('done');
    for (const ended of ['time', 'all', 'skip', 'stop'] as const)
      expect(play.do({ kind: 'close', round: 0, ended }).outcome).toBe('nothing');
    expect(play.booked).toHaveLength(1);
  });

  it('shows its answer before anything else, and the time to read starts then', () => {
    const play = Play.open();
    play.do({ kind: 'close', ended: 'time' });
    expect([play.todo, play.due]).toEqual([{ kind: 'answer', round: 0 }, undefined]);
    const shown = play.do({ kind: 'shown', round: 0 }, t0 + 90_000);
    expect(shown.effects).toEqual([
      { kind: 'release', rounds: [0] },
      { kind: 'tell', round: 0 },
    ]);
    expect(play.todo).toEqual({ kind: 'standings', round: 0 });
    expect(play.due).toEqual({ at: t0 + 90_000 + pauseMs, event: { kind: 'advance', round: 0 } });
    play.do({ kind: 'told', round: 0, messageId: '7' });
    expect(play.todo).toBeUndefined();
  });

  it('takes a late timer of another round for nothing', () => {
    const play = Play.open();
    play.do({ kind: 'close', ended: 'time' });
    expect(play.do({ kind: 'advance', round: 1 }).outcome).toBe('nothing');
    expect(play.do({ kind: 'advance', round: 0 }).outcome).toBe('done');
    expect(play.do({ kind: 'advance', round: 0 }).outcome).toBe('nothing');
    expect(play.game.phase).toEqual({ name: 'opening', round: 1 });
  });

  it('that is void earns nobody anything', () => {
    const play = new Play();
    play.do({ kind: 'begin' });
    expect(play.do({ kind: 'close', ended: 'time' }).outcome).toBe('nothing');
    expect(play.do({ kind: 'close', ended: 'void' }).outcome).toBe('done');
    expect(play.booked).toEqual([]);
  });

  it('that was called off before its card arrived closes the card when it does', () => {
    const play = new Play();
    play.do({ kind: 'begin' });
    play.do({ kind: 'end', ending: 'stopped' });
    play.do({ kind: 'shown', round: 0 });
    play.opened(0);
    expect(play.todo).toEqual({ kind: 'answer', round: 0 });
  });
});

describe('the leaderboard', () => {
  it.each([
    [1, false],
    [2, true],
  ])('counts a round that %s answered: %s', (people, ranked) => {
    const play = Play.open();
    for (let member = 10; member < 10 + people; member++) play.press(`${member}`, 1, t0);
    play.do({ kind: 'close', ended: 'time' });
    expect(play.booked.map((row) => row.ranked)).toEqual(Array(people).fill(ranked));
    expect(play.game.rounds[0]?.practice).toBe(ranked ? undefined : true);
    expect(play.players['10']?.points).toBe(150);
  });

  it('gives nothing for a question that earned somebody points a few days ago, the quiz does', () => {
    const play = Play.open();
    play.spent = new Set(['10', '11']);
    play.press('10', 1, t0);
    play.press('11', 0, t0);
    play.press('12', 1, t0);
    play.do({ kind: 'close', ended: 'time' });
    expect(play.booked.map(({ member, again }) => [member, again])).toEqual([
      ['10', true],
      ['11', true],
      ['12', false],
    ]);
    expect(play.game.rounds[0]?.again).toEqual(['10']);
    expect(play.players['10']?.points).toBe(150);
  });
});

describe('the scoring', () => {
  it.each([0, 10_000, 20_000])('by accuracy earns the same after %s ms', (afterMs) => {
    const play = Play.open({ scoring: 'accuracy' });
    play.press('10', 1, t0 + afterMs);
    play.do({ kind: 'close', ended: 'time' });
    expect(play.booked).toMatchObject([{ points: 100 }]);
  });
});

describe('the host', () => {
  /** The first of three rounds is over, its answer is shown. */
  function between(): Play {
    const play = Play.open({ rounds: 3 });
    play.press('10', 1, t0);
    play.do({ kind: 'close', ended: 'all' });
    play.do({ kind: 'shown', round: 0 });
    return play;
  }

  it('calls the next round before its time, not before the answer is shown', () => {
    const play = Play.open();
    play.do({ kind: 'close', ended: 'skip' });
    expect(play.do({ kind: 'next', round: 0 }).outcome).toBe('nothing');
    play.do({ kind: 'shown', round: 0 });
    expect(play.do({ kind: 'next', round: 0 }).outcome).toBe('done');
    expect(play.game.phase).toEqual({ name: 'opening', round: 1 });
    expect(play.do({ kind: 'next', round: 0 }).outcome).toBe('nothing');
  });

  it('holds the quiz up between rounds, for half an hour at most', () => {
    const play = between();
    expect(play.do({ kind: 'pause', round: 0 }, t0 + 1_000).outcome).toBe('done');
    expect(play.do({ kind: 'pause', round: 0 }, t0 + 2_000).outcome).toBe('already');
    // The timer that was set before the pause comes late.
    expect(play.do({ kind: 'advance', round: 0 }, t0 + pauseMs).outcome).toBe('nothing');
    expect(play.due?.at).toBe(t0 + 1_000 + longestPauseMs);
    expect(play.do({ kind: 'next', round: 0 }, t0 + 60_000).outcome).toBe('done');
  });

  it('cannot stop the clock of an open round', () => {
    expect(Play.open().do({ kind: 'pause', round: 0 }).outcome).toBe('nothing');
  });

  it('gives an open round more time, once', () => {
    const play = Play.open();
    expect(play.do({ kind: 'extend', round: 0 }).outcome).toBe('done');
    expect(play.do({ kind: 'extend', round: 0 }).outcome).toBe('already');
    expect(play.due?.at).toBe(t0 + 20_000 + extensionMs + graceMs);
    expect(play.press('10', 1, t0 + 34_000).outcome).toBe('done');
    play.do({ kind: 'close', ended: 'time' });
    expect(play.booked).toMatchObject([{ points: 100 }]);
  });
});

describe('the end', () => {
  it('comes after the pause that follows the last round', () => {
    const play = Play.open({ rounds: 1 });
    play.press('10', 1, t0);
    play.do({ kind: 'close', ended: 'all' }, t0 + 5000);
    play.do({ kind: 'shown', round: 0 }, t0 + 5000);
    expect(play.todo).toBeUndefined();
    play.do({ kind: 'advance', round: 0 }, t0 + 11_000);
    expect(play.game.phase).toMatchObject({ name: 'over', ending: 'finished' });
    expect(play.todo).toEqual({ kind: 'results' });
    expect(play.do({ kind: 'finished' }).effects).toEqual([{ kind: 'retire' }]);
    expect(play.todo).toBeUndefined();
    expect(play.do({ kind: 'finished' }).outcome).toBe('nothing');
  });

  it('comes when nobody answered two rounds in a row', () => {
    const play = Play.open({ rounds: 5 });
    for (const round of [0, 1]) {
      play.opened(round);
      play.do({ kind: 'close', round, ended: 'time' });
      play.do({ kind: 'advance', round });
    }
    expect(play.game.phase).toMatchObject({ name: 'over', ending: 'abandoned' });
  });

  it('comes early when the bank has nothing more that is free', () => {
    const play = Play.open({ rounds: 5 });
    play.questions = 0;
    play.press('10', 1, t0);
    play.do({ kind: 'close', round: 0, ended: 'time' });
    play.do({ kind: 'advance', round: 0 });
    expect(play.game.phase).toMatchObject({ name: 'over', ending: 'exhausted' });
  });

  it('closes the open round, whose answers count', () => {
    const play = Play.open();
    play.press('10', 1, t0);
    expect(play.do({ kind: 'end', ending: 'stopped' }).outcome).toBe('done');
    expect(play.booked).toMatchObject([{ member: '10', points: 150 }]);
    expect(play.todo).toEqual({ kind: 'answer', round: 0 });
    expect(play.do({ kind: 'end', ending: 'stopped' }).outcome).toBe('over');
    expect(play.do({ kind: 'join', member: '12', name: 'Cyd' }).outcome).toBe('over');
  });

  it('is told to the host where the channel cannot be told, also when that shows at the results', () => {
    const play = Play.open();
    play.do({ kind: 'end', ending: 'stopped' });
    play.do({ kind: 'end', ending: 'unreachable', reason: 'Unknown Channel' });
    expect(play.todo).toEqual({ kind: 'farewell', reason: 'Unknown Channel' });
    expect(play.do({ kind: 'end', ending: 'failed' }).outcome).toBe('over');
    expect(play.do({ kind: 'finished' }).effects).toContainEqual({ kind: 'release', rounds: [0] });
  });

  it('by a fault of ours books nothing more and goes straight to its last words', () => {
    const play = Play.open();
    play.press('10', 1, t0);
    play.do({ kind: 'end', ending: 'failed' });
    expect(play.booked).toEqual([]);
    expect(play.todo).toEqual({ kind: 'results' });
  });

  it('shares places between equal points', () => {
    const play = new Play();
    const player = { name: 'x', present: true, right: 1, answered: 2 };
    const players = {
      '1': { ...player, points: 100 },
      '2': { ...player, points: 300 },
      '3': { ...player, points: 300 },
      '4': { ...player, points: 0 },
    };
    play.game = { ...play.game, players };
    expect(places(play)).toEqual([
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
    const play = Play.open();
    play.do({ kind: 'resume' }, t0 + downUntilMs);
    expect(play.game.rounds[0]?.endsAt).toBe(t0 + endsAfterMs);
    expect(play.due?.at).toBe(t0 + endsAfterMs + graceMs);
  });

  it('gives no extra points for the extra time', () => {
    const play = Play.open();
    play.do({ kind: 'resume' }, t0 + 90_000);
    play.press('10', 1, t0 + 91_000);
    expect(awards(play.state, 0)).toMatchObject([{ right: true, points: 100 }]);
  });

  it('closes a round that everybody had answered', () => {
    const play = Play.open();
    play.press('10', 1, t0);
    play.reload();
    expect(play.do({ kind: 'resume' }).effects).toContainEqual({ kind: 'complete', round: 0, answers: 1 });
  });
});

describe('in any order of events', () => {
  const members = ['10', '11', '12', '13'];
  const event = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        who: fc.nat(3),
        letter: fc.nat(4),
        round: fc.nat(3),
      }),
    },
    fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), who: fc.nat(3) }),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'begin',
          'opened',
          'close',
          'shown',
          'told',
          'advance',
          'next',
          'pause',
          'extend',
          'end',
          'restart',
        ),
        round: fc.nat(3),
      }),
    },
  );

  it('every recorded answer is booked exactly once, nothing is changed in place, and the record stays readable', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const play = new Play({ rounds: 3 });
        let now = t0;
        for (const one of events) {
          now += 500;
          const { kind } = one;
          if (kind === 'answer') play.press(members[one.who] as string, one.letter, now, one.round);
          else if (kind === 'join') play.do({ kind, member: members[one.who] as string, name: 'x' }, now);
          else if (kind === 'leave') play.do({ kind, member: members[one.who] as string }, now);
          else if (kind === 'opened') play.opened(one.round, now);
          else if (kind === 'close') play.do({ kind, round: one.round, ended: 'time' }, now);
          else if (kind === 'told') play.do({ kind, round: one.round, messageId: '7' }, now);
          else if (
            kind === 'shown' ||
            kind === 'advance' ||
            kind === 'next' ||
            kind === 'pause' ||
            kind === 'extend'
          )
            play.do({ kind, round: one.round }, now);
          else if (kind === 'begin') play.do({ kind }, now);
          else if (kind === 'end') play.do({ kind, ending: 'stopped' }, now);
          else if (kind === 'restart') {
            play.reload();
            play.do({ kind: 'resume' }, now);
          }
        }
        play.do({ kind: 'close', ended: 'stop' }, now);
        const pairs = (rows: readonly { round: number; member: string }[]) =>
          rows.map(({ round, member }) => `${round} ${member}`).sort();
        expect(pairs(play.booked)).toEqual(pairs(play.rows));
        const total = Object.values(play.players).reduce((sum, { points }) => sum + points, 0);
        expect(total).toBe(play.booked.reduce((sum, { points }) => sum + points, 0));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
