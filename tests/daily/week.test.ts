import { describe, expect, it } from 'vitest';
import { endsWeek } from '../../src/daily/post/week.js';
import { server, startWorld, type World } from './world.js';

const days = ['05', '06', '07', '08', '09', '10'];

/** Eleven is right every day of the week; twelve is wrong at first, and thirteen once more wrong than that. */
async function playWeek(world: World): Promise<void> {
  await world.set();
  for (const [index, day] of days.entries()) {
    await world.run(`2026-01-${day}T09:01:00Z`);
    await world.answer('11');
    await world.answer('12', index > 3);
    await world.answer('13', false);
    await world.answer('14', index > 0);
    await world.answer('15', index > 0);
  }
}

describe('the last post of a week', () => {
  it('tells who won it, and which question was hardest, and stays so when more is answered', async () => {
    const world = await startWorld();
    await playWeek(world);
    expect(world.cards().at(-1)?.text).not.toContain('This week');
    await world.run('2026-01-11T09:01:00Z');
    const told = world.cards().at(-1)?.text ?? '';
    expect(told).toContain('### This week\n🏆 <@11> leads with **810** points');
    expect(told).toMatch(/Hardest question: What does q\d do\? \(1 of 5 right\)/);
    await world.run('2026-01-12T09:01:00Z');
    expect(world.cards().at(-1)?.text).not.toContain('This week');
  });

  it('names whoever was right more often than before', async () => {
    const world = await startWorld();
    await playWeek(world);
    for (const day of ['12', '13', '14', '15', '16', '17']) {
      await world.run(`2026-01-${day}T09:01:00Z`);
      await world.answer('13');
      await world.answer('14');
    }
    await world.run('2026-01-18T09:01:00Z');
    expect(world.cards().at(-1)?.text).toContain('Most improved: <@13>, 100 points more of every hundred');
  });

  it('forgets whoever has their data removed', async () => {
    const world = await startWorld();
    await playWeek(world);
    await world.run('2026-01-11T09:01:00Z');
    await world.poster.forgetMember(server, '11');
    await world.answer('16');
    await world.run('2026-01-11T09:02:00Z');
    await expect.poll(() => world.cards().at(-1)?.text).toContain('1\u00a0of\u00a05 answered so far');
    const told = world.cards().at(-1)?.text ?? '';
    expect(told).toContain('Hardest question');
    expect(told).not.toContain('🏆');
  });

  it('names nobody any more who keeps off boards since then', async () => {
    const world = await startWorld();
    await playWeek(world);
    await world.run('2026-01-11T09:01:00Z');
    expect(world.cards().at(-1)?.text).toContain('<@11> leads');
    await world.hidden.set(server, '11', true);
    await world.answer('16');
    await world.run('2026-01-11T09:02:00Z');
    await expect.poll(() => world.cards().at(-1)?.text).toContain('1\u00a0of\u00a06 answered so far');
    const told = world.cards().at(-1)?.text ?? '';
    expect(told).toContain('Hardest question');
    expect(told).not.toContain('<@11>');
  });

  it.each([
    ['2026-01-11', 0b111_1111, true],
    ['2026-01-10', 0b111_1111, false],
    ['2026-01-09', 0b001_1111, true],
    ['2026-01-08', 0b001_1111, false],
    ['2026-01-05', 0b000_0001, true],
  ])('is that of %s among the days %i: %s', (date, chosen, expected) => {
    expect(endsWeek(date, chosen)).toBe(expected);
  });
});
