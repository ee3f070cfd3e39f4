import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Bank } from '../bank/bank.js';
import type { Hold, Holds, HoldsView } from '../store/holds.js';
import type { App, AppParts, SharedParts } from './app.js';
import { BankReload } from './bank-reload.js';
import { firstContact } from './first-contact.js';
import { endInTurn } from './hand-over.js';
import { serveHealth } from './health.js';
import { createMetrics, type ReadableMetrics } from './metrics.js';
import { Patience, SlowStopError } from './patience.js';
import { Reaching } from './reaching.js';
import { Rests } from './rests.js';
import { ShardNumbers } from './shard-numbers.js';
import { planShards, type ShardSighting, seen } from './shard-plan.js';
import { sharedParts } from './shared-parts.js';
import { Unit } from './unit.js';

/** How often a process looks who runs what. */
const lookEveryMs = 500;
/** Of what stopping may take in all, for one shard after another. */
const stopPatienceMs = 2_500;
/** Of the five seconds that whoever stops the process gives it. */
const stopWithinMs = 4_000;

export interface FleetParts {
  readonly app: AppParts;
  readonly holds: Holds;
  /** Makes the bot of a shard. */
  create(parts: AppParts): Promise<App>;
}

/**
 * The shards that this process runs, each for as long as the database lets it write for it. What is free and its own
 * (or, for a standby, nobody's) is taken; what was lost is dropped at once, with everything that was in memory of it.
 */
export class Fleet {
  readonly #parts: FleetParts;
  readonly #log: Logger;
  readonly #metrics: ReadableMetrics | undefined;
  readonly #shared: SharedParts;
  readonly #units = new Map<number, Unit>();
  readonly #rests = new Rests();
  readonly #reaching: Reaching;
  readonly #numbers: ShardNumbers;
  #losses = 0;
  #view: HoldsView | undefined;
  #seen: ReadonlyMap<number, ShardSighting> = new Map();
  #health: { close(): Promise<void> } | undefined;
  #isStopped = false;
  #reload: BankReload | undefined;
  #looking: Promise<void> = Promise.resolve();
  readonly #stopSignal = new AbortController();

