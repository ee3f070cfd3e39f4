import { describe, expect, it } from 'vitest';
import { weekdayBit } from '../../src/time/days.js';
import {
  admin,
  apiError,
  bankOf,
  buttonsOf,
  channel,
  hangUp,
  missingPermissions,
  question,
  server,
  startWorld,
  textOf,
  unknownChannel,
} from './world.js';

const dates = (cards: readonly { readonly postId: string }[]): string[] =>
  cards.map(({ postId }) => postId.slice(server.length + 1));

describe('the daily question', () => {
  it('comes at its time, every day once', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T08:59:59Z');
    expect(world.cards()).toEqual([]);
    await world.run('2026-01-05T09:00:30Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
    await world.run('2026-01-07T12:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05', '2026-01-06', '2026-01-07']);
  });

  it('comes by the clock on the wall across a change to summer time', async () => {
    const world = await startWorld('2026-03-27T12:00:00Z');
    await world.set({ zone: 'Europe/Berlin', minute: 2 * 60 + 30 });
    await world.run('2026-03-30T01:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    const times = world.channels.in(channel).map(({ id }) => Number(BigInt(id) >> 22n) + 1_420_070_400_000);
    expect(times.map((ms) => new Date(ms).toISOString().slice(0, 16))).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('comes on the chosen days only', async () => {
    const world = await startWorld();
    await world.set({ days: 0b1100000 });
    await world.run('2026-01-12T00:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-10', '2026-01-11']);
    expect(weekdayBit(20_463)).toBe(0b100000);
  });

  it('asks what level and topic say, mentions the role, and does not repeat itself', async () => {
    const questions = [
      question('plain'),
      question('one', { level: 'advanced', topic: 'serializers' }),
      question('two', { level: 'advanced', topic: 'serializers' }),
    ];
    const world = await startWorld('2026-01-05T08:00:00Z', questions);
    await world.set({ level: 'advanced', topic: 'serializers', roleId: '77' });
    await world.run('2026-01-05T10:00:00Z');
    const [first] = world.channels.in(channel);
    expect(first?.message.mentionRoles).toEqual(['77']);
    expect(first && textOf(first.message)).toContain('<@&77>');
    await world.run('2026-01-06T10:00:00Z');
    const asked = world.cards().map(({ text }) => [...text.matchAll(/What does (\w+) do/g)].at(-1)?.[1]);
    expect(new Set(asked)).toEqual(new Set(['one', 'two']));
  });

  it('tells nothing of the right option before it is closed', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    const [card] = world.channels.in(channel);
    const buttons = card ? buttonsOf(card.message) : [];
    expect(buttons.map(({ label }) => label)).toEqual(['A', 'B', 'C']);
    expect(new Set(buttons.map((one) => JSON.stringify({ ...one, label: '', custom_id: '' }))).size).toBe(1);
    expect(card && textOf(card.message)).not.toContain('select_related');
  });

  it('stays open until the next one, which closes it and opens with how it went', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11', false);
    await world.answer('12', true);
    await world.answer('13', true);
    await world.run('2026-01-06T08:59:30Z');
    expect(world.cards().map(({ open }) => open)).toEqual([true]);
    await world.run('2026-01-06T09:01:00Z');
    expect(world.cards().map(({ open }) => open)).toEqual([false, true]);
    const [before, newest] = world.cards();
    expect(before?.text).toContain('select_related');
    expect(before?.text).toContain('Closed · 3 answered, 67\u00a0% right');
    expect(newest?.text).toContain('**How the last one went** · 3 answered, 67\u00a0% right');
    expect(newest?.text).toContain('First right: <@12>');
    const [, asked, answer] = newest?.text.split('\n') ?? [];
    const link = `https://discord.com/channels/${server}/${channel}/${before?.id}`;
    expect(asked).toMatch(/^> What does q\d do\?/);
    expect(asked).toContain(`[its card](<${link}>)`);
    expect(answer).toMatch(/^The answer was \*\*[ABC]\*\* q\d is right$/);
  });

  it('names the longest streak once there is one', async () => {
    const world = await startWorld();
    await world.set();
    for (const day of ['05', '06', '07']) {
      await world.run(`2026-01-${day}T09:01:00Z`);
      await world.answer('11', day !== '06');
      if (day === '07') await world.answer('12');
    }
    await world.run('2026-01-08T09:01:00Z');
    expect(world.cards().at(-1)?.text).toContain('Longest streak: <@11>, 3 in a row');
  });

  it('says so when nobody answered', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-06T09:01:00Z');
    expect(world.cards().at(-1)?.text).toContain('**How the last one went** · nobody answered');
  });

  it('goes on when its question has left the bank', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11');
    const other = world.restart(world.temp.store, bankOf([question('new')]));
    await other.serversReady([server]);
    expect(await world.answer('12')).toContain('changed since it was posted');
    await world.run('2026-01-06T09:01:00Z');
    const cards = world.cards();
    expect(cards[0]?.text).toContain('has been changed since');
    expect(cards[1]?.text).toContain('1 answered, 100\u00a0% right');
  });
});

