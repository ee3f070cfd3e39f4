import { tracingChannel } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { traced } from '../src/trace.js';

const about = vi.fn((date: string) => ({ guildId: '1', date }));

/** What is said on the channel until the test ends, in order. */
function listen(): [string, object][] {
  const said: [string, object][] = [];
  const hear = (what: string) => (context: object) => void said.push([what, { ...context }]);
  const ears = {
    start: hear('start'),
    end: hear('end'),
    asyncStart: hear('asyncStart'),
    asyncEnd: hear('asyncEnd'),
    error: hear('error'),
  };
  const channel = tracingChannel('interview-drills:daily');
  channel.subscribe(ears);
  onTestFinished(() => void channel.unsubscribe(ears));
  return said;
}

describe('traced work', () => {
  it('is the work itself while nobody listens', () => {
    const promise = Promise.resolve(7);
    about.mockClear();
    expect(traced('daily', about, () => promise)('2026-03-04')).toBe(promise);
    expect(about).not.toHaveBeenCalled();
  });

  it('tells who began to listen after it was made when it begins, and what came of it', async () => {
    const work = traced('daily', about, async (date) => `posted ${date}`);
    const said = listen();
    const fields = { guildId: '1', date: '2026-03-04' };
    expect(await work('2026-03-04')).toBe('posted 2026-03-04');
    expect(said.map(([what]) => what)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    expect(said[0]?.[1]).toEqual(fields);
    expect(said.at(-1)?.[1]).toEqual({ ...fields, result: 'posted 2026-03-04' });
  });

  it('fails as it would unheard, and tells why', async () => {
    const fault = new Error('Discord is away');
    const said = listen();
    await expect(traced('daily', about, () => Promise.reject(fault))('2026-03-04')).rejects.toBe(fault);
    expect(said.map(([what]) => what)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(said.at(-1)?.[1]).toMatchObject({ error: fault });
  });
});
