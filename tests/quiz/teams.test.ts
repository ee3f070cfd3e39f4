import { describe, expect, it } from 'vitest';
import { teamStandings } from '../../src/quiz/teams.js';
import { letterOf, stage } from '../helpers/stage.js';
import { Play, t0 } from './play.js';

const teamOf = (play: Play, member: string) => play.players[member]?.team;
const join = (play: Play, member: string) => play.do({ kind: 'join', member, name: `M${member}` });

describe('teams', () => {
  it('are filled from the smallest, whoever leaves meanwhile', () => {
    const play = new Play({ teams: 3 });
    for (const member of ['11', '12', '13', '14']) join(play, member);
    expect(['10', '11', '12', '13', '14'].map((member) => teamOf(play, member))).toEqual([0, 1, 2, 0, 1]);
    play.do({ kind: 'leave', member: '12' });
    join(play, '15');
    expect(teamOf(play, '15')).toBe(2);
  });

  it('take somebody back who left', () => {
    const play = new Play({ teams: 2 });
    join(play, '11');
    play.do({ kind: 'leave', member: '11' });
    join(play, '12');
    join(play, '11');
    expect(teamOf(play, '11')).toBe(1);
  });

  it('are switched in the lobby only', () => {
    const play = new Play({ teams: 2 });
    expect(play.do({ kind: 'switch', member: '10' }).outcome).toBe('done');
    expect(teamOf(play, '10')).toBe(1);
    expect(play.do({ kind: 'switch', member: '99' }).outcome).toBe('absent');
    play.do({ kind: 'begin' });
    expect(play.do({ kind: 'switch', member: '10' }).outcome).toBe('nothing');
  });

  it('get who joins by an answer', () => {
    const play = Play.open({ teams: 2 });
    play.press('77', 1, t0);
    expect(teamOf(play, '77')).toBe(1);
    play.reload();
    expect(teamOf(play, '77')).toBe(1);
  });

  it('score the mean of their members, equal ones share a place', () => {
    const play = Play.open({ teams: 2 });
    // Ada alone against two, all right at once: nobody is ahead for being more.
    for (const member of ['11', '10']) play.press(member, 1, t0);
    play.do({ kind: 'close', ended: 'all' });
    expect(teamStandings(play.state)).toEqual([
      { team: 0, size: 1, points: 150, place: 1 },
      { team: 1, size: 1, points: 150, place: 1 },
    ]);
    play.game = {
      ...play.game,
      players: {
        ...play.players,
        '12': { name: 'x', present: true, points: 0, right: 0, answered: 1, team: 1 },
      },
    };
    expect(teamStandings(play.state).map(({ team, points, place }) => [team, points, place])).toEqual([
      [0, 150, 1],
      [1, 75, 2],
    ]);
  });

  it('are no part of a quiz without them', () => {
    const play = Play.open();
    play.press('77', 1, t0);
    play.do({ kind: 'close', ended: 'time' });
    expect(teamOf(play, '77')).toBeUndefined();
    expect(teamStandings(play.state)).toEqual([]);
  });
});

it('a quiz with teams shows them in the lobby, the standings and the results', async () => {
  const scene = await stage();
  const { ada, ben, clock, drills } = scene;
  const lobby = await ada.slash('/quiz start teams:2 topic:queries rounds:1');
  await ben.press(lobby, 'Join');
  await clock.advance(1_500);
  await drills.waitFor(({ text }) => text.includes(`**🔵 Blue** (1): ${ben.mention}`));
  expect((await ben.press(lobby, 'Switch team')).text).toBe('You are in team 🔴 Red now.');
  expect((await ben.press(lobby, 'Switch team')).text).toBe('You are in team 🔵 Blue now.');
  const opened = drills.next(({ text }) => text.includes('Round 1 of 1'));
  await ada.press(lobby, 'Start now');
  const round = await opened;
  await ben.press(round, letterOf(round, true));
  const results = drills.next(({ text }) => text.includes('Quiz results'));
  await ada.press(round, letterOf(round, false));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  await clock.advance('6s');
  const card = await results;
  expect(card.text).toMatch(
    /\*\*1\.\*\* 🔵 Blue · \*\*\d+\*\*\u00a0points\n-# mean\u00a0of\u00a01\u00a0player/,
  );
  expect(card.files).toHaveLength(1);
  expect(scene.discord.violations).toEqual([]);
});
