import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { KeyedQueue } from '../../src/store/queue.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
import type { LogLine } from '../helpers/store.js';

/** One backend under test. Every store it opens is empty at first and is closed by it when the test ends. */
export interface Backend {
  open(): Promise<Subject>;
}

export interface Subject {
  store: Store;
  readonly lines: readonly LogLine[];
  /** Closes the store and opens the same data again. */
  reopen(): Promise<Store>;
  /** Lets every write fail that has this key in it (or simply every one) until `mend`. */
  breakWrites(key: string): Promise<void>;
  mend(): Promise<void>;
  /** Puts text under a key behind the store's back. */
  plant(key: string, text: string): Promise<void>;
  /** The text under a key. */
  peek(key: string): Promise<string | undefined>;
}

const note = recordType('note', z.object({ text: z.string() }));
const counter = recordType('counter', z.object({ n: z.number() }));

/** What every store keeps, whatever it is made of. */
export function contract(name: string, backend: Backend): void {
  describe(`a store in ${name}`, () => {
    test('gives back what was committed, also after it was opened again', async () => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(note, 'a', () => ({ text: 'one' })));
      expect(await subject.store.get(note, 'a')).toEqual({ text: 'one' });
      const again = await subject.reopen();
      expect(await again.get(note, 'a')).toEqual({ text: 'one' });
    });

    test('keeps a record as JSON under a key that people can read', async () => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(note, 'a:b', () => ({ text: 'one' })));
      expect(await subject.peek('note:a:b')).toBe('{"value":{"v":1,"d":{"text":"one"}}}');
    });

    test('has nothing where nothing was put', async () => {
      const { store } = await backend.open();
      expect(await store.get(note, 'a')).toBeUndefined();
      expect(await store.getMany(note, ['a', 'b'])).toEqual(new Map());
      expect(await store.getMany(note, [])).toEqual(new Map());
    });

    test('takes an empty batch', async () => {
      const { store } = await backend.open();
      await expect(store.commit(new Batch())).resolves.toBeUndefined();
    });

    test('forgets a removed record, also after it was opened again', async () => {
      const subject = await backend.open();
      await subject.store.commit(
        new Batch().put(note, 'a', () => ({ text: 'one' })).put(note, 'b', () => ({ text: 'two' })),
      );
      await subject.store.commit(new Batch().remove(note, 'a').remove(note, 'never'));
      expect(await subject.store.get(note, 'a')).toBeUndefined();
      const again = await subject.reopen();
      expect(await again.getMany(note, ['a', 'b'])).toEqual(new Map([['b', { text: 'two' }]]));
      expect(await subject.peek('note:a')).toBeUndefined();
    });

    test('keeps a record that is put again right after its removal', async () => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(note, 'a', () => ({ text: 'old' })));
      const removing = subject.store.commit(new Batch().remove(note, 'a'));
      await removing;
      await subject.store.commit(new Batch().put(note, 'a', () => ({ text: 'new' })));
      expect(await (await subject.reopen()).get(note, 'a')).toEqual({ text: 'new' });
    });

    test.each([
      ['emoji and other scripts', 'Grüße 🎉👩‍👩‍👧 سؤال 質問 \u{10ffff}'],
      ['quotes, percent signs and backslashes', `'"\`%_\\ ; -- $1 ?`],
      ['control characters and a zero', 'a\u0000b\u0001\n\r\t\u2028'],
      ['half of a surrogate pair', '\ud83d!'],
      ['a megabyte', 'x🎉'.repeat(250_000)],
      ['nothing', ''],
    ])('keeps %s', async (_name, text) => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(note, 'a', () => ({ text })));
      expect(await subject.store.get(note, 'a')).toEqual({ text });
    });

    test('tells keys with colons and odd characters apart', async () => {
      const { store } = await backend.open();
      const ids = ['a', 'a:b', 'a:b:c', 'a::b', 'a%', 'a_', 'A', 'ä', "a'", 'drills:a', 'drills::a', '🎉'];
      const batch = new Batch();
      for (const id of ids) batch.put(note, id, () => ({ text: id }));
      await store.commit(batch);
      const found = await store.getMany(note, ids);
      expect(found).toEqual(new Map(ids.map((id) => [id, { text: id }])));
    });

    test('reads 300 at once in the order asked, leaving out those that are not there', async () => {
      const { store } = await backend.open();
      const batch = new Batch();
      for (let n = 0; n < 300; n += 2) batch.put(counter, `${n}`, () => ({ n }));
      await store.commit(batch);
      const ids = Array.from({ length: 300 }, (_, index) => `${299 - index}`);
      const found = await store.getMany(counter, ids);
      expect([...found.keys()]).toEqual(ids.filter((id) => Number(id) % 2 === 0));
      expect([...found.values()].every(({ n }, index) => n === 298 - 2 * index)).toBe(true);
    });

    test('writes thousands of records in one batch', async () => {
      const { store } = await backend.open();
      const batch = new Batch();
      for (let n = 0; n < 17_000; n++) batch.put(counter, `${n}`, () => ({ n }));
      await store.commit(batch);
      expect(await store.getMany(counter, ['0', '9999', '16999'])).toEqual(
        new Map([0, 9999, 16999].map((n) => [`${n}`, { n }])),
      );
    });

    test('resolves commits in the order of their calls and keeps the last', async () => {
      const { store } = await backend.open();
      const order: number[] = [];
      const commits = Array.from({ length: 40 }, (_, n) =>
        store.commit(new Batch().put(counter, `${n % 3}`, () => ({ n }))).then(() => order.push(n)),
      );
      await Promise.all(commits);
      expect(order).toEqual(Array.from({ length: 40 }, (_, n) => n));
      expect(await store.get(counter, '0')).toEqual({ n: 39 });
      expect(await store.get(counter, '1')).toEqual({ n: 37 });
    });

    test('asks each record of a moment once, for its last state', async () => {
      const { store } = await backend.open();
      const live = { n: 0 };
      let reads = 0;
      const commits = Array.from({ length: 100 }, () => {
        live.n++;
        return store.commit(
          new Batch().put(counter, 'a', () => {
            reads++;
            return live;
          }),
        );
      });
      await Promise.all(commits);
      expect(reads).toBe(1);
      expect(await store.get(counter, 'a')).toEqual({ n: 100 });
    });

    test('writes the state as it is when the write starts, whatever happens to it meanwhile', async () => {
      const { store } = await backend.open();
      const live = { n: 1 };
      let seen = (): void => {};
      const started = new Promise<void>((resolve) => {
        seen = resolve;
      });
      const commit = store.commit(
        new Batch()
          .put(counter, 'a', () => live)
          .put(counter, 'b', () => {
            seen();
            return { n: 1 };
          }),
      );
      await started;
      live.n = 2;
      await commit;
      expect(await store.get(counter, 'a')).toEqual({ n: 1 });
    });

    test('lets a read see every change that was committed before it', async () => {
      const { store } = await backend.open();
      void store.commit(new Batch().put(counter, 'a', () => ({ n: 1 })));
      expect(await store.get(counter, 'a')).toEqual({ n: 1 });
      void store.commit(new Batch().put(counter, 'a', () => ({ n: 2 })));
      expect(await store.getMany(counter, ['a', 'b'])).toEqual(new Map([['a', { n: 2 }]]));
      void store.commit(new Batch().remove(counter, 'a'));
      expect(await store.get(counter, 'a')).toBeUndefined();
    });

    test('counts to 50 when 50 add one through the queue of the key', async () => {
      const { store } = await backend.open();
      const queue = new KeyedQueue();
      const add = async (): Promise<void> => {
        const { n } = (await store.get(counter, 'a')) ?? { n: 0 };
        await store.commit(new Batch().put(counter, 'a', () => ({ n: n + 1 })));
      };
      await Promise.all(Array.from({ length: 50 }, () => queue.run('a', add)));
      expect(await store.get(counter, 'a')).toEqual({ n: 50 });
    });

    test('writes what waits before it closes, and then refuses', async () => {
      const subject = await backend.open();
      const { store } = subject;
      const commits = Array.from({ length: 20 }, (_, n) =>
        store.commit(new Batch().put(counter, `${n}`, () => ({ n }))),
      );
      await store.close();
      await expect(Promise.all(commits)).resolves.toHaveLength(20);
      await expect(store.commit(new Batch().put(counter, 'x', () => ({ n: 0 })))).rejects.toThrow(StoreError);
      await expect(store.get(counter, '0')).rejects.toThrow(StoreError);
      expect(await (await subject.reopen()).get(counter, '19')).toEqual({ n: 19 });
    });
  });

  describe(`a failing write to ${name}`, () => {
    test('leaves nothing of its batch', async () => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(counter, 'a', () => ({ n: 1 })));
      await subject.breakWrites('counter:b');
      const batch = new Batch().put(counter, 'a', () => ({ n: 2 })).put(counter, 'b', () => ({ n: 2 }));
      await expect(subject.store.commit(batch.remove(note, 'c'))).rejects.toThrow(StoreError);
      await subject.mend();
      expect(await subject.store.getMany(counter, ['a', 'b'])).toEqual(new Map([['a', { n: 1 }]]));
    });

    test('takes all commits down that wait behind it, after the listeners have run', async () => {
      const subject = await backend.open();
      const seen: string[] = [];
      await subject.breakWrites('counter:a');
      const put = (id: string): Promise<unknown> =>
        subject.store
          .commit(
            new Batch().put(counter, id, () => {
              seen.push(`${id} is written`);
              return { n: 1 };
            }),
          )
          .then(
            () => seen.push(`${id} resolves`),
            (error: unknown) => seen.push(`${id}: ${error instanceof StoreError}`),
          );
      subject.store.onRollback(() => seen.push('rollback'));
      const first = put('a');
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([first, put('b'), put('c')]);
      expect(seen).toEqual(['a is written', 'rollback', 'a: true', 'b: true', 'c: true']);
      await subject.mend();
      expect(await subject.store.getMany(counter, ['a', 'b', 'c'])).toEqual(new Map());
    });

    test('does not keep later ones from working', async () => {
      const subject = await backend.open();
      await subject.breakWrites('counter:a');
      await expect(subject.store.commit(new Batch().put(counter, 'a', () => ({ n: 1 })))).rejects.toThrow();
      await subject.mend();
      await subject.store.commit(new Batch().put(counter, 'a', () => ({ n: 2 })));
      expect(await subject.store.get(counter, 'a')).toEqual({ n: 2 });
    });

    test('tells nobody who has stopped listening, and survives a listener that throws', async () => {
      const subject = await backend.open();
      const seen: string[] = [];
      const stop = subject.store.onRollback(() => seen.push('stopped'));
      subject.store.onRollback(() => {
        throw new Error('no');
      });
      subject.store.onRollback(() => seen.push('heard'));
      stop();
      const bad = new Batch().put(counter, 'a', () => {
        throw new Error('cannot be read');
      });
      await expect(subject.store.commit(bad)).rejects.toThrow('cannot be read');
      expect(seen).toEqual(['heard']);
      expect(subject.lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('listener failed'));
    });

    test.each([
      ['undefined', undefined],
      ['a circle', circle()],
      ['a bigint', 1n],
    ])('is what a value gets that cannot be kept: %s', async (_name, value) => {
      const { store } = await backend.open();
      const odd = recordType('odd', z.unknown());
      await expect(store.commit(new Batch().put(odd, 'a', () => value))).rejects.toThrow(StoreError);
      expect(await store.get(odd, 'a')).toBeUndefined();
    });
  });

  describe(`a record in ${name}`, () => {
    const first = recordType('player', z.object({ name: z.string() }));
    const third = recordType('player', z.object({ first: z.string(), points: z.number() }), 3, {
      1: (data) => ({ first: z.object({ name: z.string() }).parse(data).name }),
      2: (data) => ({ ...z.object({ first: z.string() }).parse(data), points: 0 }),
    });

    test('of an older version is brought up, one step after the other', async () => {
      const { store } = await backend.open();
      await store.commit(new Batch().put(first, 'ada', () => ({ name: 'Ada' })));
      expect(await store.get(third, 'ada')).toEqual({ first: 'Ada', points: 0 });
    });

    test('of a newer version is refused and stays', async () => {
      const { store } = await backend.open();
      await store.commit(new Batch().put(third, 'ada', () => ({ first: 'Ada', points: 7 })));
      await expect(store.get(first, 'ada')).rejects.toThrow(/newer version/);
      await expect(store.getMany(first, ['ada'])).rejects.toThrow(StoreError);
      expect(await store.get(third, 'ada')).toEqual({ first: 'Ada', points: 7 });
    });

    test('that has no migration from its version is set aside', async () => {
      const subject = await backend.open();
      await subject.store.commit(new Batch().put(first, 'ada', () => ({ name: 'Ada' })));
      const gap = recordType('player', z.unknown(), 2);
      expect(await subject.store.get(gap, 'ada')).toBeUndefined();
      expect(subject.lines.at(-1)?.reason).toContain('version 1');
    });

    test.each([
      ['that breaks its schema', '{"value":{"v":1,"d":{"text":5}}}', 'text: invalid_type'],
      ['that is no JSON', '{"value":{"v":1,"d":{"te', 'it is not JSON as'],
      ['without an envelope', '17', 'it is not JSON as'],
      ['without a version', '{"value":{"text":"secret"}}', 'it is not a record'],
    ])('%s is set aside with one report and counts as absent', async (_name, text, reason) => {
      const subject = await backend.open();
      await subject.plant('note:a', text);
      await subject.store.commit(new Batch().put(note, 'b', () => ({ text: 'sound' })));
      expect(await subject.store.get(note, 'a')).toBeUndefined();
      expect(await subject.store.getMany(note, ['a', 'b'])).toEqual(new Map([['b', { text: 'sound' }]]));
      const errors = subject.lines.filter(({ level }) => level >= 50);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({ key: 'note:a', reason: expect.stringContaining(reason) });
      expect(JSON.stringify(errors)).not.toContain('secret');
      const copy = JSON.parse((await subject.peek(String(errors[0]?.copy))) ?? 'null');
      expect(copy.value.d).toBe(text);
    });

    test('that was damaged can be written again while its copy stays', async () => {
      const subject = await backend.open();
      await subject.plant('note:a', 'rubble');
      await subject.store.get(note, 'a');
      await subject.store.commit(new Batch().put(note, 'a', () => ({ text: 'new' })));
      expect(await subject.store.get(note, 'a')).toEqual({ text: 'new' });
      const copy = String(subject.lines.find(({ level }) => level >= 50)?.copy);
      expect(await subject.peek(copy)).toContain('rubble');
    });
  });
}

function circle(): unknown {
  const round: { self?: unknown } = {};
  round.self = round;
  return round;
}
