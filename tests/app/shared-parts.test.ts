import { expect, it, vi } from 'vitest';
import { waitBy } from '../../src/app/shared-parts.js';

const never = new AbortController().signal;

it('a database that does not answer is said once while a shard waits to log in, and asked until it does', async () => {
  const identify = vi.fn<() => Promise<number>>();
  identify
    .mockRejectedValueOnce(new Error('away'))
    .mockRejectedValueOnce(new Error('away'))
    .mockResolvedValue(0);
  const warn = vi.fn();
  await waitBy({ identify }, { warn })(3, 0, never);
  expect(identify).toHaveBeenCalledTimes(3);
  expect(warn.mock.calls).toEqual([
    [expect.objectContaining({ shard: 3 }), expect.stringContaining('asking again')],
  ]);
});

it('waiting to log in ends with the signal, and gives way to everything else meanwhile', async () => {
  const leaving = new AbortController();
  const identify = vi.fn(async () => 1);
  const waiting = waitBy({ identify }, { warn: vi.fn() })(0, 0, leaving.signal);
  setTimeout(() => leaving.abort(new Error('left')), 20);
  await expect(waiting).rejects.toThrow();
  expect(identify.mock.calls.length).toBeGreaterThan(1);
});
