import { describe, expect, it } from 'vitest';
import { type Post, postId, postRecord } from '../../src/daily/records.js';
import { Batch, recordType } from '../../src/store/store.js';
import { bankOf, channel, question, server, startWorld, textOf, type World } from './world.js';

const monday = '2026-01-05T09:01:00Z';
const tuesday = '2026-01-06T09:01:00Z';

async function opened(): Promise<World> {
  const world = await startWorld();
  await world.set();
  await world.run(monday);
  return world;
}

async function rows(world: World) {
  const found = [];
  for await (const { member, points, source } of world.ledger.rows(server))
    found.push({ member, points, source });
  return found;
}

const boards = (world: World) =>
  Promise.all(
    (['all', 'month', 'week'] as const).map((period) =>
      world.ledger.page(server, { period, zone: 'UTC' }, { index: 0 }),
    ),
  );

const source = 'daily:2026-01-05';

describe('what boards say of a daily question', () => {
  it('does not change while it is open; all of it is there when it closes', async () => {
    const world = await opened();
    const before = await boards(world);
    expect(await world.answer('11')).toContain('when the question closes');
    expect(await world.answer('12', false)).not.toContain('when the question closes');
    expect(await boards(world)).toEqual(before);
    expect(await world.poster.heldPoints(server, '11')).toBe(110);
    expect(await world.poster.heldPoints(server, '12')).toBe(0);
    await world.run(tuesday);
    expect(await rows(world)).toEqual([
      { member: '11', points: 110, source },
      { member: '12', points: 0, source },
    ]);
    expect(await world.poster.heldPoints(server, '11')).toBe(0);
  });

  it('counts for the day of the answer, not for that of the closing', async () => {
    const world = await startWorld('2026-01-31T08:00:00Z');
    await world.set();
    await world.run('2026-01-31T09:01:00Z');
    await world.answer('11');
    await world.run('2026-02-01T09:01:00Z');
    const month = await world.ledger.page(server, { period: 'month', zone: 'UTC' }, { index: 0 });
    const all = await world.ledger.page(server, { period: 'all', zone: 'UTC' }, { index: 0 });
    expect([month.members, all.rows[0]?.points]).toEqual([0, 110]);
  });

  it('is the same after a kill at any moment of the closing', async () => {
    const world = await opened();
    await world.answer('11');
    const killed: string[] = [];
    // Sent, and not recorded: the next process finds the message, and closes the one before.
    world.channels.around = async (what, effect) => {
      const made = await effect();
      if (killed.length < 3) {
        killed.push(what);
        await new Promise(() => {});
      }
      return made;
    };
    await world.clock.advanceTo('2026-01-06T09:00:00Z');
    for (let life = 0; life < 5; life++) {
      world.poster.tick();
      await new Promise((resolve) => setTimeout(resolve, 30));
      void world.restart(await world.temp.reopen()).serversReady([server]);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(killed).toHaveLength(3);
    expect(await rows(world)).toEqual([{ member: '11', points: 110, source }]);
  });

  it('names nobody who had their data removed before it closed', async () => {
    const world = await opened();
    await world.answer('11');
    await world.answer('12');
    await world.poster.forgetMember(server, '11');
    await world.ledger.forgetMember(server, '11');
    await world.run(tuesday);
    expect((await rows(world)).map(({ member }) => member)).toEqual(['12']);
  });

  it('has no answer twice to a post that an older version made and booked', async () => {
    const world = await opened();
    const id = postId(server, '2026-01-05');
    const { counts: _, ...old } = (await world.temp.store.get(postRecord, id)) as Post;
    await world.temp.store.commit(
      new Batch().put(recordType<Post>('daily-post', postRecord.schema), id, () => old),
    );
    world.restart(await world.temp.reopen());
    await world.poster.serversReady([server]);
    expect(await world.answer('11')).not.toContain('when the question closes');
    expect(await rows(world)).toHaveLength(1);
    await world.run(tuesday);
    expect(await rows(world)).toEqual([{ member: '11', points: 110, source }]);
    await world.answer('11');
    await world.run('2026-01-07T09:01:00Z');
    expect((await rows(world)).map(({ points }) => points)).toEqual([110, 120]);
  });

  it('has it when the question has left the bank by then', async () => {
    const world = await opened();
    await world.answer('11');
    await world.restart(await world.temp.reopen(), bankOf([question('new')])).serversReady([server]);
    await world.run(tuesday);
    expect(await rows(world)).toEqual([{ member: '11', points: 110, source }]);
  });
});

describe('turning the daily question off', () => {
  it('closes the open one: the card shows its answer, and its points count', async () => {
    const world = await opened();
    await world.answer('11');
    expect(textOf(await world.poster.off(server))).toContain('closes now');
    await world.clock.settle();
    expect(world.cards()).toMatchObject([{ open: false, text: expect.stringContaining('1 answered') }]);
    expect(await rows(world)).toEqual([{ member: '11', points: 110, source }]);
    expect(textOf(await world.poster.status(server))).not.toContain('is open');
    expect(textOf(await world.poster.off(server))).toContain('off already');
  });

  it('and on again goes on with streaks, and books nothing twice', async () => {
    const world = await opened();
    await world.answer('11');
    await world.poster.off(server);
    await world.clock.settle();
    await world.set();
    await world.run(tuesday);
    expect(await world.answer('11')).toContain('2 daily questions in a row');
    await world.run('2026-01-07T09:01:00Z');
    expect((await rows(world)).map(({ points }) => points)).toEqual([110, 120]);
    expect(world.cards().filter(({ open }) => open)).toHaveLength(1);
  });

  it('while a post is on its way closes that one as soon as it is there', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.around = async (what, effect) => {
      if (what === 'send') await world.poster.off(server);
      return effect();
    };
    await world.run(monday);
    expect(world.channels.in(channel)).toHaveLength(1);
    expect(world.cards()).toMatchObject([{ open: false }]);
  });
});
