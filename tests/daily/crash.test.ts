import { describe, expect, it } from 'vitest';
import { isLong } from '../helpers/long.js';
import { Mortality } from '../helpers/mortality.js';
import { channel, missingPermissions, server, startWorld, type World } from './world.js';

/** The question of the 5th was posted and answered by 11; the process that lives on the 6th dies at that effect. */
async function killedAt(effect: number, when: 'before' | 'after'): Promise<{ world: World; died: boolean }> {
  const world = await startWorld();
  await world.set();
  await world.run('2026-01-05T09:01:00Z');
  await world.answer('11');
  await world.clock.advanceTo('2026-01-06T08:59:00Z');
  const mortality = new Mortality(effect, when);
  const mortal = world.restart(mortality.store(world.temp.store));
  world.channels.around = mortality.around;
  await mortal.serversReady([server]);
  await world.clock.advanceTo('2026-01-06T09:00:00Z');
  mortal.tick();
  await Promise.race([mortal.idle(), mortality.died]);
  world.channels.around = async (_, run) => run();
  return { world, died: mortality.dead };
}

/** Effects of one post: intent, message, record of it, edit of the card before, record of that. */
const effects = 5;

describe('a process killed while it posts', () => {
  // What is there before an effect is what was there after the one before it: both ways in the long suite only.
  const moments = Array.from({ length: effects }, (_, index) => index + 1).flatMap((effect) =>
    (isLong || effect === effects ? (['before', 'after'] as const) : (['before'] as const)).map(
      (when) => [when, effect] as const,
    ),
  );

  it('has five effects on the world, so that the moments below are all there are', async () => {
    for (const [effect, died] of [
      [effects, true],
      [effects + 1, false],
    ] as const) {
      const killed = await killedAt(effect, 'after');
      expect(killed.died).toBe(died);
      killed.world.restart();
    }
  });

  describe.each([
    ['a minute later', '2026-01-06T09:01:10Z', true, true],
    ['hours later', '2026-01-06T15:00:00Z', true, true],
    ['hours later, where nonces are not kept', '2026-01-06T15:00:00Z', true, false],
    ['a minute later, where the history is hidden', '2026-01-06T09:01:10Z', false, true],
  ])('and started again %s', (_, at, readable, noncesHold) => {
    it.each(moments)(
      '%s effect %i: posts once, closes the one before, takes answers',
      async (when, effect) => {
        const { world } = await killedAt(effect, when);
        Object.assign(world.channels, { readable, noncesHold });
        world.clock.jumpTo(at);
        await world.restart().serversReady([server]);
        await world.run(new Date(Date.parse(at) + 2 * 3_600_000).toISOString());
        expect(world.cards().map(({ postId, open }) => [postId, open])).toEqual([
          [`${server}-2026-01-05`, false],
          [`${server}-2026-01-06`, true],
        ]);
        expect(await world.answer('11')).toContain('2 daily questions in a row');
        expect(await world.answer('11', false)).toContain('already');
        await world.run('2026-01-07T09:01:00Z');
        expect(world.cards().map(({ open }) => open)).toEqual([false, false, true]);
        expect(world.cards().at(-1)?.text).toContain('1 answered, 100\u00a0% right');
        expect(await world.answer('11')).toContain('3 daily questions in a row');
      },
    );
  });

  it.each(moments)(
    '%s effect %i and started again hours later never posts twice, also where nothing can be known',
    async (when, effect) => {
      const { world } = await killedAt(effect, when);
      Object.assign(world.channels, { readable: false, noncesHold: false });
      world.clock.jumpTo('2026-01-06T15:00:00Z');
      await world.restart().serversReady([server]);
      await world.run('2026-01-06T17:00:00Z');
      const today = world.cards().filter(({ postId }) => postId.endsWith('2026-01-06'));
      expect(today.length).toBeLessThanOrEqual(1);
      if (today.length === 1) expect(await world.answer('11')).toContain('2 daily questions in a row');
      await world.run('2026-01-07T09:01:00Z');
      expect(await world.answer('11')).toContain(
        today.length === 1 ? '3 daily questions' : '2 daily questions',
      );
      expect(world.cards().filter(({ open }) => open)).toHaveLength(1);
    },
  );

  it.each(moments)(
    '%s effect %i and started again the next day leaves nothing behind',
    async (when, effect) => {
      const { world } = await killedAt(effect, when);
      world.clock.jumpTo('2026-01-07T03:00:00Z');
      await world.restart().serversReady([server]);
      await world.run('2026-01-07T09:01:00Z');
      const cards = world.cards().map(({ postId }) => postId.slice(-2));
      expect(new Set(cards).size).toBe(cards.length);
      expect(cards.at(-1)).toBe('07');
      expect(world.cards().map(({ open }) => open)).toEqual(
        cards.map((_, index) => index === cards.length - 1),
      );
    },
  );
});

describe('a refused post', () => {
  it('is known as refused after a restart: it is made as soon as it can be, also where the history is hidden', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.in(channel).push({ id: '1', nonce: undefined, message: { components: [] } });
    world.channels.readable = false;
    world.channels.failures.push({ error: missingPermissions() });
    await world.run('2026-01-05T09:00:30Z');
    world.clock.jumpTo('2026-01-05T15:00:00Z');
    await world.restart().serversReady([server]);
    await world.poster.idle();
    expect(world.cards().at(-1)?.postId).toBe(`${server}-2026-01-05`);
  });
});
