import type { Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { answersIn, countingVotes } from '../../src/quiz/given.js';
import { afterFirstVote } from '../../src/quiz/votes.js';
import { isRound, letterOf, restart, stage } from '../helpers/stage.js';
import { Play, t0 } from './play.js';

const round = {
  asked: { questionId: 'q', rev: 'r', order: [2, 0, 1, 3] },
  level: 'basic' as const,
  topic: 'queries',
  right: [1],
};
const votes = (right: number, of: number) =>
  Array.from({ length: of }, (_, index) => ({
    round: 0,
    member: `${index}`,
    shown: [index < right ? 1 : 0],
    at: 0,
  }));

describe('after a first vote', () => {
  it.each([
    [34, 'hint'],
    [35, 'discuss'],
    [70, 'discuss'],
    [71, 'answer'],
    [0, 'answer'],
    [100, 'answer'],
  ])('with %s in a hundred right comes: %s', (percent, next) => {
    expect(afterFirstVote(round, votes(percent, 100))).toBe(next);
  });

  it('of fewer than four, or of one opinion, comes the answer', () => {
    expect(afterFirstVote(round, votes(1, 3))).toBe('answer');
    expect(afterFirstVote(round, votes(0, 5))).toBe('answer');
    expect(afterFirstVote(round, votes(2, 4))).toBe('discuss');
  });
});

/** Four of five have voted, half of them rightly, and the vote is over. */
function discussing(): Play {
  const play = Play.open({ mode: 'discuss' });
  for (const [index, member] of ['11', '12', '13', '14'].entries()) play.press(member, index % 2, t0 + 1_000);
  play.do({ kind: 'close', round: 0, ended: 'time' }, t0 + 22_000);
  return play;
}

function voting(): Play {
  const play = discussing();
  play.do({ kind: 'firstShown', round: 0 });
  play.do({ kind: 'revote', round: 0 }, t0 + 32_000);
  play.opened(0, t0 + 33_000);
  return play;
}

describe('a round with two votes', () => {
  it('is discussed for half of its time, and books nothing before the second vote', () => {
    const play = discussing();
    expect(play.game.phase).toEqual({ name: 'discussing', round: 0, nextAt: t0 + 32_000 });
    expect(play.todo).toEqual({ kind: 'first', round: 0 });
    expect(play.booked).toEqual([]);
    expect(play.press('11', 1, t0 + 23_000).outcome).toBe('already');
    expect(play.press('99', 1, t0 + 23_000).outcome).toBe('late');
  });

  it('takes points from the second vote alone, and keeps both', () => {
    const play = voting();
    for (const member of ['11', '12', '13', '14', '15']) play.press(member, 1, t0 + 33_000);
    play.do({ kind: 'close', round: 0, ended: 'time' });
    expect(play.booked.map(({ member, points }) => [member, points])).toEqual(
      ['11', '12', '13', '14', '15'].map((member) => [member, 150]),
    );
    expect(answersIn(play.state.given, 0).size).toBe(4);
    expect(countingVotes(play.state, 0).size).toBe(5);
  });

  it('counts the first vote without points for speed where it was the only one', () => {
    const play = Play.open({ mode: 'discuss' });
    for (const member of ['11', '12']) play.press(member, 1, t0);
    play.do({ kind: 'close', round: 0, ended: 'time' });
    expect(play.booked.map(({ points }) => points)).toEqual([100, 100]);
  });

  it('takes a press of the first vote that arrives in the second for late', () => {
    expect(voting().press('15', 1, t0 + 19_000).outcome).toBe('late');
  });

  it('waits in the second vote for who joined by the first', () => {
    const play = voting();
    play.press('10', 1, t0 + 34_000);
    const last = ['11', '12', '13', '14'].map((member) => play.press(member, 1, t0 + 34_000)).at(-1);
    expect(last?.effects).toContainEqual({ kind: 'complete', round: 0, answers: 5 });
  });

  it('gives a hint instead of a discussion when few are right', () => {
    const play = Play.open({ mode: 'discuss' });
    for (const member of ['11', '12', '13', '14']) play.press(member, member === '11' ? 1 : 0, t0);
    play.do({ kind: 'close', round: 0, ended: 'time' });
    expect(play.game.phase).toEqual({ name: 'opening', round: 0 });
    expect(play.game.rounds[0]).toMatchObject({ second: true, hinted: true });
  });

  it.each([
    ['in the discussion', discussing],
    [
      'while the second vote’s card is on its way',
      () => {
        const play = discussing();
        play.do({ kind: 'firstShown', round: 0 });
        play.do({ kind: 'revote', round: 0 }, t0 + 32_000);
        return play;
      },
    ],
  ])('that is stopped %s counts the first vote', (_, make) => {
    const play = make();
    play.do({ kind: 'end', ending: 'stopped' });
    expect(play.booked.map(({ points }) => points).sort()).toEqual([0, 0, 100, 100]);
  });

  it('is skipped by the host in the discussion', () => {
    const play = discussing();
    expect(play.do({ kind: 'close', ended: 'skip' }).outcome).toBe('done');
    expect(play.booked).toHaveLength(4);
  });

  it('goes on after a restart in the discussion', () => {
    const play = discussing();
    play.reload();
    play.do({ kind: 'resume' }, t0 + 25_000);
    expect(play.due).toEqual({ at: t0 + 32_000, event: { kind: 'revote', round: 0 } });
  });
});

it('people vote, discuss and vote again; nothing of the first vote is told before; the card tells what it changed', async () => {
  const scene = await stage();
  const { ada, ben, cyd, clock, discord, drills, server } = scene;
  const more = ['Dan', 'Eve'].map((name) => discord.member(name, { server }));
  // The host last: a vote is over when everybody who is in has voted.
  const all: Member[] = [ben, cyd, ...more, ada];
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries level:basic rounds:1 mode:discuss seconds:20');
  const first = await opened;
  for (const [index, member] of all.entries()) await member.press(first, letterOf(first, index < 2));
  const over = await drills.waitFor(({ text }) => text.includes('Discuss:'));
  expect(over.buttons.every(({ disabled }) => disabled)).toBe(true);
  for (const state of over.history) {
    const shown = JSON.stringify(state);
    expect(shown).not.toMatch(/\d+ of \d+ answered|40\u00a0%|says so itself/);
  }
  await clock.settle();
  await restart(scene);
  const again = drills.next(
    ({ text, buttons }) => text.includes('Second vote') && buttons.some((b) => !b.disabled),
  );
  await clock.advance('10s');
  const second = await again;
  for (const member of all) await member.press(second, letterOf(second, true));
  await drills.waitFor(({ text }) => text.includes('First vote 40\u00a0% → second vote 100\u00a0%'));
  await clock.settle();
  const results = drills.next(({ text }) => text.includes('Quiz results'));
  await clock.advance('6s');
  expect((await results).text).toContain('In 1 round voted on twice: 40\u00a0% → 100\u00a0% right');
  expect(discord.violations).toEqual([]);
});
