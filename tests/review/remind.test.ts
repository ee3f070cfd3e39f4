import { describe, expect, it } from 'vitest';
import { restart, type Stage, stage } from '../helpers/stage.js';
import { dayMs, labels, miss, reviewed } from './play.js';

const minuteMs = 60_000;

/** One who has missed something, and is reminded at 08:00 of that place. */
async function reminded(zone = 'UTC') {
  const world = await stage();
  await miss(world.ada, 'advanced topic:queries', world.clock);
  const set = await world.ada.slash(`/review remind time:08:00 timezone:${zone}`);
  return { ...world, set };
}

const messages = ({ ada }: Pick<Stage, 'ada'>) => ada.dm.messages.length;

/** Sets the clock to a minute before, and lets two minutes pass. */
async function pass({ clock }: Pick<Stage, 'clock'>, at: string): Promise<void> {
  clock.jumpTo(Date.parse(at) - minuteMs);
  await clock.advanceBy(2 * minuteMs);
}

describe('a reminder', () => {
  it('comes at its hour on a day with something due, once', async () => {
    const world = await reminded();
    const { ada, set, clock, discord } = world;
    expect(set.text).toContain('**08:00** (UTC)');
    await pass(world, '2026-03-05T08:00Z');
    expect(messages(world)).toBe(1);
    const card = ada.dm.last;
    expect(card.text).toContain('**1 card** to review today in `Study group`');
    expect(card.text).toContain(`<#${world.drills.id}>`);
    await clock.advanceBy(60 * minuteMs);
    expect(messages(world)).toBe(1);
    await reviewed(ada, true);
    // Comes back in three days.
    await pass(world, '2026-03-06T08:00Z');
    await pass(world, '2026-03-07T08:00Z');
    expect(messages(world)).toBe(1);
    await pass(world, '2026-03-08T08:00Z');
    expect(messages(world)).toBe(2);
    expect(discord.violations).toEqual([]);
  });

  it.each([
    ['before the clocks go forward', '2026-03-28T07:00Z'],
    ['after', '2026-03-29T06:00Z'],
    ['before they go back', '2026-10-24T06:00Z'],
    ['after', '2026-10-25T07:00Z'],
  ])('goes by the clock on the wall, %s', async (_, at) => {
    const world = await reminded('Europe/Berlin');
    world.clock.jumpTo(Date.parse(at) - 5 * minuteMs);
    await world.clock.advanceBy(4 * minuteMs);
    const before = messages(world);
    await world.clock.advanceBy(2 * minuteMs);
    expect(messages(world) - before).toBe(1);
  });

  it('comes later on the same day when the bot was away at the hour, and not on the day after', async () => {
    const world = await reminded();
    const { clock } = world;
    const late = await restart(world, () => clock.jumpTo('2026-03-05T11:00Z'));
    await clock.advanceBy(minuteMs);
    expect(messages(world)).toBe(1);
    await late.stop();
    await restart({ ...world, bot: late }, () => clock.jumpTo('2026-03-07T00:10Z'));
    await clock.advanceBy(minuteMs);
    expect(messages(world)).toBe(1);
  });

  it.each([
    ['arrived', { status: 502, after: true, times: 6 }],
    ['did not arrive', { status: 502, times: 6 }],
  ] as const)(
    'whose answer from Discord got lost is there once after a restart, when it %s',
    async (_, fault) => {
      const world = await reminded();
      world.discord.faults.next('POST /channels/:id/messages', fault);
      await pass(world, '2026-03-05T08:00Z');
      const again = await restart(world, () => world.clock.jumpTo(world.clock.now() + 10 * minuteMs));
      await world.clock.advanceBy(2 * minuteMs);
      expect(messages(world)).toBe(1);
      await again.stop();
      await restart({ ...world, bot: again });
      await world.clock.advanceBy(20 * minuteMs);
      expect(messages(world)).toBe(1);
    },
  );

  it('of a day comes though that of the day before was still under way when the bot went away', async () => {
    const world = await reminded();
    world.discord.faults.next('POST /channels/:id/messages', { status: 502, times: 6 });
    world.clock.jumpTo('2026-03-05T07:59:30Z');
    await world.clock.advanceBy(minuteMs);
    expect(messages(world)).toBe(0);
    await restart(world, () => world.clock.jumpTo('2026-03-06T08:30Z'));
    await world.clock.advanceBy(2 * minuteMs);
    expect(messages(world)).toBe(1);
    await world.clock.advanceBy(60 * minuteMs);
    expect(messages(world)).toBe(1);
  });

  it('turns itself off after three that were not followed, and says so', async () => {
    const world = await reminded();
    const { ada } = world;
    for (const day of [5, 6, 7]) await pass(world, `2026-03-0${day}T08:00Z`);
    expect(messages(world)).toBe(3);
    expect(ada.dm.last.text).toContain('turn themselves off');
    await pass(world, '2026-03-08T08:00Z');
    await pass(world, '2026-03-09T08:00Z');
    expect(messages(world)).toBe(3);
    expect((await ada.slash('/review status')).text).toContain('turned itself off');
    await ada.slash('/review remind time:09:00');
    await pass(world, '2026-03-10T09:00Z');
    expect(messages(world)).toBe(4);
  });

  it('that was followed goes on', async () => {
    const world = await reminded();
    for (const day of [5, 6, 7, 8, 9]) {
      await pass(world, `2026-03-0${day}T08:00Z`);
      if (day === 7) await reviewed(world.ada, false);
    }
    expect(messages(world)).toBe(5);
  });

  it('turns itself off where direct messages are closed, and says so', async () => {
    const world = await reminded();
    world.ada.user.refusesDirectMessages = true;
    await pass(world, '2026-03-05T08:00Z');
    expect((await world.ada.slash('/review status')).text).toContain('you take no direct messages from me');
  });

  it('is turned off by its own button, and by the command', async () => {
    const world = await reminded();
    const { ada } = world;
    await pass(world, '2026-03-05T08:00Z');
    expect(labels(ada.dm.last)).toEqual(['Turn off']);
    expect((await ada.press(ada.dm.last, 'Turn off')).text).toContain('No more reminders');
    await pass(world, '2026-03-06T08:00Z');
    expect(messages(world)).toBe(1);
    expect((await ada.slash('/review remind off:True')).text).toContain('off already');
  });

  it('in direct messages, starts what is due there', async () => {
    const world = await stage();
    const { ada, clock } = world;
    const there = { channel: ada.dm };
    await clock.advance('5s');
    const card = await ada.slash('/question advanced topic:queries private:true', there);
    await ada.press(card, card.text.includes('**A**  the right option') ? 'B' : 'A');
    await ada.slash('/review remind time:08:00 timezone:America/New_York', there);
    await pass(world, '2026-03-05T13:00Z');
    const session = await ada.press(ada.dm.last, 'Review 1 due');
    expect(session.text).toContain('question 1 of 1');
  });

  const refusals = [
    ['/review remind', 'Give a `time`'],
    ['/review remind time:08:00', 'Give a `timezone`'],
    ['/review remind time:25:00 timezone:UTC', '`25:00` is not a time of day'],
    ['/review remind time:08:00 timezone:Nowhere/Land', '`Nowhere/Land` is not a time zone'],
  ] as const;

  it('is refused in plain words with options that cannot be', async () => {
    const { ada } = await stage();
    for (const [typed, words] of refusals) expect((await ada.slash(typed)).text, typed).toContain(words);
  });

  it('keeps to one a day when it is set to a later hour', async () => {
    const world = await reminded();
    await pass(world, '2026-03-05T08:00Z');
    await world.ada.slash('/review remind time:09:00');
    await pass(world, '2026-03-05T09:00Z');
    expect(messages(world)).toBe(1);
    world.clock.jumpTo(world.clock.now() + dayMs);
  });
});
