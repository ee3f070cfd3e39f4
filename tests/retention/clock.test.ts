import { describe, expect, it, onTestFinished } from 'vitest';
import { type Shards, shardOf } from '../../src/discord/shards.js';
import type { Keeper } from '../../src/people/keeper.js';
import { Retention } from '../../src/retention/service.js';
import { Memory } from '../../src/store/held.js';
import { ManualClock } from '../helpers/clock.js';
import { type TempStore, tempStore } from '../helpers/store.js';
import { mentionsOf, recordsIn } from './records.js';

const dayMs = 24 * 60 * 60_000;
const one: Shards = { ids: [0], count: 1 };

/** An id on the given shard of four (and so of two). */
const serverOn = (shard: number, n = 1): string => String((BigInt(n * 4 + shard) << 22n) + 7n);
const home = serverOn(0);
const away = serverOn(0, 2);

/** Notes what it is told to forget. */
class Keeping implements Keeper {
  readonly name = 'keeping';
  readonly forgotten: string[] = [];
  fails: string | undefined;

  async forgetScope(scope: string): Promise<void> {
    if (this.fails === scope) throw new Error('no');
    this.forgotten.push(scope);
  }
}

async function world() {
  const temp = await tempStore();
  return { temp, clock: new ManualClock(), keeping: new Keeping() };
}

type World = Awaited<ReturnType<typeof world>>;

/** A process that starts and is told in which servers it is. */
async function started(scene: World, servers: readonly string[], shards = one): Promise<Retention> {
  const { temp, clock, keeping } = scene;
  const retention = new Retention({
    memory: new Memory(temp.store),
    clock,
    log: temp.log,
    keepers: [keeping],
  });
  onTestFinished(clock.settleWith(() => retention.idle()));
  onTestFinished(() => retention.stop());
  await retention.start(shards, servers);
  return retention;
}

const complaints = ({ lines }: TempStore) => lines.filter(({ level }) => level >= 40).map(({ msg }) => msg);

describe('a server that the bot has left', () => {
  it('keeps its data for 30 days, and no longer', async () => {
    const scene = await world();
    const { clock, keeping, temp } = scene;
    const retention = await started(scene, [home, away]);
    await clock.advanceBy(3 * dayMs);
    await retention.serverLeft(away);
    await clock.advanceBy(29 * dayMs);
    expect(keeping.forgotten).toEqual([]);
    await clock.advanceBy(2 * dayMs);
    expect(keeping.forgotten).toEqual([away]);
    await clock.advanceBy(90 * dayMs);
    expect(keeping.forgotten).toEqual([away]);
    await retention.stop();
    await temp.store.close();
    const records = await recordsIn(temp.url);
    expect(mentionsOf(records, away)).toEqual([]);
    expect(mentionsOf(records, home)).toEqual(['servers:1/0:0']);
  });

  it('keeps everything when the bot comes back in time, and the days count anew when it leaves again', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const retention = await started(scene, [home]);
    await retention.serverLeft(home);
    await clock.advanceBy(29 * dayMs);
    await retention.serverJoined(home);
    await clock.advanceBy(60 * dayMs);
    expect(keeping.forgotten).toEqual([]);
    await retention.serverLeft(home);
    await clock.advanceBy(29 * dayMs);
    expect(keeping.forgotten).toEqual([]);
    await clock.advanceBy(2 * dayMs);
    expect(keeping.forgotten).toEqual([home]);
  });

  it('is told of twice and counts from the first time', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const retention = await started(scene, [home]);
    await retention.serverLeft(home);
    await clock.advanceBy(20 * dayMs);
    await retention.serverLeft(home);
    await clock.advanceBy(11 * dayMs);
    expect(keeping.forgotten).toEqual([home]);
  });

  it('is remembered over restarts, and removed at the first start after the 30 days', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const before = await started(scene, [home, away]);
    await before.serverLeft(away);
    await before.stop();
    clock.jumpTo(clock.now() + 20 * dayMs);
    await (await started(scene, [home])).stop();
    clock.jumpTo(clock.now() + 10 * dayMs);
    await started(scene, [home]);
    expect(keeping.forgotten).toEqual([away]);
  });

  it('is missed at the next start when that happened while the bot was down; from then the days count', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    await (await started(scene, [home, away])).stop();
    clock.jumpTo(clock.now() + 40 * dayMs);
    await started(scene, [home]);
    await clock.advanceBy(29 * dayMs);
    expect(keeping.forgotten).toEqual([]);
    await clock.advanceBy(2 * dayMs);
    expect(keeping.forgotten).toEqual([away]);
  });

  it('counts as never left when the bot was added again while it was down', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const before = await started(scene, [home]);
    await before.serverLeft(home);
    await before.stop();
    clock.jumpTo(clock.now() + 31 * dayMs);
    await started(scene, [home]);
    await clock.advanceBy(31 * dayMs);
    expect(keeping.forgotten).toEqual([]);
  });

  it('is known although it was joined only after the start', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const before = await started(scene, []);
    await before.serverJoined(home);
    await before.stop();
    await started(scene, []);
    await clock.advanceBy(31 * dayMs);
    expect(keeping.forgotten).toEqual([home]);
  });

  it('is tried again daily when its data could not be removed, and holds up no other', async () => {
    const scene = await world();
    const { clock, keeping, temp } = scene;
    const retention = await started(scene, [home, away]);
    await Promise.all([retention.serverLeft(home), retention.serverLeft(away)]);
    keeping.fails = home;
    await clock.advanceBy(31 * dayMs);
    expect(keeping.forgotten).toEqual([away]);
    expect(complaints(temp)).toContain('What a server left behind could not be looked after');
    keeping.fails = undefined;
    await clock.advanceBy(dayMs);
    expect(keeping.forgotten).toEqual([away, home]);
  });

  it('stays when the bot comes back in the moment of the removal, and is known further on', async () => {
    const scene = await world();
    const { clock, keeping } = scene;
    const retention = await started(scene, [home]);
    await retention.serverLeft(home);
    await clock.advanceBy(29 * dayMs);
    clock.jumpTo(clock.now() + 2 * dayMs);
    const checked = clock.settle();
    await Promise.all([retention.serverJoined(home), checked]);
    await clock.advanceBy(dayMs);
    await retention.serverLeft(home);
    await clock.advanceBy(31 * dayMs);
    expect(keeping.forgotten).toEqual([home]);
  });
});

