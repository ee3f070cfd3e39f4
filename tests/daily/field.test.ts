import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Schedule, scheduleRecord } from '../../src/daily/records.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
import {
  admin,
  apiError,
  buttonsOf,
  channel,
  missingPermissions,
  question,
  server,
  startWorld,
  textOf,
  type World,
} from './world.js';

const dates = (cards: readonly { readonly postId: string }[]): string[] =>
  cards.map(({ postId }) => postId.slice(-10));

const autoMod = () => apiError(400, 200000, 'Message was blocked by automatic moderation');

/** The store as it is for a bot that cannot read one server's record. */
function unreadable(store: Store, guildId: string, isBroken: () => boolean): Store {
  const refuse = (ids: readonly string[]): void => {
    if (isBroken() && ids.includes(guildId)) throw new StoreError('cannot be read', { fault: 'read' });
  };
  return {
    get: async (type, id) => {
      refuse([id]);
      return store.get(type, id);
    },
    getMany: async (type, ids) => {
      refuse(ids);
      return store.getMany(type, ids);
    },
    commit: (batch) => store.commit(batch),
    onRollback: (listener) => store.onRollback(listener),
    close: () => store.close(),
  };
}

describe('a record that cannot be read', () => {
  it('silences no other server, is read again until it works, and is told to health meanwhile', async () => {
    const world = await startWorld();
    const servers = Array.from({ length: 200 }, (_, index) => String(7_000 + index));
    const change = { minute: 9 * 60, zone: 'UTC' };
    await Promise.all(
      servers.map((id) => world.poster.set(id, admin, { ...change, channelId: `9${id}` }, channel)),
    );
    let broken = true;
    world.restart(unreadable(world.temp.store, '7100', () => broken));
    await world.poster.serversReady(servers);
    expect(world.poster.healthy()).toBe(false);
    await world.run('2026-01-05T09:00:30Z');
    expect(servers.filter((id) => world.cards(`9${id}`).length === 0)).toEqual(['7100']);
    broken = false;
    await world.run('2026-01-05T09:10:00Z');
    expect(world.cards('97100')).toHaveLength(1);
    expect(world.poster.healthy()).toBe(true);
  });

  it('because a newer version wrote it is kept', async () => {
    const world = await startWorld();
    const newer = recordType('daily', z.object({ much: z.string() }), 99);
    await world.temp.store.commit(new Batch().put(newer, server, () => ({ much: 'news' })));
    await world.restart().serversReady([server]);
    expect(world.poster.healthy()).toBe(false);
    await expect(world.set()).rejects.toThrow('newer version');
    expect(await world.temp.store.get(newer, server)).toEqual({ much: 'news' });
  });
});

describe('a clock that was a week ahead for a while', () => {
  it('stops neither the posts nor the streaks', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11');
    world.clock.jumpTo('2026-01-12T09:00:00Z');
    world.poster.tick();
    await world.poster.idle();
    await world.answer('11');
    world.clock.jumpTo('2026-01-06T08:00:00Z');
    await world.restart().serversReady([server]);
    expect(textOf(await world.poster.status(server))).toContain('<t:1767690000:F>');
    await world.run('2026-01-07T09:01:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05', '2026-01-12', '2026-01-06', '2026-01-07']);
    expect(await world.answer('11')).not.toContain('closed');
    await world.run('2026-01-08T09:01:00Z');
    expect(await world.answer('11')).toContain('2 daily questions in a row');
  });

  it('does not keep a schedule dead that was set meanwhile', async () => {
    const world = await startWorld('2026-01-12T08:00:00Z');
    await world.set();
    world.clock.jumpTo('2026-01-05T08:00:00Z');
    await world.restart().serversReady([server]);
    await world.run('2026-01-05T09:00:30Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });
});

describe('AutoMod', () => {
  it('that blocks a question gets another one, and the admin is told which and why', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.failures.push({ error: autoMod() }, { error: autoMod() });
    await world.run('2026-01-05T09:00:30Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
    expect(world.channels.direct.map(({ userId }) => userId)).toEqual([admin]);
    expect(world.channels.direct[0]?.text).toMatch(/blocked the daily question `q\d`, `q\d`/);
    const posted = /What does (\w+) do/.exec(world.cards()[0]?.text ?? '')?.[1];
    expect(world.channels.direct[0]?.text).not.toContain(`\`${posted}\``);
  });

  it('that blocks every question is reported at once, and not tried again that day', async () => {
    const world = await startWorld();
    await world.set();
    let sends = 0;
    world.channels.around = async (what, effect) => {
      if (what === 'send') sends++;
      return effect();
    };
    world.channels.failures.push(...Array.from({ length: 50 }, () => ({ error: autoMod() })));
    await world.run('2026-01-05T23:00:00Z');
    expect(sends).toBeLessThanOrEqual(4);
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('AutoMod');
    world.channels.failures.length = 0;
    await world.run('2026-01-06T09:01:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06']);
  });
});

