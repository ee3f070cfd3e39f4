import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { HeldBackError, InvalidRequestCount } from '../../src/discord/budget/invalid.js';
import { Lanes } from '../../src/discord/budget/lanes.js';
import { Outbox } from '../../src/discord/budget/outbox.js';
import { type BudgetTime, RequestBudget } from '../../src/discord/budget/requests.js';
import { UnsureError } from '../../src/discord/budget/sure.js';
import type { Urgency } from '../../src/discord/budget/urgency.js';
import { createClient } from '../../src/discord/client.js';
import { restMessenger } from '../../src/discord/messenger.js';
import { startDiscord } from '../helpers/discord.js';
import { listeningLog } from '../helpers/store.js';

const hello = { components: [{ type: 10 as const, content: 'Hello' }] };

/** Time that runs as fast as it can. */
class QuickTime implements BudgetTime {
  #nowMs = 0;
  #timers: { atMs: number; run: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): void {
    this.#timers.push({ atMs: this.#nowMs + ms, run });
  }

  async runUntil(untilMs: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#timers.sort((a, b) => a.atMs - b.atMs);
      const [next] = this.#timers;
      if (!next || next.atMs > untilMs) break;
      this.#timers.shift();
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = untilMs;
  }
}

interface Made {
  readonly urgency: Urgency;
  readonly waitedMs: number;
  /** When Discord counted it. */
  readonly countedMs: number;
}

/** Requests over a network that takes as long as `random` says, in both directions. */
function network(perSecond: number, random: () => number = () => 0.5) {
  const time = new QuickTime();
  const budget = new RequestBudget(perSecond, time);
  const made: Made[] = [];
  const ask = async (urgency: Urgency): Promise<void> => {
    const askedMs = time.now();
    const turn = await budget.turn(urgency);
    turn.use();
    const waitedMs = time.now() - askedMs;
    time.after(random() * 80, () => {
      made.push({ urgency, waitedMs, countedMs: time.now() });
      time.after(random() * 80, () => budget.answered());
    });
  };
  return { time, budget, made, ask };
}

