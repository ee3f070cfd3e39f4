import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Hold, Holds } from '../../src/store/holds.js';
import { restAfter } from '../../src/store/identifies.js';
import { Batch, recordType, StoreError } from '../../src/store/store.js';
import { listeningLog } from '../helpers/store.js';

/** A database of a test's own, and what its operator or its server can do to it. */
export interface HoldsBackend {
  /** As a process opens it; closed after the test. */
  open(): Promise<Holds>;
  /** As the server does when a process has been silent for too long; the process is not told. */
  loseRight(shard: number): Promise<unknown>;
  /** As when the process that claims has ended. */
  loseClaims(): Promise<unknown>;
  /** Lets so much time pass since the last identifies. */
  ageIdentifies(ms: number): Promise<unknown>;
  /** Refuses writes, or takes them again. */
  refuseWrites(refused: boolean): Promise<unknown>;
}

const note = recordType('note', z.string());
const { log } = listeningLog();

async function held(holds: Holds, shard: number, count = 6): Promise<Hold> {
  const hold = await holds.take(shard, count);
  if (!hold) throw new Error(`Shard ${shard} is another's`);
  onTestFinished(() => hold.release());
  return hold;
}

async function opened(hold: Hold) {
  const store = await hold.open(log);
  onTestFinished(() => store.close());
  return store;
}

/** What every database that gives shards to processes promises. */
export function holdsContract(name: string, backend: () => Promise<HoldsBackend>): void {
  const two = async () => {
    const database = await backend();
    return { database, one: await database.open(), other: await database.open() };
  };

  describe(`a shard on ${name}`, () => {
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
      const { database, one, other } = await two();
      const hold = await held(one, 2);
      const store = await opened(hold);
      await store.commit(new Batch().put(note, 'a', () => 'by the first'));
      await database.loseRight(2);
      const late = store.commit(new Batch().put(note, 'a', () => 'too late'));
      await expect(late).rejects.toThrow(StoreError);
      expect(await hold.lost).toBeInstanceOf(Error);
      expect(hold.isSure()).toBe(false);

      const next = await opened(await held(other, 2));
      expect(await next.get(note, 'a')).toBe('by the first');
      await next.commit(new Batch().put(note, 'a', () => 'by the second').remove(note, 'b'));
      const laterStill = new Batch().put(note, 'a', () => 'later still').remove(note, 'a');
      await expect(store.commit(laterStill)).rejects.toThrow(StoreError);
      expect(await next.get(note, 'a')).toBe('by the second');
    });

    it('is not had again by a process that lost it and did not know, when another had it meanwhile', async () => {
      const { database, one, other } = await two();
      const store = await opened(await held(one, 2));
      await database.loseRight(2);
      await (await held(other, 2)).release();
      const late = store.commit(new Batch().put(note, 'a', () => 'too late'));
      await expect(late).rejects.toThrow(StoreError);
    });

    it('stays with its process when a write is refused for a reason of its own', async () => {
      const { database, one } = await two();
      const hold = await held(one, 2);
      const store = await opened(hold);
      await database.refuseWrites(true);
      const refused = store.commit(new Batch().put(note, 'a', () => 'unwanted'));
      await expect(refused).rejects.toThrow(StoreError);
      await database.refuseWrites(false);
      await store.commit(new Batch().put(note, 'a', () => 'welcome'));
      expect(hold.isSure()).toBe(true);
    });

    it('is claimed by whom it belongs to, for as long as that one lives', async () => {
      const { database, one, other } = await two();
      await held(one, 0);
      await one.claim(new Set([1, 2]));
      await one.claim(new Set([2, 5]));
      expect([...(await other.view()).claimed].sort()).toEqual([2, 5]);
      await database.loseClaims();
      await expect.poll(async () => [...(await other.view()).claimed]).toEqual([]);
      await expect.poll(() => one.claim(new Set([2])).then(() => 'again', String)).toBe('again');
      expect([...(await other.view()).claimed]).toEqual([2]);
    });
  });

  describe(`identifying by ${name}`, () => {
    it('is one at a time for each bucket in five seconds, across processes', async () => {
      const { database, one, other } = await two();
      expect(await one.identify(0, 0)).toBe(0);
      expect(await other.identify(1, 1)).toBe(0);
      for (const waitMs of await Promise.all([one.identify(16, 0), other.identify(0, 0)])) {
        expect(waitMs).toBeGreaterThan(4_000);
        expect(waitMs).toBeLessThanOrEqual(5_250);
      }
      await database.ageIdentifies(5_300);
      const after = await Promise.all([one.identify(16, 0), other.identify(0, 0)]);
      expect(
        after.filter((waitMs) => waitMs === 0),
        'one of both has the turn',
      ).toHaveLength(1);
    });

    it('rests after too many short sessions, longer each time, whichever process tries', async () => {
      const { database, one, other } = await two();
      await held(one, 0);
      const rests: number[] = [];
      for (let time = 0; time < 20; time++) {
        expect(await (time % 2 ? one : other).identify(3, 3)).toBe(0);
        const restMs = (await one.view()).restingMs.get(3) ?? 0;
        rests.push(Math.ceil(restMs / 1_000));
        await database.ageIdentifies(restMs + 6_000);
      }
      expect(rests).toEqual(Array.from({ length: 20 }, (_, streak) => restAfter(streak) / 1_000));
      expect(rests.at(-1)).toBe(300);
      await database.ageIdentifies(10 * 60_000);
      expect(await one.identify(3, 3)).toBe(0);
      expect((await one.view()).restingMs.size, 'a long session makes up for it').toBe(0);
    });
  });
}