describe('a change of the schedule', () => {
  it('does not post twice on a day', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:30:00Z');
    await world.set({ minute: 10 * 60 });
    await world.run('2026-01-05T23:59:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
    await world.run('2026-01-06T10:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05', '2026-01-06']);
  });

  it('does not post twice for one date when the zone moves west', async () => {
    const world = await startWorld('2026-01-05T20:00:00Z');
    await world.set({ zone: 'Pacific/Auckland', minute: 10 * 60 });
    await world.run('2026-01-05T21:30:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06']);
    await world.set({ zone: 'America/New_York', minute: 17 * 60 });
    await world.run('2026-01-08T22:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06', '2026-01-07', '2026-01-08']);
  });

  it('to a time that is over today waits for tomorrow, also across a restart', async () => {
    const world = await startWorld('2026-01-05T12:00:00Z');
    await world.set();
    await world.restart().serversReady([server]);
    await world.run('2026-01-05T23:00:00Z');
    expect(world.cards()).toEqual([]);
    await world.run('2026-01-06T09:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06']);
  });

  it('keeps what was not given', async () => {
    const world = await startWorld();
    await world.set({
      zone: 'Asia/Kathmandu',
      channelId: '3001',
      level: 'basic',
      topic: 'queries',
      roleId: '9',
      days: 31,
    });
    const text = textOf(await world.poster.set(server, admin, { minute: 600 }, channel));
    expect(text).toContain(
      'At **10:00** Asia/Kathmandu time, weekdays, in <#3001>: basic, Queries, mentioning <@&9>.',
    );
  });

  it('takes a level or a topic back with any', async () => {
    const world = await startWorld();
    await world.set({ level: 'basic', topic: 'queries' });
    expect(await world.set({ level: 'any', topic: 'any' })).toContain('any level, any topic');
  });

  it('announces the next five runs, and these come', async () => {
    const world = await startWorld();
    const text = await world.set({ days: 0b0010101 });
    const announced = [...text.matchAll(/<t:(\d+):F>/g)].map(([, seconds]) => Number(seconds) * 1000);
    await world.run('2026-01-14T23:00:00Z');
    expect(world.cards().map(({ id }) => Number(BigInt(id) >> 22n) + 1_420_070_400_000)).toEqual(announced);
    expect(announced).toHaveLength(5);
  });

  it('needs a time zone the first time', async () => {
    const world = await startWorld();
    await expect(world.poster.set(server, admin, { minute: 540 }, channel)).rejects.toThrow('time zone');
  });

  it('is refused when no question fits', async () => {
    const world = await startWorld();
    await expect(world.set({ level: 'advanced' })).rejects.toThrow('No question fits');
  });

  it('to off ends the posts and remembers the zone', async () => {
    const world = await startWorld();
    await world.set({ zone: 'Europe/Berlin' });
    expect(textOf(await world.poster.off(server))).toContain('off');
    await world.run('2026-01-06T12:00:00Z');
    expect(world.cards()).toEqual([]);
    expect(await world.poster.zoneOf(server)).toBe('Europe/Berlin');
    await world.poster.set(server, admin, { minute: 14 * 60 }, channel);
    await world.run('2026-01-06T13:01:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06']);
  });

  it('to off and on again does not post twice on a day', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:30:00Z');
    await world.poster.off(server);
    await world.set({ minute: 10 * 60 });
    await world.run('2026-01-05T12:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });
});

