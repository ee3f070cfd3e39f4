import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Memory } from '../../src/store/held.js';
import { logType } from '../../src/store/log-segments.js';
import type { Fold } from '../../src/store/log-slot.js';
import { HeldLogs } from '../../src/store/logs.js';
import { HeldRecords } from '../../src/store/records.js';
import { recordType, StoreError } from '../../src/store/store.js';
import type { Backend, Subject } from './contract.js';

const note = recordType('note', z.object({ text: z.string() }));
const other = recordType('other', z.object({ n: z.int() }));
const line = logType('line', z.string());

/** Counts how often each line stands in the log. */
const counts: Fold<string, Map<string, number>> = {
  empty: () => new Map(),
  add: (index, row) => index.set(row, (index.get(row) ?? 0) + 1),
  drop: (index, row) => index.set(row, (index.get(row) ?? 0) - 1),
};

/** Room for about ten short notes. */
const mostBytes = 4_000;

/** What the one holder of memory promises on every database, above all when a write fails. */
export function memoryContract(name: string, backend: Backend): void {
  describe(`memory over ${name}`, () => {
    let subject: Subject;
    let notes: HeldRecords<{ text: string }>;
    let others: HeldRecords<{ n: number }>;
    let lines: HeldLogs<string, Map<string, number>>;
    let memory: Memory;

    beforeEach(async () => {
      subject = await backend.open();
      hold();
    });

    function hold(): void {
      memory = new Memory(subject.store, { mostBytes });
      notes = new HeldRecords(memory, note);
      others = new HeldRecords(memory, other);
      lines = new HeldLogs(memory, line, counts);
    }

    async function fresh(): Promise<void> {
      await subject.reopen();
      hold();
    }

    test('gives back what a change made, at once and after a restart', async () => {
      expect(await notes.get('a')).toBeUndefined();
      const before = await notes.use('a', (slot) => {
        const { value } = slot;
        slot.set({ text: 'one' });
        return value;
      });
      expect(before).toBeUndefined();
      expect(await notes.get('a')).toEqual({ text: 'one' });
      await fresh();
      expect(await notes.get('a')).toEqual({ text: 'one' });
    });

    test('a look over many finds those that are there, on the disk and on their way, and remembers no absence', async () => {
      await notes.use('kept', (slot) => slot.set({ text: 'one' }));
      await notes.use('gone', (slot) => slot.set({ text: 'two' }));
      await fresh();
      const before = memory.idleBytes;
      // In memory, so that the changes are decided at once and wait for the disk alone.
      await Promise.all([notes.get('gone'), notes.get('new')]);
      const removed = notes.use('gone', (slot) => slot.remove());
      const made = notes.use('new', (slot) => slot.set({ text: 'three' }));
      const found = await notes.present(['kept', 'gone', 'new', 'never', 'nor this']);
      expect(Object.fromEntries(found)).toEqual({ kept: { text: 'one' }, new: { text: 'three' } });
      await Promise.all([removed, made]);
      const after = memory.idleBytes;
      await notes.present(Array.from({ length: 500 }, (_, n) => `absent ${n}`));
      expect(memory.idleBytes).toBe(after);
      expect(after).toBeGreaterThan(before);
    });

    test('of many logs those are begun that have rows, on the disk or on their way', async () => {
      await lines.use('kept', (log) => log.append(['x']));
      await lines.use('gone', (log) => log.append(['x']));
      await lines.use('gone', (log) => log.remove());
      await fresh();
      await lines.use('new', ({ length }) => length);
      const made = lines.use('new', (log) => log.append(['x']));
      expect(await lines.begun(['never', 'kept', 'gone', 'new'])).toEqual(['kept', 'new']);
      await made;
    });

    test('a log is at rest when it is in memory and as on the disk', async () => {
      expect(lines.atRest('a')).toBeUndefined();
      const made = lines.use('a', (log) => log.append(['x']));
      expect(lines.atRest('a')).toBeUndefined();
      await made;
      await lines.use('a', ({ length }) => length);
      expect(lines.atRest('a')?.get('x')).toBe(1);
      await subject.breakWrites('line:a:0');
      await expect(lines.use('a', (log) => log.append(['x']))).rejects.toThrow(StoreError);
      expect(lines.atRest('a')).toBeUndefined();
      await subject.mend();
    });

    test('changes of one record follow each other, however many start at once', async () => {
      const bump = () => others.use('n', (slot) => slot.set({ n: (slot.value?.n ?? 0) + 1 }));
      await Promise.all(Array.from({ length: 200 }, bump));
      expect(await others.get('n')).toEqual({ n: 200 });
      await fresh();
      expect(await others.get('n')).toEqual({ n: 200 });
    });

    test('one change of several things is stored as a whole or not at all', async () => {
      await subject.breakWrites('other:b');
      const both = notes.use('a', (slot, change) => {
        slot.set({ text: 'one' });
        change.at(others, 'b').set({ n: 1 });
        change.at(lines, 'c').append(['x']);
      });
      await expect(both).rejects.toThrow(StoreError);
      await subject.mend();
      expect(await notes.get('a')).toBeUndefined();
      expect(await lines.use('c', ({ length, index }) => [length, index.size])).toEqual([0, 0]);
    });

    test('a change that throws changes nothing, not even what it had staged before', async () => {
      const refused = notes.use('a', (slot, change) => {
        slot.set({ text: 'one' });
        change.at(lines, 'c').append(['x']);
        throw new RangeError('no');
      });
      await expect(refused).rejects.toThrow(RangeError);
      expect(await notes.get('a')).toBeUndefined();
      expect(await lines.use('c', ({ length }) => length)).toBe(0);
    });

    test('a value that its schema refuses is not stored, and nothing else of its change', async () => {
      const refused = notes.use('a', (slot, change) => {
        change.at(others, 'b').set({ n: 1 });
        slot.set({ text: 7 } as never);
      });
      await expect(refused).rejects.toThrow(StoreError);
      expect(await others.get('b')).toBeUndefined();
      await expect(lines.use('c', (log) => log.append(['x', 7 as never]))).rejects.toThrow(StoreError);
      expect(await lines.use('c', ({ length }) => length)).toBe(0);
    });

    test('a slot is of no use after its change', async () => {
      const slot = await notes.use('a', (one) => one);
      expect(() => slot.set({ text: 'late' })).toThrow('is over');
      expect(() => slot.value).toThrow('is over');
    });

    test('who only looks waits for what is on its way, and never sees what was refused', async () => {
      await notes.get('a');
      await subject.breakWrites('note:a');
      const writing = notes.use('a', (slot) => slot.set({ text: 'refused' }));
      const seen = notes.get('a');
      await expect(writing).rejects.toThrow(StoreError);
      expect(await seen).toBeUndefined();
      await subject.mend();
      await notes.use('a', (slot) => slot.set({ text: 'again' }));
      expect(await notes.get('a')).toEqual({ text: 'again' });
    });

    test('a decision that rests on a refused change is taken anew', async () => {
      await notes.get('a');
      await subject.breakWrites('note:a');
      const first = (text: string) =>
        notes.use('a', (slot) => {
          if (slot.value) throw new RangeError(`already ${slot.value.text}`);
          slot.set({ text });
          return 'recorded';
        });
      const one = first('one');
      const two = first('two');
      await expect(one).rejects.toThrow(StoreError);
      await expect(two).rejects.toThrow(StoreError);
      await subject.mend();
      expect(await first('three')).toBe('recorded');
    });

    test('changes behind a failed write fail with it, and those after it start from the disk', async () => {
      await others.use('n', (slot) => slot.set({ n: 1 }));
      await subject.breakWrites('other:n');
      const bump = () => others.use('n', (slot) => slot.set({ n: (slot.value?.n ?? 0) + 1 }));
      const results = await Promise.allSettled(Array.from({ length: 50 }, bump));
      expect(results.every(({ status }) => status === 'rejected')).toBe(true);
      await subject.mend();
      await bump();
      expect(await others.get('n')).toEqual({ n: 2 });
    });

    test('a failed write during the first reading of a thing leaves one state of it', async () => {
      await others.use('n', (slot) => slot.set({ n: 1 }));
      await fresh();
      await subject.breakWrites('note:a');
      const failing = notes.use('a', (slot) => slot.set({ text: 'x' }));
      const bump = () => others.use('n', (slot) => slot.set({ n: (slot.value?.n ?? 0) + 1 }));
      const bumps = Promise.allSettled([bump(), bump(), bump()]);
      await expect(failing).rejects.toThrow(StoreError);
      await subject.mend();
      const kept = (await bumps).filter(({ status }) => status === 'fulfilled').length;
      await bump();
      expect(await others.get('n')).toEqual({ n: 2 + kept });
      await fresh();
      expect(await others.get('n')).toEqual({ n: 2 + kept });
    });

    test('changes of one record decide in the order of their calls, whatever has to be read for them', async () => {
      const order: string[] = [];
      const slow = notes.use('a', (_, change) => {
        change.at(others, 'x');
        change.at(others, 'y');
        order.push('first');
      });
      const quick = notes.use('a', () => order.push('second'));
      await Promise.all([slow, quick]);
      expect(order).toEqual(['first', 'second']);
    });

    test('things that are not used are let go, those with changes under way never', async () => {
      const ids = Array.from({ length: 40 }, (_, n) => `${n}`);
      await Promise.all(ids.map((id) => notes.use(id, (slot) => slot.set({ text: id }))));
      expect([...memory.settled()].length).toBeLessThan(20);
      expect(memory.idleBytes).toBeLessThanOrEqual(mostBytes);
      const found = await notes.getMany(ids);
      expect([...found.values()].map(({ text }) => text)).toEqual(ids);
    });

    test('a thing that can be read is not refused because of another that was asked for along with it', async () => {
      await notes.use('a', (slot) => slot.set({ text: 'one' }));
      await subject.plant('note:bad', '{"value":{"v":9,"d":{}}}');
      await fresh();
      const both = notes.getMany(['a', 'bad']);
      const one = notes.get('a');
      await expect(both).rejects.toThrow(StoreError);
      expect(await one).toEqual({ text: 'one' });
    });

    test('a change that cannot be put into memory leaves nothing of itself there', async () => {
      const fragile = new HeldLogs(memory, logType('fragile', z.string()), {
        ...counts,
        add(index, row) {
          if (row === 'bad') throw new RangeError('no such row');
          counts.add(index, row);
        },
      });
      const both = notes.use('a', (slot, change) => {
        slot.set({ text: 'one' });
        change.at(fragile, 'c').append(['good', 'bad']);
      });
      await expect(both).rejects.toThrow(RangeError);
      expect(await notes.get('a')).toBeUndefined();
      expect(await fragile.use('c', ({ length, index }) => [length, index.size])).toEqual([0, 0]);
    });

    test('what waits for the disk is never held against it', async () => {
      await notes.get('a');
      const writing = notes.use('a', (slot) => slot.set({ text: 'one' }));
      expect([...memory.settled()]).toEqual([]);
      await writing;
      expect([...memory.settled()]).toMatchObject([{ id: 'a', value: { text: 'one' } }]);
    });

    test('a closing store writes what was begun, and keeps nothing that came later', async () => {
      await notes.get('a');
      await others.get('n');
      const begun = notes.use('a', (slot) => slot.set({ text: 'begun' }));
      const closing = subject.store.close();
      await expect(others.use('n', (slot) => slot.set({ n: 1 }))).rejects.toThrow(StoreError);
      await Promise.all([begun, closing]);
      expect([...memory.settled()]).toMatchObject([{ id: 'a', value: { text: 'begun' } }]);
      await fresh();
      expect(await notes.get('a')).toEqual({ text: 'begun' });
      expect(await others.get('n')).toBeUndefined();
    });

    test('a log that is removed while rows are dropped from it does not come back', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 300 }, (_, n) => `row ${n % 2}`)));
      const dropping = lines.drop('c', (row) => row === 'row 1');
      await Promise.all([dropping, lines.use('c', (log) => log.remove())]);
      await fresh();
      expect(await all(lines.rows('c'))).toEqual([]);
      for (const part of ['head', 0, 1, 2]) expect(await subject.peek(`line:c:${part}`)).toBeUndefined();
    });

    test('twenty thousand things are looked at in one change, and two thousand wait for one reading', async () => {
      const ids = Array.from({ length: 20_000 }, (_, n) => `${n}`);
      const readings = vi.spyOn(subject.store, 'getMany');
      const found = await Promise.all([
        notes.getMany(ids),
        ...Array.from({ length: 2_000 }, () => notes.get('7')),
      ]);
      expect(found[0]).toEqual(new Map());
      const asked = readings.mock.calls.flatMap(([, ids]) => ids);
      expect(asked.length).toBeLessThanOrEqual(ids.length + 1);
      expect([...memory.settled()].length).toBeLessThan(20);
    });

    test('things are weighed as large as they are now, and one that is too large is read each time', async () => {
      const grow = (id: string, length: number) =>
        notes.use(id, (slot) => slot.set({ text: 'x'.repeat(length) }));
      for (const id of ['a', 'b', 'c']) await grow(id, 10);
      expect([...memory.settled()]).toHaveLength(3);
      await grow('c', 3_200);
      expect([...memory.settled()].map(({ id }) => id)).toEqual(['c', 'b']);
      await grow('c', 10_000);
      expect([...memory.settled()].map(({ id }) => id)).toEqual(['b']);
      expect(await notes.get('c')).toEqual({ text: 'x'.repeat(10_000) });
      expect(memory.idleBytes).toBeLessThanOrEqual(mostBytes);
    });

    test('a record that was removed is gone', async () => {
      await notes.use('a', (slot) => slot.set({ text: 'one' }));
      await notes.use('a', (slot) => slot.remove());
      expect(await notes.get('a')).toBeUndefined();
      await fresh();
      expect(await notes.get('a')).toBeUndefined();
    });

    test('an unreadable record fails who asks for it, and only as long as it is', async () => {
      await subject.plant('note:a', '{"value":{"v":9,"d":{}}}');
      await expect(notes.get('a')).rejects.toMatchObject({ name: 'StoreError', fault: 'read' });
      await subject.plant('note:a', '{"value":{"v":1,"d":{"text":"older"}}}');
      expect(await notes.get('a')).toEqual({ text: 'older' });
    });

    test('a log keeps its rows and what is made of them, over segments and restarts', async () => {
      const rows = Array.from({ length: 300 }, (_, n) => `row ${n % 7}`);
      await lines.use('c', (log) => log.append(rows.slice(0, 299)));
      await lines.use('c', (log) => log.append(rows.slice(299)));
      await fresh();
      expect(await all(lines.rows('c'))).toEqual(rows);
      expect(await all(lines.newestFirst('c'))).toEqual([...rows].reverse());
      expect(await lines.use('c', ({ length, index }) => [length, index.get('row 1')])).toEqual([300, 43]);
    });

    test('rows that are dropped are gone wherever they stood, those appended meanwhile stay', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 300 }, (_, n) => `row ${n % 2}`)));
      const dropping = lines.drop('c', (row) => row === 'row 1');
      const more = Array.from({ length: 10 }, () => lines.use('c', (log) => log.append(['row 0', 'row 2'])));
      await Promise.all([dropping, ...more]);
      const left = await all(lines.rows('c'));
      expect(left.filter((row) => row === 'row 1')).toEqual([]);
      expect(left.filter((row) => row === 'row 0')).toHaveLength(160);
      expect(await lines.use('c', ({ index }) => [index.get('row 0'), index.get('row 1')])).toEqual([160, 0]);
      await fresh();
      expect(await all(lines.rows('c'))).toEqual(left);
    });

    test('a drop whose write fails leaves the log as it was, to be dropped again', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 200 }, (_, n) => `row ${n % 2}`)));
      await subject.breakWrites('line:c:0');
      await expect(lines.drop('c', (row) => row === 'row 1')).rejects.toThrow(StoreError);
      await subject.mend();
      expect(await lines.use('c', ({ index }) => index.get('row 1'))).toBe(100);
      await lines.drop('c', (row) => row === 'row 1');
      expect(await all(lines.rows('c'))).toHaveLength(100);
    });

    test('a removed log begins anew', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 200 }, () => 'x')));
      await lines.use('c', (log) => log.remove());
      await lines.use('c', (log) => log.append(['y']));
      await fresh();
      expect(await all(lines.rows('c'))).toEqual(['y']);
    });

    test.each([0, 1, 127, 128, 129, 256, 1_000])(
      'a log gives back %i rows in both directions',
      async (count) => {
        const rows = Array.from({ length: count }, (_, n) => `${n}`);
        await lines.use('c', (log) => log.append(rows));
        await fresh();
        expect(await all(lines.rows('c'))).toEqual(rows);
        expect(await all(lines.newestFirst('c'))).toEqual([...rows].reverse());
        expect(await lines.use('c', ({ length }) => length)).toBe(count);
      },
    );

    test('logs with similar ids are kept apart', async () => {
      const ids = ['a', 'a:1', 'a:1:head', '1'];
      for (const id of ids) await lines.use(id, (log) => log.append(Array.from({ length: 200 }, () => id)));
      await fresh();
      for (const id of ids) expect(new Set(await all(lines.rows(id)))).toEqual(new Set([id]));
    });

    test('rows of an older version are brought up', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 200 }, (_, n) => `${n}`)));
      await fresh();
      const second = logType('line', z.object({ name: z.string() }), 2, {
        1: (row) => ({ name: `row ${z.string().parse(row)}` }),
      });
      const newer = new HeldLogs(new Memory(subject.store), second);
      await newer.use('c', (log) => log.append([{ name: 'new' }]));
      const names = (await all(newer.rows('c'))).map(({ name: one }) => one);
      expect(names).toEqual([...Array.from({ length: 200 }, (_, n) => `row ${n}`), 'new']);
    });

    test.each([
      ['the first', 'line:c:0', 172],
      ['one in the middle', 'line:c:1', 172],
      ['the last', 'line:c:2', 256],
    ])('a log loses only the segment that is damaged: %s', async (_, key, left) => {
      await lines.use('c', (log) => log.append(Array.from({ length: 300 }, (_row, n) => `${n}`)));
      await subject.plant(key, '{"value":{"v":1,"d":[7]}}');
      await fresh();
      await lines.use('c', (log) => log.append(['new']));
      expect(await all(lines.rows('c'))).toHaveLength(left + 1);
      expect(subject.lines.filter(({ level }) => level >= 50)).toMatchObject([{ key }]);
    });

    test('damage on the end of a log is told once, however often it is asked for', async () => {
      await lines.use('c', (log) => log.append(['x']));
      await subject.plant('line:c:0', 'rubble');
      await fresh();
      for (let n = 0; n < 3; n++) await all(lines.rows('c'));
      expect(subject.lines.filter(({ level }) => level >= 50)).toHaveLength(1);
    });

    test('a log whose head is damaged finds its end again', async () => {
      await lines.use('c', (log) => log.append(Array.from({ length: 300 }, (_, n) => `${n}`)));
      await subject.plant('line:c:head', '{"value":{"v":1,"d":{"rows":"?"}}}');
      await fresh();
      await lines.use('c', (log) => log.append(['300']));
      expect(await all(lines.rows('c'))).toHaveLength(301);
    });
  });
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
