import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discordClock } from '../../src/time/discord-clock.js';
import { ManualClock } from '../helpers/clock.js';

const start = Date.parse('2026-03-04T12:00:00Z');

describe('Discord’s time', () => {
  test('is the machine’s until something is known', () => {
    const machine = new ManualClock(start);
    expect(discordClock(machine).now()).toBe(start);
  });

  test.each([3_000, -3_000, 7 * 24 * 3_600_000])('is found by one dated response, %i ms off', (aheadMs) => {
    const clock = discordClock(new ManualClock(start));
    clock.dated(Math.floor((start + aheadMs) / 1_000) * 1_000, 40);
    expect(Math.abs(clock.now() - (start + aheadMs))).toBeLessThanOrEqual(1_040);
  });

  test('is in whole milliseconds, as times are stored, however finely the answer was timed', () => {
    const clock = discordClock(new ManualClock(start));
    clock.dated(start - 60_000, 40.123);
    expect(clock.now()).toBe(start - 60_000 + 1_041);
  });

  test('small differences are left to the network', () => {
    const clock = discordClock(new ManualClock(start));
    clock.notBefore(start + 100);
    expect(clock.aheadMs).toBe(0);
  });

  test('timers run by it, also those that were set before it was known', async () => {
    const machine = new ManualClock(start);
    const clock = discordClock(machine);
    const ran: string[] = [];
    clock.at(start + 20_000, () => ran.push('round'));
    clock.notBefore(start + 15_000);
    await machine.advance(4_999);
    expect(ran).toEqual([]);
    await machine.advance(1);
    expect(ran).toEqual(['round']);
  });

  test('a machine’s clock that is set in between is noticed', async () => {
    const machine = new ManualClock(start);
    const clock = discordClock(machine);
    clock.notBefore(start + 60_000);
    clock.dated(start + 60_000, 10);
    await machine.advance('1h');
    // The machine was an hour behind all at once: what is stamped now says so.
    clock.dated(start + 60_000 + 2 * 3_600_000, 10);
    expect(clock.now() - (start + 60_000 + 2 * 3_600_000)).toBeGreaterThanOrEqual(0);
    expect(clock.now() - (start + 60_000 + 2 * 3_600_000)).toBeLessThanOrEqual(1_010);
  });

  test('is never off by more than a header’s second and the network’s delay', () => {
    const delays = fc.record({ out: fc.nat(400), back: fc.nat(400) });
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(delays, { minLength: 1 }),
        (aheadMs, trips) => {
          const machine = new ManualClock(start);
          const clock = discordClock(machine);
          for (const { out, back } of trips) {
            const stampedMs = start + aheadMs - back;
            clock.dated(Math.floor(stampedMs / 1_000) * 1_000, out + back);
            const off = Math.abs(clock.now() - (start + aheadMs));
            expect(off).toBeLessThanOrEqual(1_000 + out + back + 250);
          }
        },
      ),
      { seed: 1 },
    );
  });
});
