import { describe, expect, it } from 'vitest';
import { Regulars } from '../../src/daily/post/regulars.js';
import type { DailyAnswer, Post } from '../../src/daily/records.js';
import { server, startWorld, type World } from './world.js';

/** Holds that the newest card says so of its answers, some minutes past nine of a day. */
async function expectSaid(world: World, day: string, said: string, minutes = '05'): Promise<void> {
  await world.run(`2026-01-${day}T09:${minutes}:00Z`);
  // Edits of counters are nobody's to wait for.
  await expect
    .poll(() => /-# (.*so far.*)/.exec(world.cards().at(-1)?.text ?? '')?.[1]?.replaceAll('\u00a0', ' '))
    .toBe(said);
}

const among = ', counting who took part in the last seven days';

async function postOf(world: World, day: string, ...members: string[]): Promise<void> {
  await world.run(`2026-01-${day}T09:01:00Z`);
  for (const member of members) await world.answer(member, member !== '12');
}

describe('the open card of a daily question', () => {
  it('says how many have answered of those who took part in the last seven days', async () => {
    const world = await startWorld();
    await world.set();
    await postOf(world, '05', '11', '12', '13');
    await expectSaid(world, '05', '3 people have answered so far');
    await postOf(world, '06', '11');
    await expectSaid(world, '06', `1 of 3 answered so far${among}`);
    // Somebody new is one more of them.
    await postOf(world, '07', '14');
    await expectSaid(world, '07', `1 of 4 answered so far${among}`);
    for (const member of ['11', '12', '13']) await world.answer(member);
    await expectSaid(world, '07', '4 people have answered so far', '10');
  });

  it('forgets whoever took part more than seven days ago, and counts them again when they are back', async () => {
    const world = await startWorld();
    await world.set();
    await postOf(world, '05', '11', '12');
    await postOf(world, '06', '11');
    await postOf(world, '12', '11');
    await expectSaid(world, '12', `1 of 2 answered so far${among}`);
    await postOf(world, '13', '11');
    await expectSaid(world, '13', '1 person has answered so far');
    await postOf(world, '14', '12');
    await expectSaid(world, '14', `1 of 2 answered so far${among}`);
  });

  it('says the same after a restart in the middle, and after a right as after a wrong answer', async () => {
    for (const right of [true, false]) {
      const world = await startWorld();
      await world.set();
      await postOf(world, '05', '11', '12', '13', '14');
      await world.run('2026-01-06T09:01:00Z');
      await world.answer('11', right);
      world.restart();
      await world.poster.serversReady([server]);
      await world.answer('15', right);
      await expectSaid(world, '06', `2 of 5 answered so far${among}`);
    }
  });

  it('counts nobody any more whose data was removed', async () => {
    const world = await startWorld();
    await world.set();
    await postOf(world, '05', '11', '12', '13');
    await postOf(world, '06', '11');
    await expectSaid(world, '06', `1 of 3 answered so far${among}`);
    await world.poster.forgetMember(server, '12');
    await world.profiles.forgetMember(server, '12');
    await world.answer('13');
    await expectSaid(world, '06', '2 people have answered so far', '10');
    // Who begins anew is somebody new.
    await world.answer('12');
    await expectSaid(world, '06', '3 people have answered so far', '15');
  });

  it('reads the days before once for a post, however often its card is edited, and again after somebody was removed', async () => {
    const read: string[] = [];
    const regulars = new Regulars({
      answers: async (_, date) => {
        read.push(date);
        return [{ member: '11' }, { member: date }] as DailyAnswer[];
      },
    });
    const post = { date: '2026-03-03' } as Post;
    for (let edit = 0; edit < 5; edit++) expect(await regulars.before(server, post)).toBe(8);
    const week = ['03-02', '03-01', '02-28', '02-27', '02-26', '02-25', '02-24'].map((day) => `2026-${day}`);
    expect(read).toEqual(week);
    regulars.forget();
    await regulars.before(server, post);
    expect(read).toEqual([...week, ...week]);
  });
});
