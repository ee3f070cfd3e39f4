import type { Card, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { gameRecord, quizAnswersLog } from '../../src/quiz/records.js';
import { readRows } from '../../src/store/log-segments.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { isRound } from '../helpers/stage.js';
import { listeningLog } from '../helpers/store.js';
import { ownPostgres } from './databases.js';
import { connectedShards, type ManyWorld, manyWorld, shards } from './world.js';

const takeoverMs = 10_000;
const all = Array.from({ length: shards }, (_, shard) => shard);

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

const answer = async (member: Member, card: Card): Promise<string> => (await member.press(card, 'A')).text;

async function answersOf(store: Store, card: Card): Promise<string[]> {
  const id = card.button('A').customId?.split(':')[2] ?? '';
  expect(await store.get(gameRecord, id)).toBeDefined();
  const members: string[] = [];
  for await (const row of readRows(store, quizAnswersLog, id)) members.push(row.member);
  return members;
}

const untilConnected = (world: ManyWorld, wanted: readonly number[] = all) =>
  expect
    .poll(() => [...connectedShards(world.discord).keys()].sort(), { timeout: takeoverMs, interval: 50 })
    .toEqual(wanted);

const postgres = await ownPostgres();

describe.skipIf(!postgres)('on PostgreSQL', () => {
  it('a standby takes over what a killed process ran, and its quizzes go on', async () => {
    const world = await manyWorld((await postgres?.fresh()) ?? '');
    const env = { PROCESS_COUNT: '2', SHARD_COUNT: String(shards) };
    const [first] = await Promise.all([
      world.start({ ...env, PROCESS_INDEX: '0' }),
      world.start({ ...env, PROCESS_INDEX: '1' }),
    ]);
    const standby = await world.start({ SHARDS: 'standby' }, /Standing by/);
    await untilConnected(world);
    expect([...connectedShards(world.discord).values()]).toEqual(all.map(() => 1));
    const cards = await quizzes(world);
    const before = await Promise.all(
      cards.map((card, shard) => answer(world.members[shard]?.[1] as Member, card)),
    );
    for (const text of before) expect(text).toContain('Recorded');

    await first.kill();
    const killedMs = performance.now();
    await untilConnected(world);
    await expect.poll(() => standby.lines.filter((line) => line.includes('"Ready"')).length).toBe(3);
    expect(performance.now() - killedMs).toBeLessThan(takeoverMs);
    const twice = await answer(world.members[0]?.[1] as Member, cards[0] as Card);
    expect(twice, 'the first answer is known').not.toMatch(/Recorded/);
    await Promise.all(cards.map((card, shard) => world.members[shard]?.[0].press(card, 'B')));
    // Everybody has answered: each round closes, in whatever process, and the next one opens.
    await Promise.all(world.servers.map((server) => server.channel('drills').waitFor(isRound(2), 9_000)));

    const { store, close } = await look(world);
    for (const [shard, card] of cards.entries())
      expect((await answersOf(store, card)).sort()).toEqual(world.members[shard]?.map(({ id }) => id).sort());
    await close();
    expect([...connectedShards(world.discord).values()]).toEqual(all.map(() => 1));
  });
});

async function look({ databaseUrl }: ManyWorld) {
  const store = await openStore(databaseUrl, listeningLog().log);
  return { store, close: () => store.close() };
}
