import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GroupCommit } from '../../src/store/group-commit.js';
import { Batch, recordType, type Write } from '../../src/store/store.js';

const counter = recordType('counter', z.number());
const put = (id: string): Batch => new Batch().put(counter, id, () => 1);

/** A disk whose writes the test ends by hand. */
class SlowDisk {
  readonly writes: { keys: string[]; end: () => void; fail: (error: Error) => void }[] = [];
  readonly #listeners: (() => void)[] = [];

  readonly write = (writes: ReadonlyMap<string, Write>): Promise<() => Promise<void>> =>
    new Promise((resolve, reject) => {
      this.writes.push({ keys: [...writes.keys()], end: () => resolve(async () => {}), fail: reject });
      for (const listener of this.#listeners.splice(0)) listener();
    });

  /** The next write that starts. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }
}

function subject() {
  const disk = new SlowDisk();
  const failures: unknown[] = [];
  const group = new GroupCommit({ freeze: (writes) => new Map(writes), write: disk.write }, (cause) => {
    failures.push(cause);
    return new Error('failed', { cause });
  });
  return { disk, group, failures };
}

describe('group commit', () => {
  test('writes what one turn of the event loop commits together', async () => {
    const { disk, group } = subject();
    const started = disk.next();
    const commits = [
      group.commit(put('a')),
      group.commit(put('b')),
      Promise.resolve().then(() => group.commit(put('c'))),
    ];
    await started;
    expect(disk.writes.map(({ keys }) => keys)).toEqual([['counter:a', 'counter:b', 'counter:c']]);
    disk.writes[0]?.end();
    await Promise.all(commits);
  });

  test('writes all of a group as it is in the moment in which it starts', async () => {
    const values = { a: 1, b: 1 };
    let started = (_: unknown): void => {};
    const first = new Promise((resolve) => {
      started = resolve;
    });
    let end = (): void => {};
    const written: unknown[] = [];
    const group = new GroupCommit(
      {
        freeze: (writes) => [...writes.values()].map(({ read }) => read?.()),
        async write(frozen) {
          started(undefined);
          await new Promise<void>((resolve) => {
            end = resolve;
          });
          written.push(frozen);
          return async () => {};
        },
      },
      () => new Error('failed'),
    );
    const done = group.commit(
      new Batch().put(counter, 'a', () => values.a).put(counter, 'b', () => values.b),
    );
    values.a = 2;
    await first;
    Object.assign(values, { a: 3, b: 3 });
    end();
    await done;
    expect(written).toEqual([[2, 1]]);
  });

  test('never has two writes under way, and gathers meanwhile', async () => {
    const { disk, group } = subject();
    let started = disk.next();
    const first = group.commit(put('a'));
    await started;
    const behind = [group.commit(put('b')), group.commit(put('c')), group.commit(put('b'))];
    await new Promise((resolve) => setImmediate(resolve));
    expect(disk.writes).toHaveLength(1);
    started = disk.next();
    disk.writes[0]?.end();
    await first;
    await started;
    expect(disk.writes[1]?.keys).toEqual(['counter:b', 'counter:c']);
    disk.writes[1]?.end();
    await Promise.all(behind);
  });

  test('a failure takes down what waits, and nothing that comes after', async () => {
    const { disk, group, failures } = subject();
    let started = disk.next();
    const first = group.commit(put('a'));
    await started;
    const behind = group.commit(put('b'));
    const lost = Promise.all([
      expect(first).rejects.toThrow('failed'),
      expect(behind).rejects.toThrow('failed'),
    ]);
    disk.writes[0]?.fail(new Error('disk full'));
    await lost;
    expect(failures).toHaveLength(1);
    started = disk.next();
    const after = group.commit(put('c'));
    await started;
    disk.writes[1]?.end();
    await after;
    expect(disk.writes.map(({ keys }) => keys)).toEqual([['counter:a'], ['counter:c']]);
  });

  test('what a listener commits while changes are rolled back is written', async () => {
    const disk = new SlowDisk();
    let again: Promise<void> | undefined;
    const group: GroupCommit<unknown> = new GroupCommit(
      { freeze: (writes) => new Map(writes), write: disk.write },
      () => {
        again = group.commit(put('b'));
        return new Error('failed');
      },
    );
    let started = disk.next();
    const first = group.commit(put('a'));
    await started;
    started = disk.next();
    disk.writes[0]?.fail(new Error('disk full'));
    await expect(first).rejects.toThrow('failed');
    await started;
    disk.writes[1]?.end();
    await expect(again).resolves.toBeUndefined();
  });

  test('is idle when all of it is written, or failed', async () => {
    const { disk, group } = subject();
    await group.idle();
    let started = disk.next();
    void group.commit(put('a'));
    await started;
    started = disk.next();
    group.commit(put('b')).catch(() => {});
    const idle = group.idle().then(() => disk.writes.length);
    disk.writes[0]?.end();
    await started;
    disk.writes[1]?.fail(new Error('disk full'));
    expect(await idle).toBe(2);
  });
});
