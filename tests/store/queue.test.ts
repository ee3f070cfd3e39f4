import { describe, expect, test } from 'vitest';
import { KeyedQueue } from '../../src/store/queue.js';

describe('the keyed queue', () => {
  test('runs tasks of one key one after another in the order of their calls', async () => {
    const queue = new KeyedQueue();
    const seen: string[] = [];
    const task = (name: string) => async () => {
      seen.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([queue.run('a', task('one')), queue.run('a', task('two'))]);
    expect(results).toEqual(['one', 'two']);
    expect(seen).toEqual(['one starts', 'one ends', 'two starts', 'two ends']);
  });

  test('does not let different keys wait for each other', async () => {
    const queue = new KeyedQueue();
    let release = (): void => {};
    const held = queue.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    await expect(queue.run('b', async () => 'through')).resolves.toBe('through');
    release();
    await held;
  });

  test.each([
    ['a rejection', () => Promise.reject(new Error('no'))],
    [
      'a throw',
      () => {
        throw new Error('no');
      },
    ],
  ])('goes on after %s', async (_name, task: () => Promise<never>) => {
    const queue = new KeyedQueue();
    const failing = queue.run('a', task);
    const next = queue.run('a', async () => 'next');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('next');
  });

  test('forgets a key that has nothing to do', async () => {
    const queue = new KeyedQueue();
    const both = [queue.run('a', async () => 1), queue.run('a', async () => 2)];
    expect(queue.size).toBe(1);
    await Promise.all(both);
    await new Promise((resolve) => setImmediate(resolve));
    expect(queue.size).toBe(0);
  });
});
