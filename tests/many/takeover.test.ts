import type { Card, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { gameRecord, quizAnswersLog } from '../../src/quiz/records.js';
import { readRows } from '../../src/store/log-segments.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { shiftableClock, systemClock } from '../../src/time/clock.js';
import { freePort } from '../helpers/ports.js';
import type { BotProcess } from '../helpers/process.js';
import { isRound } from '../helpers/stage.js';
import { listeningLog } from '../helpers/store.js';
import { onPostgres, onRedis } from './places.js';
import { type ManyWorld, manyWorld, untilConnected } from './world.js';

const takeoverMs = 10_000;
/** Those of the first process of two. */
const firsts = [0, 1];

/** Opens a quiz with a long round in every server; gives the cards. */
async function quizzes(world: ManyWorld): Promise<Card[]> {
  return Promise.all(
    world.servers.map(async (server, shard) => {
      const channel = server.channel('drills');
      const opened = channel.next(isRound(1));
      await world.members[shard]?.[0].slash('/quiz start lobby:0 topic:queries rounds:3 seconds:300', {
        channel,
      });
      return opened;
    }),
  );
}

async function answersOf(store: Store, card: Card): Promise<string[]> {
  const id = card.button('A').customId?.split(':')[2] ?? '';
  expect(await store.get(gameRecord, id)).toBeDefined();
  const members: string[] = [];
  for await (const row of readRows(store, quizAnswersLog, id)) members.push(row.member);
  return members.sort();
}

/** What a stop waits for another process to take a shard that it has given up, at the least. */
const handOverMs = 500;
/** What is told in two processes at one moment. */
const clocksMs = 20;

/** The shards whose connections end from now on, with when. */
function leaving({ discord }: ManyWorld) {
  const left: { shard: number; atMs: number }[] = [];
  discord.gateway.disconnected.on(({ shard }) => void left.push({ shard: shard[0], atMs: Date.now() }));
  return left;
}

/** When a process last took this shard. */
function takenAtMs({ lines }: BotProcess, shard: number): number {
  const line = lines.findLast((one) => one.includes(`"shard":${shard},`) && one.includes('A shard is taken'));
  return line === undefined ? Number.POSITIVE_INFINITY : JSON.parse(line).time;
}

/** Redis in the long mode alone: what is its own is in the contract of holds. */
const places = [
  ['PostgreSQL', await onPostgres()],
  ['Redis', process.env['FAULTS'] ? await onRedis() : undefined],
] as const;

describe.each(places)('on %s', (_, place) => {
  it.skipIf(!place)(
    'shards go to a standby when their process is killed, back when it returns, and on when it is stopped',
    async () => {
      if (!place) return;
      const { url, hasten } = await place();
      // Discord's clock is moved by the test, the machine's is not.
      const clock = shiftableClock();
      clock.shift(Date.parse('2026-03-04T12:00:10Z') - systemClock.now());
      const world = await manyWorld(url, { clock });
      const member = (shard: number, which: 0 | 1): Member => world.members[shard]?.[which] as Member;
      const healthPort = await freePort();
      const page = async (path: string) => (await fetch(`http://127.0.0.1:${healthPort}${path}`)).text();
      const env = { SHARDS: '0-1', SHARD_COUNT: String(world.shards) };
      const [first, , standby] = await Promise.all([
        world.start(env),
        world.start({ ...env, SHARDS: '2-3' }),
        world.start({ SHARDS: 'standby', HEALTH_PORT: String(healthPort) }, /Standing by/),
      ]);
      const ready = (of = standby): number => of.lines.filter((line) => line.includes('"Ready"')).length;
      await untilConnected(world, takeoverMs);
      const cards = await quizzes(world);
      for (const shard of firsts)
        await member(shard, 0).slash('/daily set time:12:02 timezone:UTC topic:queries channel:#lounge');
      const before = await Promise.all(cards.map((card, shard) => member(shard, 1).press(card, 'A')));
      for (const { text } of before) expect(text).toContain('Recorded');

      await first.kill();
      const killedMs = performance.now();
      await hasten();
      // The minute of the daily question passes while nobody is there.
      clock.shift(2 * 60_000);
      await expect.poll(() => ready(), { timeout: takeoverMs, interval: 50 }).toBe(firsts.length);
      expect(performance.now() - killedMs).toBeLessThan(takeoverMs);
      await untilConnected(world, takeoverMs);
      expect(JSON.parse(await page('/healthz'))).toEqual({ gateway: true, store: true, servers: true });
      expect(await page('/metrics')).toContain(`drills_shards_held ${firsts.length}`);
      const twice = await member(0, 1).press(cards[0] as Card, 'A');
      expect(twice.text, 'the first answer is known').not.toContain('Recorded');
      await Promise.all(cards.map((card, shard) => member(shard, 0).press(card, 'B')));
      const standings = ({ text }: Card): boolean => text.includes('Standings after round 1');
      await Promise.all(world.servers.map((server) => server.channel('drills').waitFor(standings)));
      const isDaily = ({ text }: Card): boolean => text.includes('### Daily question');
      const loungeOf = (shard: number) => world.servers[shard]?.channel('lounge');
      await Promise.all(firsts.map((shard) => loungeOf(shard)?.waitFor(isDaily)));

      await hasten();
      const again = await world.start(env, /Waiting: another process/);
      await expect.poll(() => ready(again), { timeout: 2 * takeoverMs, interval: 50 }).toBe(firsts.length);
      await untilConnected(world, takeoverMs);

      await hasten();
      const left = leaving(world);
      expect(await again.stop()).toBe(0);
      const [one, other] = left;
      expect([one?.shard, other?.shard].sort()).toEqual(firsts);
      const untilNext = Number(other?.atMs) - Number(one?.atMs);
      const untilTaken = takenAtMs(standby, Number(one?.shard)) - Number(one?.atMs);
      expect(untilNext, 'the second is served until the first is taken').toBeGreaterThan(
        Math.min(untilTaken, handOverMs) - clocksMs,
      );
      await expect.poll(() => ready(), { timeout: takeoverMs, interval: 50 }).toBe(2 * firsts.length);
      await untilConnected(world, takeoverMs);
      for (const shard of firsts) expect(loungeOf(shard)?.messages.filter(isDaily)).toHaveLength(1);

      const store = await openStore(world.databaseUrl, listeningLog().log);
      for (const [shard, card] of cards.entries())
        expect(await answersOf(store, card)).toEqual([member(shard, 0).id, member(shard, 1).id].sort());
      await store.close();
    },
  );
});