/** The most requests that came within any second. */
function fullestSecond(made: readonly Made[]): number {
  const times = made.map(({ countedMs }) => countedMs).sort((a, b) => a - b);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

const of = (made: readonly Made[], urgency: Urgency): Made[] => made.filter((one) => one.urgency === urgency);

describe('the budget of requests', () => {
  it.each([1, 2, 3, 4])(
    'never lets Discord count more than its limit in any second, seed %i',
    async (seed) => {
      const random = seeded(seed);
      const { time, made, ask } = network(20, random);
      const urgencies: Urgency[] = ['round', 'person', 'post', 'reveal', 'counter'];
      for (let at = 0; at < 5_000; at += 25)
        time.after(at, () => void ask(urgencies[Math.floor(random() * 5)] as Urgency));
      for (let burst = 0; burst < 60; burst++) time.after(2_500, () => void ask('round'));
      await time.runUntil(60_000);
      expect(made).toHaveLength(260);
      expect(fullestSecond(made)).toBeLessThanOrEqual(20);
    },
  );

  it('lets rounds pass thousands of daily posts, which use what is left', async () => {
    const { time, made, ask } = network(50);
    for (let post = 0; post < 1_000; post++) void ask('post');
    for (let at = 0; at < 15_000; at += 100) time.after(at, () => void ask('round'));
    await time.runUntil(15_000);
    const waits = of(made, 'round').map(({ waitedMs }) => waitedMs);
    expect(waits).toHaveLength(150);
    expect(Math.max(...waits)).toBeLessThanOrEqual(100);
    expect(made.length / 15, 'requests a second').toBeGreaterThan(42);
  });

  it('serves by urgency, and those of one urgency in their order', async () => {
    const { time, made, ask } = network(2);
    void ask('person');
    void ask('person');
    for (const urgency of ['counter', 'reveal', 'post', 'person', 'round'] as const) void ask(urgency);
    await time.runUntil(20_000);
    expect(made.slice(2).map(({ urgency }) => urgency)).toEqual([
      'round',
      'person',
      'post',
      'reveal',
      'counter',
    ]);
  });

  it('has counters yield when seven tenths of the second are used', async () => {
    const { time, budget, ask } = network(50);
    for (let round = 0; round < 34; round++) void ask('round');
    const one = budget.turnNow('counter');
    expect(one).toBeDefined();
    await time.runUntil(100);
    expect(budget.turnNow('counter')).toBeUndefined();
    one?.giveBack();
    expect(budget.turnNow('counter')).toBeDefined();
  });

  it('takes back a turn that came to nothing, once', async () => {
    const { budget } = network(1);
    const turn = await budget.turn('person');
    turn.giveBack();
    turn.giveBack();
    (await budget.turn('person')).use();
    expect(budget.turnNow('round')).toBeUndefined();
  });
});

it('a round passes the counters of its channel', async () => {
  const lanes = new Lanes();
  const order: string[] = [];
  let finish = (): void => {};
  const first = lanes.run('PATCH 1', 'counter', () => new Promise<void>((resolve) => (finish = resolve)));
  const rest = (['counter', 'reveal', 'round'] as const).map((urgency) =>
    lanes.run('PATCH 1', urgency, async () => void order.push(urgency)),
  );
  await lanes.run('PATCH 2', 'counter', async () => void order.push('elsewhere'));
  finish();
  await Promise.all([first, ...rest]);
  expect(order).toEqual(['elsewhere', 'round', 'reveal', 'counter']);
});

describe('requests that Discord refuses', () => {
  const posts = 'POST /channels/:id/messages';

  it('are held back when there are thousands in ten minutes, and said once', () => {
    let nowMs = 0;
    const told: [number, readonly string[]][] = [];
    const invalid = new InvalidRequestCount(
      () => nowMs,
      (count, causes) => told.push([count, causes]),
    );
    for (let request = 0; request < 4_900; request++) invalid.note(posts, 403, null);
    for (let request = 0; request < 200; request++) invalid.note('PATCH x', 429, 'shared');
    for (let request = 0; request < 99; request++) invalid.note('PATCH x', 429, 'user');
    invalid.note('PATCH x', 404, null);
    expect([invalid.count, invalid.holdsBack(posts)]).toEqual([4_999, false]);
    invalid.note('PATCH x', 401, null);
    invalid.note('PATCH x', 401, null);
    expect(told).toEqual([[5_000, [posts]]]);
    expect([invalid.holdsBack(posts), invalid.holdsBack('PATCH x')]).toEqual([true, false]);
    for (let request = 0; request < 4_000; request++) invalid.note('GET y', 401, null);
    expect(invalid.holdsBack('PATCH x'), 'near the end nothing goes').toBe(true);
    nowMs += 11 * 60_000;
    expect([invalid.count, invalid.holdsBack(posts)]).toEqual([0, false]);
  });

  it('are counted as they come, and what is held back is not sent', async () => {
    const discord = await startDiscord();
    const { log, lines } = listeningLog();
    const outbox = new Outbox({ perSecond: 10_000, log, metrics: { request: () => {} } });
    const client = createClient({
      apiUrl: discord.apiUrl,
      shards: { ids: undefined, count: undefined },
      makeRequest: outbox.door(() => true),
    });
    client.rest.setToken(discord.token);
    const server = discord.server('Study group');
    discord.faults.losePermission(server.channel('general'), 'SendMessages');
    const messenger = restMessenger(client.rest, outbox);
    const send = () => messenger.send(server.channel('general').id, hello);
    await expect(send()).rejects.toMatchObject({ status: 403 });
    expect(outbox.invalid.count).toBe(1);
    for (let request = 0; request < 5_000; request++) outbox.invalid.note(posts, 403, null);
    expect(lines.filter(({ msg }) => msg.includes('held back'))).toHaveLength(1);
    const { length } = discord.requests;
    await expect(send()).rejects.toBeInstanceOf(HeldBackError);
    expect(discord.requests).toHaveLength(length);
    await client.destroy();
  });
});

it('what is refused because the server may be another process’s takes no turn from anybody', async () => {
  const discord = await startDiscord();
  const outbox = new Outbox({ perSecond: 3, log: listeningLog().log, metrics: { request: () => {} } });
  const client = createClient({
    apiUrl: discord.apiUrl,
    shards: { ids: undefined, count: undefined },
    makeRequest: outbox.door(() => false),
  });
  const messenger = restMessenger(client.rest.setToken(discord.token), outbox);
  for (let request = 0; request < 5; request++)
    await expect(messenger.send('1', hello)).rejects.toBeInstanceOf(UnsureError);
  for (let turn = 0; turn < 3; turn++) expect(outbox.turnNow('round')).toBeDefined();
  expect(discord.requests).toEqual([]);
  await client.destroy();
});

it('with the limit on, a burst is spread so that nothing is refused', async () => {
  const discord = await startDiscord({ rateLimits: true });
  const channels = Array.from({ length: 90 }, (_, index) => `c${index}`);
  const server = discord.server('Study group', { channels });
  const outbox = new Outbox({ perSecond: 50, log: listeningLog().log, metrics: { request: () => {} } });
  const client = createClient({
    apiUrl: discord.apiUrl,
    shards: { ids: undefined, count: undefined },
    makeRequest: outbox.door(() => true),
  });
  client.rest.setToken(discord.token);
  const rounds = restMessenger(client.rest, outbox, { send: 'round', edit: 'round' });
  await Promise.all(channels.map((name) => rounds.send(server.channel(name).id, hello)));
  expect(discord.invalidRequests.count).toBe(0);
  await client.destroy();
});
