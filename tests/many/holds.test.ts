import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Holds } from '../../src/store/holds.js';
import { restAfter } from '../../src/store/identifies.js';
import { PostgresHolds } from '../../src/store/postgres-holds.js';
import { Batch, recordType, StoreError } from '../../src/store/store.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { listeningLog } from '../helpers/store.js';
import { inPostgres, ownPostgres } from './databases.js';

const note = recordType('note', z.string());
const { log } = listeningLog();
const postgres = await ownPostgres();

async function two(): Promise<{ url: string; one: Holds; other: Holds }> {
  const url = (await postgres?.fresh()) ?? '';
  const [one, other] = [await open(url), await open(url)];
  return { url, one, other };
}

async function open(url: string): Promise<Holds> {
  const holds = await PostgresHolds.open(parseStoreUrl(url), log);
  onTestFinished(() => holds.close());
  return holds;
}

async function held(holds: Holds, shard: number, count = 6) {
  const hold = await holds.take(shard, count);
  if (!hold) throw new Error(`Shard ${shard} is another's`);
  onTestFinished(() => hold.release());
  return hold;
}

/** As the server does to a session that has been silent for too long. */
const endSessions = (url: string, shard: number): Promise<unknown> =>
  inPostgres(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'interview-drills shard ${shard} %'`,
  );

describe.skipIf(!postgres)('a shard on PostgreSQL', () => {
  it('is one process’s at a time', async () => {
    const { one, other } = await two();
    const hold = await held(one, 3);
    expect(await other.take(3, 6)).toBeUndefined();
    expect(await one.take(3, 6)).toBeUndefined();
    await held(other, 4);
    expect([...(await one.view()).held].sort()).toEqual([3, 4]);
    await hold.release();
    await held(other, 3);
  });

  it('is not held beside one of another number of shards', async () => {
    const { one, other } = await two();
    const hold = await held(one, 0, 6);
    await expect(other.take(1, 8)).rejects.toThrow('SHARD_COUNT=6');
    expect((await other.view()).counts).toEqual([6]);
    await hold.release();
    await held(other, 1, 8);
  });

  it('takes no write from a process whose right is gone, which need not know it', async () => {
    const { url, one, other } = await two();
    const hold = await held(one, 2);
    const store = await hold.open(log);
    await store.commit(new Batch().put(note, 'a', () => 'by the first'));
    // Both in one turn: the session is over when the write comes, and nobody has been told.
    await endSessions(url, 2);
    const late = store.commit(new Batch().put(note, 'a', () => 'too late'));
    await expect(late).rejects.toThrow(StoreError);
    expect(await hold.lost).toBeInstanceOf(Error);
    expect(hold.isSure()).toBe(false);

    const next = await (await held(other, 2)).open(log);
    expect(await next.get(note, 'a')).toBe('by the first');
    await next.commit(new Batch().put(note, 'a', () => 'by the second'));
    await expect(store.commit(new Batch().put(note, 'a', () => 'later still'))).rejects.toThrow(StoreError);
    expect(await next.get(note, 'a')).toBe('by the second');
  });

  it('stays with its process when a write is refused for a reason of its own', async () => {
    const { url, one } = await two();
    const hold = await held(one, 2);
    const store = await hold.open(log);
    await inPostgres(url, "ALTER TABLE records ADD CHECK (value NOT LIKE '%unwanted%')");
    await expect(store.commit(new Batch().put(note, 'a', () => 'unwanted'))).rejects.toThrow(StoreError);
    await store.commit(new Batch().put(note, 'a', () => 'welcome'));
    expect(hold.isSure()).toBe(true);
  });

  it('is claimed by whom it belongs to, for as long as that one lives', async () => {
    const { url, one, other } = await two();
    await one.claim(new Set([1, 2]));
    await one.claim(new Set([2, 5]));
    expect([...(await other.view()).claimed].sort()).toEqual([2, 5]);
    await inPostgres(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'interview-drills claims'",
    );
    await expect.poll(async () => [...(await other.view()).claimed]).toEqual([]);
    await expect.poll(() => one.claim(new Set([2])).then(() => 'again', String)).toBe('again');
    expect([...(await other.view()).claimed]).toEqual([2]);
  });
});

describe.skipIf(!postgres)('identifying', () => {
  it('is one at a time for each bucket in five seconds, across processes', async () => {
    const { url, one, other } = await two();
    expect(await one.identify(0, 0)).toBe(0);
    expect(await other.identify(1, 1)).toBe(0);
    const waits = await Promise.all([one.identify(16, 0), other.identify(0, 0)]);
    for (const waitMs of waits) {
      expect(waitMs).toBeGreaterThan(4_000);
      expect(waitMs).toBeLessThanOrEqual(5_250);
    }
    await inPostgres(url, "UPDATE identifies SET at = at - interval '5.3 s'");
    const after = await Promise.all([one.identify(16, 0), other.identify(0, 0)]);
    expect(
      after.filter((waitMs) => waitMs === 0),
      'one of both has the turn',
    ).toHaveLength(1);
  });

  it('rests after too many short sessions, longer each time, whichever process tries', async () => {
    const { url, one, other } = await two();
    const rests: number[] = [];
    for (let time = 0; time < 20; time++) {
      expect(await (time % 2 ? one : other).identify(3, 3)).toBe(0);
      const restMs = (await one.view()).restingMs.get(3) ?? 0;
      rests.push(Math.ceil(restMs / 1_000));
      await inPostgres(url, `UPDATE identifies SET at = at - interval '${restMs + 6_000} ms'`);
    }
    expect(rests).toEqual(Array.from({ length: 20 }, (_, streak) => restAfter(streak) / 1_000));
    expect(rests.at(-1)).toBe(300);
    await inPostgres(url, "UPDATE identifies SET at = at - interval '10 min'");
    expect(await one.identify(3, 3)).toBe(0);
    expect((await one.view()).restingMs.size, 'a long session makes up for it').toBe(0);
  });
});
