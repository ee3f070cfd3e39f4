import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { dailyAnswersLog, postId } from '../../src/daily/records.js';
import { Memory } from '../../src/store/held.js';
import { HeldLogs } from '../../src/store/logs.js';
import { StoreError } from '../../src/store/store.js';
import { expectMemoryIsDisk, FlakyDatabase, watchTurns } from '../helpers/flaky-store.js';
import { seedsTo } from '../helpers/long.js';
import { listeningLog } from '../helpers/store.js';
import { admin, hangUp, missingPermissions, startWorld, textOf, type World } from './world.js';

const seeds = seedsTo(4, 40);
const servers = ['7001', '7002', '7003'];
const members = ['11', '12', '13', '14'];
const minuteMs = 60_000;

interface Told {
  readonly pick: number;
  readonly said: 'recorded' | 'refused';
}

/** A world whose database is in memory and fails when told to. */
async function flakyWorld(seed: number) {
  const random = seeded(seed);
  const database = new FlakyDatabase();
  const { log } = listeningLog();
  const world = await startWorld('2026-01-05T08:58:30Z');
  const start = async (): Promise<void> => {
    world.restart(database.open(log));
    await world.poster.serversReady(servers);
  };
  await start();
  for (const id of servers)
    await world.poster.set(id, admin, { minute: 540, zone: 'UTC', channelId: `9${id}` }, '1');
  database.turns = () => Math.floor(random() * 3);
  return { world, database, random, start };
}

/** Some days with a press every now and then, while writes, reads, messages and edits fail at random. */
async function play(seed: number) {
  const scene = await flakyWorld(seed);
  const { world, database, random, start } = scene;
  const told = new Map<string, Told[]>();
  const press = async (card: string, member: string): Promise<void> => {
    const pick = Math.floor(random() * 3);
    const key = `${card} ${member}`;
    const note = (said: Told['said']): void => void told.set(key, [...(told.get(key) ?? []), { pick, said }]);
    try {
      const given = await world.poster.submit(
        card,
        { id: member, name: member },
        { picks: [pick] },
        world.clock.now(),
      );
      if (/^(✅|❌) \*\*(Right|Not this time)/.test(textOf(given))) note('recorded');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      note('refused');
    }
  };
  const trouble = (): void => {
    database.failsWrite = () => random() < 0.25;
    database.failsRead = () => random() < 0.04;
    world.channels.failEdits = random() < 0.3 ? hangUp() : undefined;
    world.channels.failures.length = 0;
    const faults = [{ error: hangUp() }, { error: hangUp(), lost: true }, { error: missingPermissions() }];
    for (let n = 0; n < 3; n++) world.channels.failures.push(random() < 0.4 ? faults[n] : undefined);
  };
  for (let day = 5; day <= 8; day++) {
    for (let minute = 0; minute < 8; minute++) {
      trouble();
      await minutes(world, 1);
      const cards = servers.flatMap((id) => world.cards(`9${id}`).slice(-2));
      await Promise.all(
        cards.flatMap(({ postId: card }) =>
          members.flatMap((member) => (random() < 0.3 ? [press(card, member), press(card, member)] : [])),
        ),
      );
      if (random() < 0.1) await start();
    }
    heal(world, database);
    await world.clock.advanceTo(`2026-01-${String(day + 1).padStart(2, '0')}T08:58:30Z`);
  }
  await start();
  await minutes(world, 4);
  return { ...scene, told };
}

function heal(world: World, database: FlakyDatabase): void {
  database.failsWrite = () => false;
  database.failsRead = () => false;
  world.channels.failEdits = undefined;
  world.channels.failures.length = 0;
}

async function minutes(world: World, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await world.clock.advanceBy(minuteMs);
    world.poster.tick();
    await world.clock.settle();
  }
}

describe('with writes, reads, messages and edits that fail at random', () => {
  it.each(seeds)(
    'days are posted once, and what was acknowledged is stored (seed %i)',
    async (seed) => {
      const endWatch = watchTurns();
      const { world, database, told } = await play(seed);
      const disk = new HeldLogs(new Memory(database.open(listeningLog().log)), dailyAnswersLog);
      for (const id of servers) {
        const cards = world.cards(`9${id}`);
        const posted = cards.map(({ postId: card }) => card);
        expect(new Set(posted).size, 'no day is posted twice').toBe(posted.length);
        expect(posted.at(-1)).toBe(postId(id, '2026-01-09'));
        expect(cards.filter(({ open }) => open).map(({ postId: card }) => card)).toEqual(posted.slice(-1));
        const ledger = new Map<string, boolean>();
        for await (const row of world.ledger.rows(id)) {
          const key = `${id}-${row.source.slice('daily:'.length)} ${row.member}`;
          expect(ledger.has(key), 'nothing is booked twice').toBe(false);
          ledger.set(key, row.right);
        }
        for (const card of posted) {
          const rows = [];
          for await (const row of disk.rows(card)) rows.push(row);
          for (const member of members) {
            const recorded = (told.get(`${card} ${member}`) ?? []).filter(({ said }) => said === 'recorded');
            expect(recorded.length).toBeLessThanOrEqual(1);
            const given = rows.filter((row) => row.member === member);
            expect(given.map(({ answer }) => answer)).toEqual(
              recorded.map(({ pick }) => ({ picks: [pick] })),
            );
            expect(ledger.get(`${card} ${member}`)).toBe(given[0]?.right);
          }
        }
        for (const member of members) {
          const booked = [...ledger.keys()].filter((key) => key.endsWith(` ${member}`)).length;
          const { topics } = await world.profiles.get(id, member);
          const scored = Object.values(topics.queries ?? {}).reduce((sum, [, answers]) => sum + answers, 0);
          expect(scored).toBe(booked);
        }
      }
      await expectMemoryIsDisk(world.memory);
      endWatch();
    },
    30_000,
  );
});
