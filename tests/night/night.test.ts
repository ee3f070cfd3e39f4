import { describe, expect, it } from 'vitest';
import { apiError, hangUp, missingPermissions, textOf } from '../daily/world.js';
import { admin, channel, guild, nightWorld } from './world.js';

const ada = '400000000000000001';
const ben = '400000000000000002';

describe('a quiz night', () => {
  it('is announced the day before, opens its lobby five minutes before, and starts by itself', async () => {
    const world = await nightWorld();
    await world.set({ name: 'Friday night', roleId: '77' });
    await world.at('2026-01-08T19:58:00Z', 1);
    expect(world.texts()).toEqual([]);
    await world.minutes(2);
    expect(world.texts()).toHaveLength(1);
    expect(world.texts()[0]).toContain('`Friday night`');
    expect(world.texts()[0]).toContain('<t:1767988800:F>');
    expect(world.channels.in(channel)[0]?.message.mentionRoles).toEqual(['77']);
    expect([...world.events.all.values()]).toMatchObject([
      { name: 'Friday night', startsAtMs: Date.parse('2026-01-09T20:00:00Z') },
    ]);
    expect(world.texts()[0]).toContain('https://discord.com/events/');
    await world.at('2026-01-09T19:53:00Z', 1);
    expect(await world.quiz()).toBe('');
    await world.minutes(1);
    expect(world.saying('the lobby is open')).toBe(1);
    expect(world.saying('The lobby was opened')).toBe(1);
    await world.join(ada, ben);
    await world.clock.advanceTo('2026-01-09T20:00:01Z');
    await world.clock.settle();
    expect(world.saying('Round 1 of 2')).toBe(1);
    await world.answer({ [ada]: true, [ben]: false });
    await world.answer({ [ada]: true, [ben]: true });
    expect(world.saying('Quiz results')).toBe(1);
    expect(world.saying('Season 2026 Q1: 1 night so far')).toBe(1);
    const season = world.texts().find((text) => text.includes('Season')) ?? '';
    expect(season).toMatch(new RegExp(`\\*\\*1\\.\\*\\* <@${ada}> \\*\\*\\d{3}\\*\\* · 1 night`));
    expect(season).toContain('The next one is <t:1768593600:F>');
    await world.at('2026-01-15T20:00:00Z');
    expect(world.ids('remind')).toHaveLength(1);
  });

  it('whose time nobody comes to says so, and is tried again the next week', async () => {
    const world = await nightWorld();
    await world.set();
    for (const [before, evening] of [
      ['2026-01-08T20:00:00Z', '2026-01-09T19:55:00Z'],
      ['2026-01-15T20:00:00Z', '2026-01-16T19:55:00Z'],
    ] as const) {
      await world.at(before);
      await world.at(evening, 7);
    }
    expect(world.saying('Nobody came this time')).toBe(2);
    expect(world.saying('Round 1')).toBe(0);
    expect(world.saying('Quiz ended')).toBe(0);
    expect(world.saying('is over')).toBe(2);
    expect(textOf(await world.nights.status(guild, '1'))).toContain('No night has been played');
  });

  it.each([
    ['the first time', undefined],
    ['to another time', 21 * 60],
  ])(
    'that is set %s a little after its time begins the next week, as its confirmation says',
    async (_, before) => {
      const world = await nightWorld('2026-01-09T19:00:00Z');
      if (before !== undefined) await world.set({ minute: before });
      await world.at('2026-01-09T20:05:00Z');
      const announced = world.texts().length;
      expect(await world.set()).toContain('<t:1768593600');
      await world.minutes(75);
      expect(world.texts()).toHaveLength(announced);
      expect(world.saying('the lobby is open')).toBe(0);
      await world.at('2026-01-16T19:55:00Z');
      expect(world.saying('the lobby is open')).toBe(1);
    },
  );

  it('ends for lack of answers as any quiz does, and counts nobody', async () => {
    const world = await nightWorld();
    await world.set({ quiz: { rounds: 5 } });
    await world.at('2026-01-09T19:55:00Z');
    await world.join(ada);
    await world.minutes(10);
    expect(world.saying('nobody answered two rounds in a row')).toBe(1);
    expect(world.saying('Season')).toBe(0);
  });

  it.each([
    ['to summer time', '2026-03-27T12:00:00Z', '2026-03-28T01:30:00Z', '2026-03-29T01:00:00Z'],
    ['from summer time', '2026-10-23T12:00:00Z', '2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z'],
  ])(
    'goes by the clock on the wall across the change %s: announced and held once',
    async (_, start, announced, starts) => {
      const world = await nightWorld(start);
      // On a Sunday at a time that does not exist on the one, and exists twice on the other.
      await world.set({ days: 0b100_0000, minute: 2 * 60 + 30, zone: 'Europe/Berlin' });
      const earlier = (at: string, minutes: number): string =>
        new Date(Date.parse(at) - minutes * 60_000).toISOString();
      await world.at(earlier(announced, 2), 1);
      expect(world.texts()).toEqual([]);
      await world.minutes(1);
      expect(world.ids('remind')).toHaveLength(1);
      expect(world.texts()[0]).toContain(`<t:${Date.parse(starts) / 1_000}:F>`);
      await world.at(earlier(starts, 7), 1);
      expect(await world.quiz()).toBe('');
      await world.minutes(1);
      await world.join(ada, ben);
      await world.clock.advanceTo(earlier(starts, 0));
      await world.clock.advance('1s');
      await world.clock.settle();
      expect(world.saying('Round 1 of 2')).toBe(1);
      await world.answer({ [ada]: true, [ben]: true });
      await world.answer({ [ada]: true, [ben]: true });
      await world.minutes(120);
      expect(world.saying('the lobby is open') + world.saying('is over')).toBe(1);
      expect(world.saying('Season')).toBe(1);
      // The week after, at the same time on the wall.
      const next =
        Date.parse(starts) + 7 * 24 * 3_600_000 - (start.includes('-03-') ? 30 * 60_000 : -3_600_000);
      expect(world.texts().at(-1)).toContain(`<t:${next / 1_000}:F>`);
    },
  );

  it('without the permission for events is announced by a plain post', async () => {
    const world = await nightWorld();
    world.events.failure = missingPermissions();
    await world.set();
    await world.at('2026-01-08T20:00:00Z');
    expect(world.ids('remind')).toHaveLength(1);
    expect(world.texts()[0]).not.toContain('/events/');
  });

  it('waits for Discord with its event, and makes one', async () => {
    const world = await nightWorld();
    world.events.failure = hangUp();
    await world.set();
    await world.at('2026-01-08T20:00:00Z');
    world.events.failure = undefined;
    await world.minutes(8);
    expect(world.events.all.size).toBe(1);
    expect(world.ids('remind')).toHaveLength(1);
  });

  it('is announced at once when it is set within the last day, and opens late where it was set late', async () => {
    const world = await nightWorld('2026-01-09T19:57:30Z');
    await world.set();
    await world.minutes(1);
    expect(world.saying('the lobby is open')).toBe(1);
    expect(await world.quizzes.look(await world.quiz(), ({ game }) => game.phase)).toMatchObject({
      name: 'lobby',
      endsAt: Date.parse('2026-01-09T20:00:00Z'),
    });
  });

  it('that is set anew or called off takes back what it announced, with its event', async () => {
    const world = await nightWorld();
    await world.set();
    await world.at('2026-01-08T20:00:00Z');
    await world.set({ minute: 21 * 60 });
    await world.clock.settle();
    expect(world.saying('This night was changed')).toBe(1);
    expect([...world.events.all.values()].map(({ startsAtMs }) => startsAtMs)).toEqual([]);
    await world.at('2026-01-08T21:00:00Z');
    expect(world.ids('remind')).toHaveLength(1);
    await world.nights.off(guild);
    await world.clock.settle();
    expect(world.saying('called off')).toBe(1);
    expect(world.events.all.size).toBe(0);
    await world.at('2026-01-09T20:00:00Z', 10);
    expect(await world.quiz()).toBe('');
  });

  it('whose quiz is set to be another one is announced anew; set the same twice, it stands', async () => {
    const world = await nightWorld();
    await world.set({ quiz: { rounds: 3 } });
    await world.at('2026-01-08T20:00:00Z');
    await world.set({ quiz: { rounds: 3 } });
    await world.clock.settle();
    expect([world.saying('This night was changed'), world.saying('3 rounds')]).toEqual([0, 1]);
    await world.set({ quiz: { rounds: 2 } });
    await world.clock.settle();
    expect([world.saying('This night was changed'), world.saying('2 rounds')]).toEqual([1, 1]);
    expect(world.saying('3 rounds')).toBe(0);
    expect([...world.events.all.values()].map(({ description }) => description)).toEqual([
      expect.stringContaining('2 rounds'),
    ]);
  });

  it('waits while another quiz is on in its channel, and gives up after an hour, in words', async () => {
    const world = await nightWorld();
    await world.set();
    await world.at('2026-01-08T20:00:00Z');
    world.clock.jumpTo('2026-01-09T19:50:00Z');
    const other = { id: '900000000000000001', guildId: guild, channelId: channel };
    const settings = {
      rounds: 2,
      seconds: 300,
      lobby: 300,
      kinds: 'choice',
      mode: 'race',
      scoring: 'speed',
      from: 'bank',
    } as const;
    await world.quizzes.start(other, { id: ada, name: 'Ada' }, settings, () =>
      world.channels.send(channel, { components: [] }),
    );
    await world.minutes(4);
    world.clock.jumpTo('2026-01-09T20:58:00Z');
    await world.minutes(1);
    expect(world.saying('This night did not take place')).toBe(0);
    await world.minutes(2);
    expect(world.saying('This night did not take place: A quiz is already on in this channel')).toBe(1);
  });

  it('of a time at which the bot was away takes place within an hour, and is missed later', async () => {
    for (const [back, lobbies, missed] of [
      ['2026-01-09T20:40:00Z', 1, 0],
      ['2026-01-09T21:10:00Z', 0, 1],
    ] as const) {
      const world = await nightWorld();
      await world.set();
      await world.at('2026-01-08T20:00:00Z');
      world.clock.jumpTo(back);
      await world.restart();
      await world.clock.settle();
      expect(world.saying('the lobby is open')).toBe(lobbies);
      expect(world.saying('the bot was not running at its time')).toBe(missed);
    }
  });
});

