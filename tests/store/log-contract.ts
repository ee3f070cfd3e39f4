import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { logType, RecordLog } from '../../src/store/log.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
import type { Backend } from './contract.js';

const row = z.object({ n: z.number() });
const type = logType('log', row);

/** What a log keeps on every store. */
export function logContract(name: string, backend: Backend): void {
  describe(`a log in ${name}`, () => {
    test.each([0, 1, 127, 128, 129, 256, 1_000])('gives back %i rows in both directions', async (count) => {
      const { store } = await backend.open();
      await fill(store, count);
      const log = await RecordLog.open(store, type, 'a');
      expect(log.length).toBe(count);
      expect(await all(log.rows())).toEqual(upTo(count));
      expect(await all(log.newestFirst())).toEqual(upTo(count).reverse());
    });

    test('goes on where it ended', async () => {
      const subject = await backend.open();
      for (const until of [100, 128, 130, 400]) {
        await fill(subject.store, until);
        await subject.reopen();
      }
      expect(await all((await RecordLog.open(subject.store, type, 'a')).rows())).toEqual(upTo(400));
    });

    test('takes single rows as they come, many commits under way', async () => {
      const { store } = await backend.open();
      const log = await RecordLog.open(store, type, 'a');
      await Promise.all(
        upTo(300).map(async (n) => {
          if (n % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
          const batch = new Batch();
          log.append(batch, [{ n }]);
          await store.commit(batch);
        }),
      );
      const again = await RecordLog.open(store, type, 'a');
      expect((await all(again.rows())).sort((a, b) => a - b)).toEqual(upTo(300));
      expect(await all(again.rows())).toEqual(await all(log.rows()));
    });

    test('ends a reading where the log ended when it began', async () => {
      const { store } = await backend.open();
      const log = await fill(store, 200);
      const readings = [log.rows(), log.newestFirst()];
      const batch = new Batch();
      log.append(batch, [{ n: 200 }]);
      await store.commit(batch);
      for (const reading of readings) expect((await all(reading)).sort((a, b) => a - b)).toEqual(upTo(200));
    });

    test('keeps logs with similar ids apart', async () => {
      const { store } = await backend.open();
      for (const id of ['a', 'a:1', 'a:1:head', '1']) await fill(store, 200 + id.length, id);
      for (const id of ['a', 'a:1', 'a:1:head', '1']) {
        expect((await RecordLog.open(store, type, id)).length).toBe(200 + id.length);
      }
    });

    test('is gone after its removal, and can begin again', async () => {
      const subject = await backend.open();
      const log = await fill(subject.store, 300);
      const batch = new Batch();
      log.remove(batch);
      await subject.store.commit(batch);
      expect(log.length).toBe(0);
      await subject.reopen();
      for (const key of ['log:a:head', 'log:a:0', 'log:a:2']) expect(await subject.peek(key)).toBeUndefined();
      await fill(subject.store, 3);
      expect(await all((await RecordLog.open(subject.store, type, 'a')).rows())).toEqual(upTo(3));
    });

    test.each([1, 128, 130, 5_000])('drops rows of %i wherever they stand, and goes on', async (count) => {
      const subject = await backend.open();
      const log = await fill(subject.store, count);
      const isOdd = ({ n }: { n: number }): boolean => n % 2 === 1;
      const append = (n: number): Promise<void> => {
        const batch = new Batch();
        log.append(batch, [{ n }]);
        return subject.store.commit(batch);
      };
      // What is appended meanwhile stays, whether or not it was there in time to be dropped.
      const appended = upTo(200).map((n) => 10_000 + 2 * n);
      const dropped = Promise.all([log.drop(isOdd), log.drop(({ n }) => n === 0)]);
      for (const n of appended) await append(n);
      await dropped;
      const left = [...upTo(count).filter((n) => n % 2 === 0 && n > 0), ...appended];
      expect(await all(log.rows())).toEqual(left);
      expect(await all(log.newestFirst())).toEqual([...left].reverse());
      await append(99_999);
      const again = await RecordLog.open(await subject.reopen(), type, 'a');
      expect(await all(again.rows())).toEqual([...left, 99_999]);
      expect(again.length).toBe(log.length);
    });

    test('writes nothing when there is nothing to drop', async () => {
      const subject = await backend.open();
      const log = await fill(subject.store, 300);
      await subject.breakWrites('log:a:0');
      await log.drop(() => false);
      await expect(log.drop(({ n }) => n === 0)).rejects.toThrow(StoreError);
      await subject.mend();
      await expect(log.drop(() => true)).rejects.toThrow(StoreError);
      expect((await RecordLog.open(subject.store, type, 'a')).length).toBe(300);
    });

    test('brings up rows of an older version', async () => {
      const { store } = await backend.open();
      await fill(store, 200);
      const second = logType('log', z.object({ name: z.string() }), 2, {
        1: (data) => ({ name: `row ${row.parse(data).n}` }),
      });
      const log = await RecordLog.open(store, second, 'a');
      const batch = new Batch();
      log.append(batch, [{ name: 'new' }]);
      await store.commit(batch);
      const names: string[] = [];
      for await (const { name } of (await RecordLog.open(store, second, 'a')).rows()) names.push(name);
      expect(names).toEqual([...upTo(200).map((n) => `row ${n}`), 'new']);
    });
  });

  describe(`a damaged log in ${name}`, () => {
    test.each([
      ['the first', 'log:a:0', [...upTo(300).slice(128)], 301],
      ['one in the middle', 'log:a:1', [...upTo(128), ...upTo(300).slice(256)], 301],
      ['the last', 'log:a:2', upTo(256), 257],
    ])('loses only the segment that is damaged: %s', async (_name, key, left, length) => {
      const subject = await backend.open();
      await fill(subject.store, 300);
      await subject.plant(key, '{"value":{"v":1,"d":[{"n":"rubble"}]}}');
      const log = await RecordLog.open(subject.store, type, 'a');
      expect(await all(log.rows())).toEqual(left);
      const batch = new Batch();
      log.append(batch, [{ n: 300 }]);
      await subject.store.commit(batch);
      const again = await RecordLog.open(subject.store, type, 'a');
      expect(await all(again.rows())).toEqual([...left, 300]);
      expect(again.length).toBe(length);
      expect(subject.lines.filter(({ level }) => level >= 50)).toMatchObject([{ key }]);
    });

    test.each([1, 128, 200, 700, 1_300])('finds its end without a head: %i rows', async (count) => {
      const subject = await backend.open();
      await fill(subject.store, count);
      await subject.plant('log:a:head', 'rubble');
      const log = await RecordLog.open(subject.store, type, 'a');
      expect(await all(log.rows())).toEqual(upTo(count));
      await fill(subject.store, count + 1);
      expect(await all((await RecordLog.open(subject.store, type, 'a')).rows())).toEqual(upTo(count + 1));
    });
  });

  test(`a log in ${name} that was rolled back refuses rows until it is opened again`, async () => {
    const { store } = await backend.open();
    const log = await fill(store, 130);
    const odd = recordType('odd', z.unknown());
    const bad = new Batch().put(odd, 'a', () => 1n);
    log.append(bad, [{ n: 130 }]);
    await expect(store.commit(bad)).rejects.toThrow(StoreError);
    expect(log.stale).toBe(true);
    expect(() => log.append(new Batch(), [{ n: 130 }])).toThrow(StoreError);
    const again = await fill(store, 140);
    expect(await all(again.rows())).toEqual(upTo(140));
    expect(again.stale).toBe(false);
  });
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function all(rows: AsyncGenerator<{ n: number }>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { n } of rows) numbers.push(n);
  return numbers;
}

/** Appends the numbers that are missing, so that the log holds those below `count`. */
async function fill(store: Store, count: number, id = 'a'): Promise<RecordLog<{ n: number }>> {
  const log = await RecordLog.open(store, type, id);
  const batch = new Batch();
  log.append(
    batch,
    upTo(count)
      .slice(log.length)
      .map((n) => ({ n })),
  );
  await store.commit(batch);
  return log;
}