  private constructor(parts: FleetParts, metrics: ReadableMetrics | undefined) {
    this.#parts = parts;
    this.#log = parts.app.log;
    this.#metrics = metrics;
    this.#reaching = new Reaching(this.#log);
    this.#numbers = new ShardNumbers(parts.app);
    this.#shared = sharedParts(parts.app, metrics, parts.holds);
    metrics?.watch('drills_shards_held', 'Shards that this process runs.', () => this.#units.size);
    metrics?.watch('drills_shards_lost_total', 'Shards lost so far, not given up.', () => this.#losses);
  }

  static async create(parts: FleetParts): Promise<Fleet> {
    const { healthPort } = parts.app.config;
    return new Fleet(parts, healthPort === undefined ? undefined : await createMetrics());
  }

  /** Resolves when the shards that this process could take at once are there; those of others are waited for. */
  async start(): Promise<void> {
    const { config } = this.#parts.app;
    const view = await this.#parts.holds.view();
    if (config.healthPort !== undefined && this.#metrics)
      this.#health = await serveHealth({
        port: config.healthPort,
        host: config.healthHost,
        metrics: this.#metrics,
        log: this.#log,
        gatewayReady: () => this.#isConnected(),
        serversReady: () => this.#all((unit) => unit.health().servers),
        askStore: () => this.#ask(),
      });
    const { log, lost = () => {} } = this.#parts.app;
    const around = { reaching: this.#reaching, log, lost };
    if (!(await firstContact(() => this.#numbers.learn(view), around))) return;
    await this.#look();
    await Promise.all([...this.#units.values()].map((unit) => this.#firstStart(unit)));
    if (this.#units.size === 0)
      this.#log.info(
        { own: [...this.#numbers.own].join(), of: this.#numbers.count, standby: this.#numbers.isStandby },
        this.#numbers.isStandby ? 'Standing by' : 'Waiting: another process runs the shards of this one',
      );
    if (!this.#isStopped) this.#looking = this.#keepLooking();
  }

  /**
   * Hands the shards over one after another: while one changes hands, the others are served.
   * @throws SlowStopError when the database does not let it end in time
   */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#reaching.stop();
    this.#stopSignal.abort();
    const patience = new Patience(stopWithinMs);
    const isDone = await endInTurn([...this.#units.values()], {
      holds: this.#parts.holds,
      patience,
      patienceMs: stopPatienceMs,
    });
    // A database that does not answer ends nothing: what it holds for this process goes with the connections.
    const rest = Promise.all([this.#looking, this.#health?.close()]).then(() => this.#parts.holds.close());
    if (!(await patience.with(rest)) || !isDone)
      throw new SlowStopError('Something did not end within the time that a stop may take');
  }

  /** One bank is everybody's here. */
  async reloadBank(load: () => Promise<Bank>): Promise<void> {
    const { bank, log } = this.#parts.app;
    this.#reload ??= new BankReload(await bank, log);
    await this.#reload.run(load);
  }

  /** At the start a failure is the process's: whoever set it up is told. */
  async #firstStart(unit: Unit): Promise<void> {
    let isLost = false;
    void unit.hold.lost.then(() => {
      isLost = true;
    });
    await unit.started.catch((error: unknown) => {
      if (!isLost && !this.#isStopped) throw error;
    });
  }

  async #keepLooking(): Promise<void> {
    let failed = false;
    while (!this.#isStopped) {
      await delay(lookEveryMs, undefined, { signal: this.#stopSignal.signal }).catch(() => undefined);
      if (this.#isStopped) return;
      try {
        await this.#look();
        failed = false;
      } catch (err) {
        this.#view = undefined;
        // Everybody may have lost everything: when the database is back, owners are first.
        this.#seen = new Map();
        if (!failed) this.#log.warn({ err }, 'The database does not say who runs which shards; asking again');
        failed = true;
      }
    }
  }

  async #look(): Promise<void> {
    const { holds } = this.#parts;
    const view = await holds.view();
    const nowMs = performance.now();
    if (this.#units.size === 0) this.#numbers.follow(view);
    this.#view = view;
    this.#seen = seen(this.#seen, view.held, this.#numbers.count, nowMs);
    const plan = planShards({
      count: this.#numbers.count,
      own: this.#numbers.own,
      isStandby: this.#numbers.isStandby,
      mine: new Set(this.#units.keys()),
      leaving: new Set(
        [...this.#units.values()].filter(({ isEnding }) => isEnding).map(({ shard }) => shard),
      ),
      view,
      since: this.#seen,
      restsUntilMs: this.#rests.untilMs,
      nowMs,
    });
    const unit = plan.giveBack === undefined ? undefined : this.#units.get(plan.giveBack);
    if (unit) {
      this.#log.info({ shard: unit.shard }, 'Its own process is back: a shard is given back');
      void this.#drop(unit);
    }
    await holds.claim(plan.claim);
    await Promise.all(plan.take.map((shard) => this.#take(shard)));
  }

  async #take(shard: number): Promise<void> {
    let hold: Hold | undefined;
    try {
      hold = await this.#parts.holds.take(shard, this.#numbers.count);
    } catch (err) {
      this.#failed(shard, err, 'A shard could not be taken');
    }
    if (!hold) return;
    if (this.#isStopped) return hold.release();
    const unit = new Unit(hold, (held) => this.#createApp(held), this.#log);
    this.#units.set(shard, unit);
    this.#log.info({ shard, of: this.#numbers.count }, 'A shard is taken');
    void hold.lost.then((reason) => {
      this.#losses += 1;
      this.#log.warn(
        { shard, reason: reason.message },
        'A shard is lost: this process writes no more for it',
      );
      void this.#drop(unit);
    });
    unit.started.then(
      () => this.#rests.worked(shard),
      (error: unknown) => {
        if (this.#units.get(shard) !== unit || this.#isStopped) return;
        this.#failed(shard, error, 'A shard could not be started');
        void this.#drop(unit);
      },
    );
  }

  #createApp(hold: Hold): Promise<App> {
    const { app, create } = this.#parts;
    return create({
      ...app,
      config: { ...app.config, shards: { ids: [hold.shard], count: this.#numbers.count } },
      log: app.log.child({ shard: hold.shard }),
      open: (_url, log, wrote) => hold.open(log, wrote),
      isSure: () => hold.isSure(),
      shared: { ...this.#shared, metrics: this.#shared.metrics.ofShard(hold.shard) },
    });
  }

  async #drop(unit: Unit): Promise<void> {
    await unit.end(stopPatienceMs);
    if (this.#units.get(unit.shard) === unit) this.#units.delete(unit.shard);
    this.#shared.metrics.ofShard(unit.shard).games(0);
  }

  #failed(shard: number, err: unknown, words: string): void {
    const restMs = this.#rests.failed(shard);
    this.#log.error({ err, shard, restMs }, words);
  }

  /** What is its own and runs elsewhere is served; what runs nowhere is not. */
  #isConnected(): boolean {
    const view = this.#view;
    const isServed = (shard: number): boolean => this.#units.has(shard) || view?.held.has(shard) === true;
    return (
      view !== undefined &&
      [...this.#numbers.own].every(isServed) &&
      this.#all((unit) => unit.health().gateway)
    );
  }

  #all(holds: (unit: Unit) => boolean): boolean {
    return [...this.#units.values()].every(holds);
  }

  async #ask(): Promise<void> {
    await this.#parts.holds.view();
    await Promise.all([...this.#units.values()].map((unit) => unit.ping()));
  }
}