describe('after an outage', () => {
  it('one post is made on the same local day', async () => {
    const world = await startWorld();
    await world.set();
    world.clock.jumpTo('2026-01-05T17:00:00Z');
    await world.restart().serversReady([server]);
    await world.poster.idle();
    await world.poster.serversReady([server]);
    await world.run('2026-01-05T23:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });

  it('none is made for a day that is over', async () => {
    const world = await startWorld();
    await world.set();
    world.clock.jumpTo('2026-01-07T03:00:00Z');
    await world.restart().serversReady([server]);
    await world.run('2026-01-07T09:01:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-07']);
  });

  it('a clock that is set back posts nothing twice', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:30:00Z');
    world.clock.jumpTo('2026-01-05T08:30:00Z');
    await world.run('2026-01-05T10:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });

  it('a server that is left and comes back goes on', async () => {
    const world = await startWorld();
    await world.set();
    world.poster.serverGone(server);
    await world.run('2026-01-05T10:00:00Z');
    expect(world.cards()).toEqual([]);
    await world.poster.serversReady([server]);
    await world.poster.idle();
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });

  it('a tick that comes late posts what it missed', async () => {
    const world = await startWorld();
    await world.set();
    world.clock.jumpTo('2026-01-05T11:17:03Z');
    world.poster.tick();
    await world.poster.idle();
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });

  it('a timer that fires a moment early does not cost a minute', async () => {
    const world = await startWorld('2026-01-05T08:58:00Z');
    await world.set();
    await world.clock.advanceTo('2026-01-05T08:59:59.998Z');
    world.poster.tick();
    await world.clock.advanceTo('2026-01-05T09:00:00.010Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
  });
});

describe('a post that cannot be made', () => {
  it('is tried again after 1, 5 and 15 minutes', async () => {
    const world = await startWorld();
    await world.set();
    const outage = { error: hangUp() };
    world.channels.failures.push(outage, outage, outage);
    await world.run('2026-01-05T09:20:30Z');
    expect(world.cards()).toEqual([]);
    await world.run('2026-01-05T09:21:30Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
    expect(world.channels.direct).toEqual([]);
  });

  it('is not made twice when only the answer of Discord got lost', async () => {
    const world = await startWorld();
    await world.set();
    world.channels.noncesHold = false;
    world.channels.failures.push({ error: hangUp(), lost: true });
    await world.run('2026-01-05T12:00:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-05']);
    expect(await world.answer('11')).toContain('Right.');
    await world.run('2026-01-06T12:00:00Z');
    expect(world.cards().map(({ open }) => open)).toEqual([false, true]);
  });

  it.each([
    ['the permission is lost', missingPermissions()],
    ['the channel is gone', unknownChannel()],
  ])('because %s is reported to the admin once, and the schedule is kept', async (_, error) => {
    const world = await startWorld();
    await world.set();
    world.channels.failures.push(...Array.from({ length: 200 }, () => ({ error })));
    await world.run('2026-01-05T09:05:30Z');
    expect(world.channels.direct).toEqual([]);
    await world.run('2026-01-07T12:00:00Z');
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.userId).toBe(admin);
    expect(world.channels.direct[0]?.text).toContain(error.message);
    expect(world.channels.direct[0]?.text).toContain(`https://discord.com/channels/${server}/${channel}`);
    expect(textOf(await world.poster.status(server))).toContain(error.message);
    world.channels.failures.length = 0;
    await world.run('2026-01-08T09:00:30Z');
    expect(dates(world.cards())).toContain('2026-01-08');
    expect(textOf(await world.poster.status(server))).not.toContain(error.message);
    world.channels.failures.push(...Array.from({ length: 200 }, () => ({ error })));
    await world.run('2026-01-09T12:00:00Z');
    expect(world.channels.direct).toHaveLength(2);
  });

  it('is reported once also across restarts', async () => {
    const world = await startWorld();
    await world.set();
    const error = missingPermissions();
    world.channels.failures.push(...Array.from({ length: 200 }, () => ({ error })));
    await world.run('2026-01-05T10:00:00Z');
    await world.restart().serversReady([server]);
    await world.run('2026-01-06T10:00:00Z');
    expect(world.channels.direct).toHaveLength(1);
  });

  it('comes at once when the admin mends it and sets the same again', async () => {
    const world = await startWorld();
    await world.set();
    const error = missingPermissions();
    world.channels.failures.push({ error }, { error }, { error });
    await world.run('2026-01-05T09:10:00Z');
    expect(world.cards()).toEqual([]);
    const text = await world.set({ channelId: '3001' });
    await world.poster.idle();
    expect(text).toContain('comes now');
    expect(dates(world.cards('3001'))).toEqual(['2026-01-05']);
    expect(world.cards()).toEqual([]);
  });

  it('for want of a question is reported, and the schedule is kept', async () => {
    const world = await startWorld();
    await world.set({ topic: 'queries' });
    await world
      .restart(world.temp.store, bankOf([question('s', { topic: 'serializers' })]))
      .serversReady([server]);
    await world.run('2026-01-06T12:00:00Z');
    expect(world.channels.direct).toHaveLength(1);
    expect(world.channels.direct[0]?.text).toContain('No question fits');
    await world.set({ topic: 'serializers' });
    await world.poster.idle();
    expect(dates(world.cards())).toEqual(['2026-01-06']);
  });

  it('is given up for the day when the day is over', async () => {
    const world = await startWorld('2026-01-05T22:00:00Z');
    await world.set({ minute: 23 * 60 + 50 });
    const error = hangUp();
    world.channels.failures.push({ error }, { error }, { error });
    await world.run('2026-01-06T08:00:00Z');
    expect(world.cards()).toEqual([]);
    expect(world.channels.direct).toHaveLength(1);
    await world.run('2026-01-06T23:51:00Z');
    expect(dates(world.cards())).toEqual(['2026-01-06']);
  });

  it('keeps nobody from being told later when the admin cannot be reached during an outage', async () => {
    const world = await startWorld();
    await world.set();
    const error = hangUp();
    world.channels.failDirect = error;
    world.channels.failures.push(...Array.from({ length: 7 }, () => ({ error })));
    await world.run('2026-01-05T11:00:00Z');
    world.channels.failDirect = undefined;
    await world.run('2026-01-05T12:00:00Z');
    expect(world.channels.direct).toHaveLength(1);
  });

  it('leaves the question before open, and the streaks whole', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11');
    world.channels.failures.push(...Array.from({ length: 30 }, () => ({ error: missingPermissions() })));
    await world.run('2026-01-06T23:59:00Z');
    expect(world.cards().map(({ open }) => open)).toEqual([true]);
    world.channels.failures.length = 0;
    await world.run('2026-01-07T09:01:00Z');
    expect(await world.answer('11')).toContain('2 daily questions in a row');
  });
});

describe('very many servers at the same minute', () => {
  it('get one post each, also when Discord fails now and then', async () => {
    const world = await startWorld();
    const servers = Array.from({ length: 150 }, (_, index) => String(7_000 + index));
    for (const id of servers) {
      const change = { minute: 9 * 60, zone: 'UTC', channelId: `9${id}` };
      await world.poster.set(id, admin, change, channel);
    }
    for (let failure = 0; failure < 60; failure++)
      world.channels.failures.push({ error: hangUp(), lost: failure % 2 === 0 }, undefined);
    await world.run('2026-01-05T09:10:00Z');
    expect(servers.map((id) => world.cards(`9${id}`).length)).toEqual(servers.map(() => 1));
    expect(world.poster.armed).toBe(150);
  });
});

describe('a closed card', () => {
  it('is shown as closed later when the edit fails at first', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    world.channels.failEdits = hangUp();
    await world.run('2026-01-06T09:00:30Z');
    expect(world.cards().map(({ open }) => open)).toEqual([true, true]);
    const [before] = world.cards();
    expect(await world.answer('11', true, before?.postId)).toContain('closed');
    world.channels.failEdits = undefined;
    await world.run('2026-01-06T09:02:30Z');
    expect(world.cards().map(({ open }) => open)).toEqual([false, true]);
  });

  it('that was deleted is let go', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    world.channels.failEdits = apiError(404, 10008, 'Unknown Message');
    await world.run('2026-01-06T09:00:30Z');
    expect(world.clock.pending).toBe(0);
    expect(dates(world.cards())).toEqual(['2026-01-05', '2026-01-06']);
  });

  it.each([
    ['the bot may not edit there', missingPermissions()],
    ['its thread is archived', apiError(400, 50083, 'Thread is archived')],
    ['Discord is away', apiError(503, 0, 'Service Unavailable')],
  ])('is made up for when %s, also after a restart', async (_, error) => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    world.channels.failEdits = error;
    await world.run('2026-01-06T11:30:00Z');
    expect(world.cards().map(({ open }) => open)).toEqual([true, true]);
    await world.restart().serversReady([server]);
    await world.poster.idle();
    world.channels.failEdits = undefined;
    await world.run('2026-01-06T12:40:00Z');
    expect(world.cards().map(({ open }) => open)).toEqual([false, true]);
    expect(world.clock.pending).toBe(0);
  });
});