describe('a post that fails', () => {
  it('when its day is over meanwhile is reported, and logged as what it is', async () => {
    const world = await startWorld('2026-01-05T22:00:00Z');
    await world.set({ minute: 23 * 60 + 59 });
    world.channels.around = async (what, effect) => {
      if (what === 'send') world.clock.jumpTo('2026-01-06T00:00:40Z');
      return effect();
    };
    world.channels.failures.push({ error: missingPermissions() });
    await world.run('2026-01-05T23:59:00Z').catch(() => {});
    await world.poster.idle();
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('Missing Permissions');
    expect(world.temp.lines.some(({ msg }) => msg === 'The daily question could not be posted')).toBe(true);
  });

  it('and is over when the bot is back is reported then', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.failures.push({ error: missingPermissions() });
    await world.run('2026-01-05T09:00:30Z');
    world.clock.jumpTo('2026-01-06T03:00:00Z');
    await world.restart().serversReady([server]);
    await world.poster.idle();
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('Missing Permissions');
  });

  it('while the bot is kicked is not tried again, and nobody is told', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.around = async (what, effect) => {
      if (what === 'send') world.poster.serverGone(server);
      return effect();
    };
    world.channels.failures.push(...Array.from({ length: 50 }, () => ({ error: missingPermissions() })));
    await world.run('2026-01-08T12:00:00Z');
    expect(world.channels.failures).toHaveLength(49);
    expect(world.channels.direct).toEqual([]);
    expect(world.clock.pending).toBe(0);
  });

  it('by our own fault is not tried again that day, and is reported', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.failures.push({ error: apiError(400, 50035, 'Invalid Form Body') });
    await world.run('2026-01-05T20:00:00Z');
    expect(world.cards()).toEqual([]);
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('on our side');
  });
});

describe('a role that was deleted', () => {
  it('is mentioned no more', async () => {
    const world = await startWorld();
    await world.set({ roleId: '77' });
    await world.run('2026-01-05T09:01:00Z');
    expect(world.channels.in(channel)[0]?.message.mentionRoles).toEqual(['77']);
    world.goneRoles.add('77');
    await world.run('2026-01-06T09:01:00Z');
    const second = world.channels.in(channel)[1]?.message;
    expect(second?.mentionRoles).toBeUndefined();
    expect(textOf(second ?? { components: [] })).not.toContain('<@&77>');
    expect(textOf(await world.poster.status(server))).not.toContain('<@&77>');
  });
});

describe('/daily off', () => {
  it('keeps days, level, topic and channel for the next set', async () => {
    const world = await startWorld();
    await world.set({ days: 0b110_0000, level: 'basic', topic: 'queries', channelId: '3001' });
    await world.poster.off(server);
    const text = textOf(await world.poster.set(server, admin, { minute: 600 }, channel));
    expect(text).toContain('At **10:00** UTC time, weekends, in <#3001>: basic, Queries');
  });

  it('says the second time that it was off', async () => {
    const world = await startWorld();
    await world.set();
    expect(textOf(await world.poster.off(server))).toContain('The daily question is off');
    expect(textOf(await world.poster.off(server))).toContain('was off already');
  });
});

describe('a zone that this runtime does not know', () => {
  const elsewhere: Schedule = {
    on: true,
    zone: 'Mars/Olympus_Mons',
    minute: 540,
    days: 31,
    armedAtMs: 0,
    channelId: channel,
    setBy: admin,
    posts: 0,
    toReveal: [],
  };

  it('keeps its schedule, and tells the admin once', async () => {
    const world = await startWorld();
    await world.temp.store.commit(new Batch().put(scheduleRecord, server, () => elsewhere));
    for (let start = 0; start < 3; start++) {
      await world.restart().serversReady([server]);
      await world.poster.idle();
    }
    await world.run('2026-01-06T12:00:00Z');
    expect(world.cards()).toEqual([]);
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('Mars/Olympus_Mons');
    expect(textOf(await world.poster.status(server))).toContain('no longer knows the time zone');
    expect(await world.poster.zoneOf(server)).toBe('UTC');
    expect(await world.temp.store.get(scheduleRecord, server)).toMatchObject({
      zone: 'Mars/Olympus_Mons',
      on: true,
    });
    const unchanged = await world.poster.set(server, admin, { minute: 600 }, channel);
    expect(textOf(unchanged)).toContain('no longer knows the time zone');
    const text = await world.set({ zone: 'Europe/Berlin' });
    expect(text).toContain('weekdays');
    await world.run('2026-01-07T12:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-07']);
  });
});

