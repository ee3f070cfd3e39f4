import { setTimeout as delay } from 'node:timers/promises';
import type { Card, Channel, Member, RecordedRequest, Server } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { shiftableClock, systemClock } from '../../src/time/clock.js';
import { isLong } from '../helpers/long.js';
import { isRound, letterOf } from '../helpers/stage.js';
import { onPostgres, onRedis } from './places.js';
import { tapped } from './tapped.js';
import { type ManyWorld, manyWorld } from './world.js';

/**
 * One of two processes is frozen for longer than its hold, in the middle of all that falls due in one minute; the other
 * does it; the first goes on. Some 40 seconds for each of these moments, so in the long mode alone.
 */
const takeoverMs = 30_000;
const dueAt = '2026-03-05T12:02:00Z';

const places = [
  ['PostgreSQL', isLong ? await onPostgres() : undefined],
  ['Redis', isLong ? await onRedis() : undefined],
] as const;

/** One thing for each server: what falls due at that minute. */
interface Due {
  readonly daily: Channel;
  readonly quiz: Channel;
  readonly interview: Channel;
  readonly night: Server;
  readonly reminded: Member;
}

const isWrite = ({ method }: RecordedRequest): boolean => method !== 'GET';
/** When the first process is frozen: at its request of this kind, which comes through, or when nothing is begun. */
const moments: Readonly<Record<string, (call: RecordedRequest, due: Due) => boolean>> = {
  'before anything is due': () => false,
};

const isDaily = ({ text }: Card): boolean => text.includes('### Daily question');
const isAsked = ({ text }: Card): boolean => text.includes('Question 1 of 1');
const hasButton =
  (label: string) =>
  ({ buttons }: Card): boolean =>
    buttons.some((button) => button.label === label);

/** Sets everything up on the day before. */
async function arrange({
  servers,
  members,
  shards,
}: ManyWorld): Promise<Due & { learn(): Promise<unknown> }> {
  const [daily, quiz, interview, night, remind] = servers as [Server, Server, Server, Server, Server];
  const of = (server: Server): readonly [Member, Member] =>
    members[servers.indexOf(server)] as readonly [Member, Member];
  await of(daily)[0].slash('/daily set time:12:02 timezone:UTC topic:queries channel:#lounge');
  await of(night)[0].slash('/night set weekday:thursday time:12:07 timezone:UTC topic:queries');
  const [, reminded] = of(remind);
  const { message } = await reminded.slash('/question advanced topic:queries private:true');
  await reminded.press(message, letterOf(message, false));
  await reminded.slash('/review remind time:12:02 timezone:UTC');
  return {
    daily: daily.channel('lounge'),
    quiz: quiz.channel('drills'),
    interview: interview.channel('drills'),
    night,
    reminded,
    // The time that an interaction bears is learned from it.
    learn: () => Promise.all(members.slice(0, shards).map(([ada]) => ada.slash('/quiz status'))),
  };
}

describe.each(places)('on %s', (_, place) => {
  it.skipIf(!place).each(Object.entries(moments))(
    'a process that was frozen %s and comes back shows nothing twice and nothing old',
    { timeout: 150_000 },
    async (_, isMoment) => {
      if (!place) return;
      const { url, hasten } = await place();
      const clock = shiftableClock();
      clock.shift(Date.parse('2026-03-04T12:00:10Z') - systemClock.now());
      const world = await manyWorld(url, { clock, shards: 6 });
      const { discord, shards } = world;
      const tap = await tapped(discord.apiUrl);
      const first = await world.start({ DISCORD_API_URL: tap.url, SHARD_COUNT: String(shards) });
      const hastening = setInterval(() => void hasten().catch(() => undefined), 200);
      const ready = ({ lines }: typeof first): number =>
        lines.filter((line) => line.includes('"Ready"')).length;
      await expect.poll(() => ready(first), { timeout: takeoverMs }).toBe(shards);
      const second = await world.start({ SHARDS: 'standby', SHARD_COUNT: String(shards) }, /Standing by/);
      const due = await arrange(world);
      const { daily, quiz, interview, night, reminded, learn } = due;
      const [ada, ben] = world.members[1] as readonly [Member, Member];
      const asked = (): number =>
        interview.threads.flatMap(({ messages }) => messages.filter(isAsked)).length;
      const [dee, eli] = world.members[2] as readonly [Member, Member];

      clock.shift(Date.parse(dueAt) - 12_000 - clock.now());
      await learn();
      const opened = quiz.next(isRound(1));
      await ada.slash('/quiz start lobby:0 topic:queries rounds:2 seconds:10', { channel: quiz });
      const round = await opened;
      expect((await ben.press(round, letterOf(round, true))).text).toContain('Recorded');
      const lobby = (await dee.slash('/interview start questions:1', { channel: interview })).message;
      await eli.press(lobby, 'Join');

      let frozenMs = 0;
      const freeze = (): void => {
        if (frozenMs > 0) return;
        frozenMs = performance.now();
        first.child.kill('SIGSTOP');
      };
      const unplanned = discord.faults.next((call) => {
        if (isWrite(call) && isMoment(call, due)) freeze();
        return false;
      }, {});
      const startsMs = Date.parse(dueAt) - 1_500;
      await delay(Math.max(0, startsMs - clock.now()));
      if (isMoment === moments['before anything is due']) freeze();
      void dee.press(lobby, 'Start now', { wait: false });
      await expect.poll(() => frozenMs, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
      unplanned();

      // Whoever took over does all of it.
      await expect.poll(() => ready(second), { timeout: takeoverMs, interval: 50 }).toBe(shards);
      await daily.waitFor(isDaily);
      await quiz.waitFor(({ text }) => text.includes('Standings after round 1'));
      await night.channel('drills').waitFor(hasButton('Join'));
      await expect.poll(() => reminded.dm.messages.length, { timeout: 10_000 }).toBe(1);
      // Pressed again where nobody has seen it.
      if (interview.threads.length === 0) await dee.press(lobby, 'Start now').catch(() => undefined);
      await expect.poll(() => asked(), { timeout: 10_000 }).toBe(1);
      // Both have it.
      const asking = ben.slash('/quiz status', { channel: quiz });
      const taken = (): number => first.lines.filter((line) => line.includes('A shard is taken')).length;
      const before = taken();
      tap.forget();
      first.child.kill('SIGCONT');
      // Until it has a shard again, and has logged in with it.
      await expect.poll(taken, { timeout: takeoverMs, interval: 10 }).toBeGreaterThan(before);
      expect(tap.heard()).toEqual([]);
      const status = await asking;
      expect([status.failed, status.text]).toEqual([undefined, expect.stringContaining('of 2')]);
      await delay(8_000);

      clearInterval(hastening);
      const count = (channel: Channel, fits: (card: Card) => boolean): number =>
        channel.messages.filter(fits).length;
      expect({
        daily: count(daily, isDaily),
        standings: count(quiz, ({ text }) => text.includes('Standings after round 1')),
        rounds: [1, 2].map((number) => count(quiz, ({ text }) => text.includes(`Round ${number} of`))),
        lobby: count(night.channel('drills'), hasButton('Join')),
        rooms: interview.threads.length,
        asked: asked(),
        reminders: reminded.dm.messages.length,
      }).toEqual({
        daily: 1,
        standings: 1,
        rounds: [1, 1],
        lobby: 1,
        rooms: 1,
        asked: 1,
        reminders: 1,
      });
      expect(await first.stop()).toBe(0);
      expect(await second.stop()).toBe(0);
    },
  );
});
