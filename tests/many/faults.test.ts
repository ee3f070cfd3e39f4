import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from 'local-discord';
import { seeded } from 'local-discord';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { holdAgainstTheDisk, play, type Receipt } from '../crash/play.js';
import type { BotProcess } from '../helpers/process.js';
import { listeningLog } from '../helpers/store.js';
import { cuttableWay } from './cuttable.js';
import { ownPostgres, type Postgres } from './databases.js';
import { type ManyWorld, manyWorld, untilConnected } from './world.js';

/**
 * In the ordinary suite one process is frozen. More, one of each sort first, some eight seconds each on an idle machine:
 * `FAULTS=200 npx vitest run tests/many/faults.test.ts`. It says how far it is. They are made in slices, each with new
 * processes and its number as the seed; stopped with Ctrl-C, it is taken up again by `FROM=`, the slice that was on.
 * (`FAULTS=80 FROM=4` is the fourth slice alone.)
 */
const faultsInAll = Number(process.env['FAULTS'] ?? 1);
const slice = 20;
const from = Number(process.env['FROM'] ?? 1);
const slices = Array.from({ length: Math.ceil(faultsInAll / slice) }, (_, index) => ({
  seed: index + 1,
  faults: Math.min(slice, faultsInAll - index * slice),
})).filter(({ seed }) => seed >= from);

const startedMs = performance.now();
const tell = (words: string): void => {
  if (faultsInAll === 1) return;
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  process.stderr.write(`${seconds} s: ${words}\n`);
};
/** In the ordinary suite there are no more of all than the fault needs, and members press as fast as people. */
const { processes, shards, pauseMs } =
  faultsInAll === 1 ? { processes: 2, shards: 4, pauseMs: 250 } : { processes: 3, shards: 6, pauseMs: 0 };
/** A takeover takes ten seconds at the most; giving the shards back to a process that returns comes on top. */
const takeoverMs = 10_000;
const wholeMs = 3 * takeoverMs;
/** The server ends a session after six seconds of silence; what follows is a takeover like any other. */
const silenceMs = 6_000;

const postgres = await ownPostgres();

/** A process that can be frozen, cut off, killed and started again. */
interface Runner {
  readonly env: Readonly<Record<string, string>>;
  readonly way: Awaited<ReturnType<typeof cuttableWay>>;
  bot: BotProcess;
}

interface Scene {
  readonly world: ManyWorld;
  readonly postgres: Postgres;
  readonly random: () => number;
  readonly isFirst: boolean;
  start(runner: Pick<Runner, 'env' | 'way'>): Promise<BotProcess>;
}

/** Each resolves when the fault is over, and tells how long it may take until everything is as before. */
type Fault = (runner: Runner, scene: Scene) => Promise<number>;

/** Longer than all that a process waits for; once in a slice. */
const longFreezeMs = 30_000;
/** Long enough for the server to notice, not for another to be late with taking over. */
const outlast = (random: () => number): Promise<void> => delay(silenceMs + 1_500 + random() * 2_000);

const kinds: Readonly<Record<string, Fault>> = {
  async 'frozen, and goes on'({ bot }, { random, isFirst }) {
    bot.child.kill('SIGSTOP');
    await (isFirst && faultsInAll > 1 ? delay(longFreezeMs) : outlast(random));
    bot.child.kill('SIGCONT');
    return wholeMs;
  },
  async 'the database crashes'(_, { postgres: { server }, random }) {
    await server.kill();
    await delay(random() * 1_000);
    await server.start();
    return wholeMs;
  },
  async 'cut off, and mended'({ way }, { random }) {
    way.cut();
    await outlast(random);
    way.mend();
    return wholeMs;
  },
  async 'killed, and started again'(runner, { random, start }) {
    await runner.bot.kill();
    await delay(random() * 3_000);
    runner.bot = await start(runner);
    return wholeMs;
  },
  async 'stopped, and started again'(runner, { start }) {
    expect(await runner.bot.stop()).toBe(0);
    runner.bot = await start(runner);
    return wholeMs;
  },
};

it.skipIf(!postgres).each(slices)(
  `${processes} processes and a standby outlast $faults faults while members play (seed $seed)`,
  { timeout: 90_000 + slice * 40_000 },
  async ({ seed, faults }) => {
    if (!postgres) return;
    tell(`slice ${seed} of ${Math.ceil(faultsInAll / slice)}; FROM=${seed} begins here`);
    const random = seeded(seed);
    const url = await postgres.fresh();
    const world = await manyWorld(url, { shards });
    const start: Scene['start'] = ({ env, way }) =>
      world.start({ ...env, DATABASE_URL: way.url }, /"msg":"(Ready|Standing by|Waiting)/);
    const shares = Array.from({ length: processes }, (_, index) => ({
      PROCESS_INDEX: String(index),
      PROCESS_COUNT: String(processes),
      SHARD_COUNT: String(shards),
    }));
    const runners = await Promise.all(
      [...shares, { SHARDS: 'standby', SHARD_COUNT: String(shards) }].map(async (env): Promise<Runner> => {
        const way = await cuttableWay(url);
        return { env, way, bot: await start({ env, way }) };
      }),
    );
    await untilConnected(world, takeoverMs);
    const receipts: Receipt[][] = world.servers.map(() => []);
    const over = { now: false };
    const playing = world.servers.map((server, shard) =>
      play(
        server.channel('drills'),
        world.members[shard] as unknown as [Member, Member],
        random,
        receipts[shard] as Receipt[],
        over,
        pauseMs,
      ),
    );
    const scene = { world, postgres, random, start };
    const sorts = Object.entries(kinds);
    for (let count = 0; count < faults; count++) {
      await delay(500 + random() * 1_000);
      const [name, fault] = sorts[count < sorts.length ? count : Math.floor(random() * sorts.length)] ?? [];
      const runner = runners[count === 0 ? 0 : Math.floor(random() * runners.length)];
      if (!fault || !runner) continue;
      const patienceMs = await fault(runner, { ...scene, isFirst: count === 0 });
      await untilConnected(world, patienceMs).catch((error: unknown) => {
        const logs = runners.map(({ bot }) => bot.lines.slice(-12).join('\n')).join('\n\n');
        throw new Error(`Fault ${count}, ${name}: not all shards came back.\n${logs}`, { cause: error });
      });
      tell(`fault ${(seed - 1) * slice + count + 1} of ${faultsInAll} outlasted: ${name}`);
    }
    over.now = true;
    await Promise.all(playing);
    const said = (lines = 12): string =>
      runners
        .map(({ bot }, index) => `Process ${index}:\n${bot.lines.slice(-lines).join('\n')}`)
        .join('\n\n');
    for (const { bot } of runners) {
      const code = await bot.stop();
      expect(code, said()).toBe(0);
    }

    const store = await openStore(url, listeningLog().log);
    try {
      for (const [shard, server] of world.servers.entries())
        await holdAgainstTheDisk(store, server.id, receipts[shard] ?? [], -1).catch((cause: Error) => {
          const told = receipts[shard]?.map(({ member, customId }) => `${member} ${customId}`).join('\n');
          throw new Error(`Shard ${shard}: ${cause.message}\n\nTold:\n${told}\n\n${said(50)}`, { cause });
        });
    } finally {
      await store.close();
    }
    expect(receipts.flat().length).toBeGreaterThanOrEqual(faults);
  },
);