describe('the open question', () => {
  const asked = (world: World): string =>
    [...(world.cards().at(-1)?.text ?? '').matchAll(/What does (\w+) do/g)].at(-1)?.[1] ?? '';
  const isOpen = (world: World, id: string): Promise<boolean> =>
    world.memory.use((change) =>
      world.draws.isOpenElsewhere(change, {
        scope: server,
        question: id,
        opener: 'card:1',
        nowMs: world.clock.now(),
      }),
    );

  it('is known as open to the other rooms until the next one comes', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    const first = asked(world);
    expect(await isOpen(world, first)).toBe(true);
    await world.run('2026-01-06T09:01:00Z');
    expect(await isOpen(world, first)).toBe(false);
    expect(await isOpen(world, asked(world))).toBe(true);
  });

  it('is not one that is open elsewhere in the server', async () => {
    const world = await startWorld('2026-01-05T08:00:00Z', [question('one'), question('two')]);
    await world.set();
    const taken = await world.memory.use((change) =>
      world.draws.draw(change, {
        scope: server,
        filter: {},
        opener: 'card:1',
        nowMs: world.clock.now(),
        untilMs: world.clock.now() + 86_400_000,
      }),
    );
    await world.run('2026-01-05T09:01:00Z');
    expect(asked(world)).toBe(taken?.id === 'one' ? 'two' : 'one');
  });

  it('judges streaks for statistics', async () => {
    const world = await startWorld();
    expect(await world.poster.openDaily(server)).toBeUndefined();
    await world.set();
    await world.run('2026-01-06T09:01:00Z');
    expect(await world.poster.openDaily(server)).toEqual({ date: '2026-01-06', previous: '2026-01-05' });
  });

  it('that was answered right a few days ago earns nothing again, and says why', async () => {
    const world = await startWorld('2026-01-05T08:00:00Z', [question('only')]);
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    expect(await world.answer('11')).toContain('+110 points');
    await world.run('2026-01-06T09:01:00Z');
    expect(await world.answer('11')).toContain('No points this time');
    expect(await world.answer('11')).toContain('No points this time');
    await world.run('2026-01-13T09:01:00Z');
    expect(await world.answer('11')).toContain('points');
    const profile = await world.profiles.get(server, '11');
    expect(profile.topics.queries?.basic?.slice(0, 2)).toEqual([3, 3]);
  });
});

describe('a press', () => {
  it('on the card before, while the next one is being sent, does not profit from its recap', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    const before = world.cards()[0]?.postId ?? '';
    let late: Promise<unknown> | undefined;
    world.channels.around = async (what, effect) => {
      const outcome = await effect();
      if (what === 'send')
        late ??= world.poster.submit(before, { id: '12', name: 'b' }, { picks: [0] }, world.clock.now() + 1);
      return outcome;
    };
    await world.run('2026-01-06T09:01:00Z');
    expect(textOf((await late) as never)).toContain('This question is closed');
  });

  it('counts for the local day of its own time', async () => {
    const world = await startWorld('2026-01-05T20:00:00Z');
    await world.set({ zone: 'Asia/Tokyo', minute: 8 * 60 });
    await world.run('2026-01-05T23:01:00Z');
    await world.answer('11');
    expect((await world.profiles.get(server, '11')).days.last).toBe('2026-01-06');
  });
});

describe('the rest of a member’s data', () => {
  it('is told to them, and is gone when they want it gone', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11');
    await world.answer('12');
    expect(await world.poster.exportMember(server, '11')).toMatchObject({
      answers: [{ date: '2026-01-05', right: true, points: 110 }],
      setSchedule: false,
    });
    expect(await world.poster.exportMember(server, admin)).toEqual({ answers: [], setSchedule: true });
    await world.poster.forgetMember(server, '11');
    expect(await world.poster.exportMember(server, '11')).toBeUndefined();
    expect(await world.poster.exportMember(server, '12')).toBeDefined();
    await world.poster.forgetScope(server);
    expect(await world.poster.exportMember(server, '12')).toBeUndefined();
    expect(textOf(await world.poster.status(server))).toContain('no daily question in this server yet');
  });
});

describe('a preview of true or false', () => {
  it('has its own labels', async () => {
    const truth = question('truth', {
      kind: 'true-false',
      options: [
        { text: 'True', right: true },
        { text: 'False', right: false },
      ],
    });
    const world = await startWorld('2026-01-05T08:00:00Z', [truth]);
    await world.set();
    expect(buttonsOf(await world.poster.preview(server)).map(({ label }) => label)).toEqual([
      'True',
      'False',
    ]);
  });
});
