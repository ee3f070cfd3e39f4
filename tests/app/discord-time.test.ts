import { describe, expect, it } from 'vitest';
import { TimeKeeping } from '../../src/app/discord-time.js';
import { discordClock } from '../../src/time/discord-clock.js';
import { ManualClock } from '../helpers/clock.js';
import { listeningLog } from '../helpers/store.js';

const start = Date.parse('2026-03-04T12:00:00Z');

/** A machine whose clock is right until somebody sets it, and a Discord that stamps its responses. */
async function keeping() {
  const machine = new ManualClock(start);
  const { log, lines } = listeningLog();
  const clock = discordClock(machine);
  let setByMs = 0;
  let requests = 0;
  /** What happens while the next answers are on their way. */
  const onItsWay: (() => void)[] = [];
  const passedMs = (): number => machine.now() - setByMs - start;
  const rest = {
    async queueRequest() {
      requests += 1;
      const date = new Date(start + passedMs()).toUTCString();
      onItsWay.shift()?.();
      return { headers: new Headers({ date }) };
    },
  };
  const time = new TimeKeeping({ rest: rest as never, clock, machine, log, passedMs });
  await time.measure();
  return {
    machine,
    time,
    lines,
    onItsWay,
    requests: () => requests,
    offMs: () => clock.now() - start - passedMs(),
    set(byMs: number) {
      setByMs += byMs;
      machine.jumpTo(machine.now() + byMs);
    },
  };
}

describe('a machine’s clock that somebody sets while the bot runs', () => {
  it.each([3_600_000, 3_000, -3_000, -3_600_000])('by %i ms is found out within seconds', async (byMs) => {
    const world = await keeping();
    world.set(byMs);
    expect(Math.abs(world.offMs())).toBe(Math.abs(byMs));
    // Timers of before a clock that was set back come by the time that has passed, as Node's do.
    await world.machine.advanceBy(5_000 + Math.max(0, -byMs));
    expect(Math.abs(world.offMs())).toBeLessThanOrEqual(1_100);
  });

  it('costs no request while nobody does, but the one of every hour', async () => {
    const world = await keeping();
    await world.machine.advanceBy(3 * 3_600_000 + 60_000);
    expect(world.requests()).toBe(4);
    world.time.stop();
    expect(world.machine.pending).toBe(0);
  });

  it.each([1, 2])('while %i answers of Discord are on their way spoils no measurement', async (times) => {
    const world = await keeping();
    for (let time = 0; time < times; time++) world.onItsWay.push(() => world.set(900_000));
    await world.time.measure();
    expect(Math.abs(world.offMs())).toBeLessThanOrEqual(1_100);
    expect(world.requests()).toBe(2 + times);
  });
});