describe('a channel that cannot be used', () => {
  it('is told to the manager who set the night, once, and the night is kept', async () => {
    const world = await nightWorld();
    await world.set();
    world.channels.failures.push(...Array.from({ length: 20 }, () => ({ error: missingPermissions() })));
    await world.at('2026-01-08T20:00:00Z', 30);
    expect(world.channels.direct.map(({ userId }) => userId)).toEqual([admin]);
    expect(world.channels.direct[0]?.text).toContain('Missing Permissions');
    await world.at('2026-01-09T19:55:00Z', 10);
    expect(world.channels.direct).toHaveLength(1);
    world.channels.failures.length = 0;
    await world.at('2026-01-15T20:00:00Z');
    expect(world.ids('remind')).toHaveLength(1);
    expect(textOf(await world.nights.status(guild, '1'))).not.toContain('last try failed');
  });

  it('that is gone when the quiz is on ends it, and the manager is told', async () => {
    const world = await nightWorld();
    await world.set();
    await world.at('2026-01-08T20:00:00Z');
    world.channels.failures.push(
      ...Array.from({ length: 20 }, () => ({ error: apiError(404, 10003, 'Unknown Channel') })),
    );
    await world.at('2026-01-09T19:55:00Z', 3);
    expect(await world.quiz()).toBe('');
    expect(world.channels.direct.map(({ userId }) => userId)).toEqual([admin]);
    expect(world.channels.direct[0]?.text).toContain('Unknown Channel');
  });
});

describe('a role that is gone', () => {
  it('is not mentioned', async () => {
    const world = await nightWorld();
    await world.set({ roleId: '77' });
    world.goneRoles.add('77');
    await world.at('2026-01-08T20:00:00Z');
    expect(world.texts()[0]).not.toContain('77');
  });
});
