import type { AnswerMetrics, LatenessMetrics } from '../asking/answer-metrics.js';
import type { RequestMetrics, Watcher } from '../discord/budget/outbox.js';
import type { InteractionMetrics } from '../discord/dispatch.js';
import type { QuizMetrics } from '../quiz/service.js';

/** What the bot counts while it runs. Calls are cheap and never throw. */
export interface Metrics
  extends InteractionMetrics,
    AnswerMetrics,
    LatenessMetrics,
    QuizMetrics,
    RequestMetrics {
  /** A write of the store took this long, with every commit that shared it. */
  commit(durationMs: number): void;
  /** A write was refused, and everything that rested on it with it. */
  refused(): void;
  /** The same for one of several shards of this process: what runs there is added up. */
  ofShard(shard: number): Metrics;
}

/** For when nobody looks. */
export const noMetrics: Metrics = {
  interaction: () => {},
  answer: () => {},
  games: () => {},
  commit: () => {},
  request: () => {},
  ofShard: () => noMetrics,
  late: () => {},
  refused: () => {},
};

/** Metrics that Prometheus can read. */
export interface ReadableMetrics extends Metrics, Watcher {
  readonly contentType: string;
  /** Whether a part of the bot is well, as `/healthz` tells it. */
  well(part: 'gateway' | 'servers', isWell: boolean): void;
  page(): Promise<string>;
}

/** With those of the process: CPU, memory, event loop lag, garbage collection. */
export async function createMetrics(): Promise<ReadableMetrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const interactions = new Counter({
    name: 'drills_interactions_total',
    help: 'Interactions answered, by name and outcome.',
    labelNames: ['name', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'drills_interaction_duration_seconds',
    help: 'From the arrival of an interaction until it was dealt with; Discord waits 3 seconds for the first reply.',
    labelNames: ['name'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 3, 10],
    registers,
  });
  const answers = new Counter({
    name: 'drills_answers_recorded_total',
    help: 'Answers stored.',
    labelNames: ['feature'],
    registers,
  });
  const games = new Gauge({ name: 'drills_quizzes_running', help: 'Quizzes running now.', registers });
  const commits = new Histogram({
    name: 'drills_store_commit_duration_seconds',
    help: 'Durable writes, each shared by the commits of its moment.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2],
    registers,
  });
  const refusals = new Counter({
    name: 'drills_store_refusals_total',
    help: 'Durable writes that the database refused; what they held was not acknowledged.',
    registers,
  });
  const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600];
  const rounds = new Histogram({
    name: 'drills_quiz_round_lateness_seconds',
    help: 'From when the card of a round was to open, or to show its answer, until Discord had taken it.',
    labelNames: ['step'],
    buckets,
    registers,
  });
  const dailies = new Histogram({
    name: 'drills_daily_lateness_seconds',
    help: 'From the minute of a daily question until Discord had taken its post.',
    buckets,
    registers,
  });
  const healthy = new Gauge({
    name: 'drills_healthy',
    help: '1 while a part of the bot is well, else 0: the connection to the gateway, what servers had running.',
    labelNames: ['part'],
    registers,
  });
  const requests = new Counter({
    name: 'drills_discord_requests_total',
    help: 'Requests to Discord, each try, by urgency (interaction: not counted by Discord) and status.',
    labelNames: ['urgency', 'status'],
    registers,
  });
  const waits = new Histogram({
    name: 'drills_discord_request_wait_seconds',
    help: 'How long requests waited for their turn in the limit on all of them.',
    labelNames: ['urgency'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120],
    registers,
  });
  const running = new Map<number, number>();
  const metrics: ReadableMetrics = {
    interaction(nameOf, durationMs, outcome) {
      const name = nameOf();
      interactions.inc({ name, outcome });
      durations.observe({ name }, durationMs / 1000);
    },
    answer: (feature) => answers.inc({ feature }),
    games: (count) => games.set(count),
    commit: (durationMs) => commits.observe(durationMs / 1000),
    request({ urgency, waitedMs, status }) {
      requests.inc({ urgency: urgency ?? 'interaction', status });
      if (urgency) waits.observe({ urgency }, waitedMs / 1000);
    },
    watch(name, help, read) {
      const Shown = name.endsWith('_total') ? Counter : Gauge;
      new Shown({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    },
    refused: () => refusals.inc(),
    late(what, lateMs) {
      const late = Math.max(0, lateMs / 1000);
      if (what === 'daily') dailies.observe(late);
      else rounds.observe({ step: what === 'round opened' ? 'open' : 'close' }, late);
    },
    well: (part, isWell) => healthy.set({ part }, isWell ? 1 : 0),
    contentType: registry.contentType,
    page: () => registry.metrics(),
    ofShard: (shard) => ({
      ...metrics,
      games(count) {
        running.set(shard, count);
        games.set([...running.values()].reduce((sum, one) => sum + one, 0));
      },
    }),
  };
  return metrics;
}
