import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/app/config.js';
import { composeFeatures } from '../../src/app/features.js';
import { layGround } from '../../src/app/ground.js';
import { noMetrics } from '../../src/app/metrics.js';
import { traced } from '../../src/app/traces.js';
import { Outbox } from '../../src/discord/budget/outbox.js';
import { createClient } from '../../src/discord/client.js';
import { Memory } from '../../src/store/held.js';
import { systemClock } from '../../src/time/clock.js';
import { discordClock } from '../../src/time/discord-clock.js';
import { bankIn, demoQuestions } from '../helpers/banks.js';
import { isLong } from '../helpers/long.js';
import { tempStore } from '../helpers/store.js';
import { tours } from './tours.js';

/** Whose presses of the same instant have tests of their own: tests/quiz, tests/question, tests/daily. */
const elsewhere = ['quiz', 'practice', 'daily'];

/** All routes that there are, `feature:action`. */
async function allRoutes(): Promise<string[]> {
  const { store, log } = await tempStore();
  const config = readConfig({ DISCORD_TOKEN: 'a.b.c', QUESTIONS_DIR: demoQuestions }, false);
  const metrics = traced(noMetrics);
  const outbox = new Outbox({ perSecond: 50, log, metrics });
  const client = createClient({
    ...config,
    waitForIdentify: undefined,
    makeRequest: outbox.door(() => true),
  });
  const bank = await bankIn(demoQuestions);
  const clock = discordClock(systemClock);
  const ground = layGround({ client, memory: new Memory(store), clock, log, bank, outbox, metrics });
  const { features } = composeFeatures({ ...ground, client, machine: systemClock });
  return features.flatMap(({ name, routes = {} }) =>
    Object.keys(routes).map((action) => `${name}:${action}`),
  );
}

const visited = new Set<string>();

/** The same draws for both ways; what is not drawn alike has no say in the shape of the world. */
function seededChance(): void {
  let seed = 7;
  vi.spyOn(Math, 'random').mockImplementation(() => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed - 1) / 2_147_483_646;
  });
}

describe.each(tours)('$name', ({ go }) => {
  it('pressed twice in the same instant, and beside a stranger, comes to what one press comes to, and all are answered; again later, by somebody else, and after a restart it is answered in words', async () => {
    seededChance();
    const once = await go('once');
    for (const manner of isLong ? (['twice', 'beside', 'both'] as const) : (['both'] as const)) {
      seededChance();
      const { walk } = await go(manner);
      for (const [index, { after, world }] of once.walk.trace.entries())
        expect({ manner, after, world: walk.trace[index]?.world }).toEqual({ manner, after, world });
    }
    const { walk, other, restart } = once;
    for (const name of walk.routes) visited.add(name);
    await walk.again(other);
    await restart();
    await walk.again(other);
  });
});

it('no route is forgotten', async () => {
  const all = (await allRoutes()).filter((name) => !elsewhere.includes(name.split(':')[0] ?? ''));
  expect(all.filter((name) => !visited.has(name))).toEqual([]);
});