describe('status', () => {
  it('tells how to begin where nothing was set', async () => {
    const world = await startWorld();
    expect(textOf(await world.poster.status(server))).toContain('/daily set');
    expect(await world.poster.zoneOf(server)).toBe('UTC');
  });

  it('shows the schedule, the next runs and the open question', async () => {
    const world = await startWorld();
    await world.set();
    await world.run('2026-01-05T09:01:00Z');
    await world.answer('11');
    const text = textOf(await world.poster.status(server));
    expect(text).toContain('At **09:00** UTC time, every day');
    expect([...text.matchAll(/<t:\d+:F>/g)]).toHaveLength(5);
    expect(text).toContain(`https://discord.com/channels/${server}/${channel}/${world.cards()[0]?.id}`);
    expect(text).toContain('1 person has answered');
  });
});

describe('a preview', () => {
  it('shows a card whose buttons do nothing, and uses no question up', async () => {
    const world = await startWorld('2026-01-05T08:00:00Z', [question('one'), question('two')]);
    await world.set();
    for (let time = 0; time < 5; time++) {
      const preview = await world.poster.preview(server);
      expect(buttonsOf(preview).every(({ disabled }) => disabled)).toBe(true);
    }
    await world.run('2026-01-06T10:00:00Z');
    const asked = world.cards().map(({ text }) => [...text.matchAll(/What does (\w+) do/g)].at(-1)?.[1]);
    expect(new Set(asked).size).toBe(2);
  });
});
