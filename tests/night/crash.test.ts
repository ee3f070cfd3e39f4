import { describe, expect, it } from 'vitest';
import { isLong } from '../helpers/long.js';
import { Mortality } from '../helpers/mortality.js';
import { channel, guild, type NightWorld, nightWorld } from './world.js';

const ada = '400000000000000001';
const ben = '400000000000000002';

/** A night is set; whoever lives from `from` on dies at that effect, within two minutes. */
async function killedAt(
  from: string,
  effect: number,
  when: 'before' | 'after',
): Promise<{ world: NightWorld; effects: number }> {
  const world = await nightWorld();
  await world.set();
  if (from > '2026-01-09') {
    await world.at('2026-01-08T20:00:00Z');
    await remind(world, ada, ben);
  }
  world.clock.jumpTo(from);
  const mortality = new Mortality(effect, when);
  const mortal = mortality.store(world.temp.store);
  world.channels.around = mortality.around;
  await Promise.race([living(world, mortal), mortality.died]);
  world.channels.around = async (_, run) => run();
  return { world, effects: mortality.effects };
}

async function living(world: NightWorld, store: Parameters<NightWorld['restart']>[0]): Promise<void> {
  await world.restart(store);
  world.nights.tick();
  await world.nights.idle();
  await world.quizzes.idle();
}

async function remind(world: NightWorld, ...members: string[]): Promise<void> {
  const [id = ''] = world.ids('remind');
  for (const member of members) await world.remind(id, member);
}

/** What is there before an effect is what was there after the one before it: both ways in the long suite only. */
const moments = (effects: number, whens: readonly ('before' | 'after')[] = ['before', 'after']) =>
  Array.from({ length: effects }, (_, index) => index + 1).flatMap((effect) =>
    whens.filter((when) => isLong || when === 'after' || effect === 1).map((when) => [when, effect] as const),
  );

/** The intent, the event's intent, the event, its record, the post's intent, the post, its record. */
const announcing = 7;
/** Two changes about the lobby, its post and its record, three about two reminders, these, an edit and its record. */
const opening = 10;

describe('a process killed while it announces a night', () => {
  const from = '2026-01-08T20:00:00Z';

  it('has so many effects on the world, so that the moments below are all there are', async () => {
    expect((await killedAt(from, Number.POSITIVE_INFINITY, 'after')).effects).toBe(announcing);
  });

  it.each([
    ['a minute', '2026-01-08T20:01:10Z', true, ['before', 'after']],
    ['hours', '2026-01-09T03:00:00Z', true, ['after']],
    ['a minute, where the history is hidden,', '2026-01-08T20:01:10Z', false, ['after']],
  ] as const)(
    'and started again after %s announces it once, with one event',
    async (_, back, readable, whens) => {
      for (const [when, effect] of moments(announcing, whens)) {
        const { world } = await killedAt(from, effect, when);
        world.channels.readable = readable;
        world.clock.jumpTo(back);
        await world.restart();
        await world.clock.settle();
        await world.minutes(1);
        expect([when, effect, world.ids('remind').length, world.events.all.size]).toEqual([
          when,
          effect,
          1,
          1,
        ]);
        await world.at('2026-01-09T19:55:00Z');
        expect(world.saying('the lobby is open')).toBe(1);
      }
    },
  );
});

describe('a process killed while it opens the lobby', () => {
  const from = '2026-01-09T19:55:00Z';

  it('has so many effects on the world, so that the moments below are all there are', async () => {
    expect((await killedAt(from, Number.POSITIVE_INFINITY, 'after')).effects).toBe(opening);
  });

  it.each([
    ['a minute', '2026-01-09T19:56:10Z', ['before', 'after']],
    ['four minutes', '2026-01-09T19:59:00Z', ['after']],
    ['half an hour', '2026-01-09T20:30:00Z', ['after']],
  ] as const)(
    'and started again after %s opens it once, tells each once, and holds one night',
    async (_, back, whens) => {
      for (const [when, effect] of moments(opening, whens)) {
        const { world } = await killedAt(from, effect, when);
        world.clock.jumpTo(back);
        await world.restart();
        await world.clock.settle();
        await world.minutes(1);
        const told = world.channels.direct.map(({ userId }) => userId);
        expect(new Set(told).size).toBe(told.length);
        await world.minutes(8);
        const held = world.saying('the lobby is open') + world.saying('is over');
        const cards = world.channels
          .in(channel)
          .filter(({ message }) => JSON.stringify(message).includes('quiz:'));
        expect([when, effect, held, cards.length <= 1]).toEqual([when, effect, 1, true]);
        expect([when, effect, world.saying('Nobody came this time')]).toEqual([when, effect, 1]);
        if (back < '2026-01-09T19:57') expect(told.sort()).toEqual([ada, ben]);
      }
    },
  );
});

describe('a process killed when a night is over', () => {
  it('counts it once and tells of it once', async () => {
    for (const [when, effect] of moments(4)) {
      const world = await nightWorld();
      await world.set();
      await world.at('2026-01-08T20:00:00Z');
      await world.at('2026-01-09T19:55:00Z');
      await world.join(ada, ben);
      await world.clock.advanceTo('2026-01-09T20:00:01Z');
      await world.clock.settle();
      await world.answer({ [ada]: true, [ben]: false });
      // Over, and nobody has told the night so far.
      world.quizzes.whenOver(() => {});
      await world.answer({ [ada]: true, [ben]: false });
      expect(world.saying('Quiz results')).toBe(1);
      const mortality = new Mortality(effect, when);
      world.channels.around = mortality.around;
      await Promise.race([living(world, mortality.store(world.temp.store)), mortality.died]);
      world.channels.around = async (_, run) => run();
      world.clock.jumpTo(world.clock.now() + 30 * 60_000);
      await world.restart();
      await world.clock.settle();
      await world.minutes(2);
      expect([when, effect, world.saying('1 night so far')]).toEqual([when, effect, 1]);
      expect(await world.nights.exportMember(guild, ada)).toMatchObject({ nights: [{ date: '2026-01-09' }] });
    }
  });
});