describe('a bot that is in none of the servers of its database', () => {
  it('is asked whether it is the right one', async () => {
    const scene = await world();
    const servers = Array.from({ length: 12 }, (_, n) => serverOn(0, n + 1));
    await (await started(scene, servers)).stop();
    expect(complaints(scene.temp)).toEqual([]);
    await started(scene, []);
    expect(complaints(scene.temp)).toEqual([expect.stringContaining('Is it the right bot?')]);
  });
});

describe('several processes', () => {
  it('each remove the data of their own shards', async () => {
    const scene = await world();
    const { clock, temp } = scene;
    const keepings = [0, 1].map(() => new Keeping());
    const servers = [0, 1].map((shard) => serverOn(shard));
    const processes: Retention[] = [];
    for (const id of [0, 1]) {
      const own = { ...scene, keeping: keepings[id] as Keeping };
      processes.push(await started(own, [servers[id] as string], { ids: [id], count: 2 }));
    }
    await Promise.all(processes.map((process, id) => process.serverLeft(servers[id] as string)));
    await clock.advanceBy(31 * dayMs);
    expect(keepings.map(({ forgotten }) => forgotten)).toEqual(servers.map((server) => [server]));
    expect(complaints(temp)).toEqual([]);
  });

  it.each([
    [1, 4],
    [4, 1],
    [4, 2],
  ])('take over from %i what is theirs when there are %i, and no list of old remains', async (old, now) => {
    const scene = await world();
    const { clock, temp } = scene;
    const servers = Array.from({ length: 12 }, (_, n) => serverOn(n % 4, n + 1));
    const of = (id: number, count: number) => servers.filter((server) => shardOf(server, count) === id);
    for (let id = 0; id < old; id++)
      await (await started(scene, of(id, old), { ids: [id], count: old })).stop();
    const [gone = '', ...left] = servers;

    const keepings = Array.from({ length: now }, () => new Keeping());
    // Shard 0's process last: the others do not need it.
    for (let id = now - 1; id >= 0; id--) {
      const present = of(id, now).filter((server) => server !== gone);
      await started({ ...scene, keeping: keepings[id] as Keeping }, present, { ids: [id], count: now });
    }
    await clock.advanceBy(31 * dayMs);
    expect(keepings.map(({ forgotten }) => forgotten)).toEqual(
      keepings.map((_, id) => (shardOf(gone, now) === id ? [gone] : [])),
    );

    const next = await started(
      scene,
      of(0, now).filter((server) => server !== gone),
      { ids: [0], count: now },
    );
    await next.stop();
    await temp.store.close();
    const records = await recordsIn(temp.url);
    expect(mentionsOf(records, gone)).toEqual([]);
    expect(mentionsOf(records, left[0] as string)).toEqual([
      `servers:${now}/${shardOf(left[0] as string, now)}:0`,
    ]);
    expect(records.filter(({ key }) => key.startsWith(`servers:${old}/`))).toEqual([]);
  });
});
