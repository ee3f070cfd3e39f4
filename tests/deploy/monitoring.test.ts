import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/app/metrics.js';
import { urgencies } from '../../src/discord/budget/urgency.js';
import { freePort } from '../helpers/ports.js';
import { firstRound, letterOf, nextRound, stage } from '../helpers/stage.js';
import { readDeploy, readYaml } from './files.js';
import { readQuery } from './promql.js';

const duration = z.string().regex(/^\d+[smh]$/);
const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Z]\w+$/),
          expr: z.string(),
          for: duration.optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboard = z.object({
  uid: z.string(),
  annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ expr: z.string() })).optional(),
    }),
  ),
});

const alerts = rules.parse(readYaml('prometheus-alerts.yaml')[0]).groups.flatMap((group) => group.rules);
const board = dashboard.parse(JSON.parse(readDeploy('grafana-dashboard.json')));
const queries: [string, string][] = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...board.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }, index): [string, string] => [`${title} ${index + 1}`, expr]),
  ),
  ...board.annotations.list.map(({ expr }, index): [string, string] => [`annotation ${index + 1}`, expr]),
];

/** By name, the values of each label, as the page of the metrics has them; what Prometheus adds by itself besides. */
type Known = Map<string, Map<string, Set<string>>>;

/** Of each family: counter, gauge or histogram. */
const typesOn = (page: string): Map<string, string> =>
  new Map([...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));

function namesOn(page: string): Known {
  const known: Known = new Map([['up', new Map()]]);
  for (const [, name = '', labels = ''] of page.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const of = known.get(name) ?? new Map<string, Set<string>>();
    known.set(name, of);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g))
      of.set(label, (of.get(label) ?? new Set()).add(value));
  }
  return known;
}

/** Everything that is ever counted, once. */
async function allMetrics(): Promise<Known> {
  return namesOn(await fullPage());
}

async function fullPage(): Promise<string> {
  const metrics = await createMetrics();
  for (const outcome of ['ok', 'refused', 'failed'] as const) metrics.interaction(() => '/help', 1, outcome);
  for (const feature of ['quiz', 'daily', 'practice'] as const) metrics.answer(feature);
  for (const what of ['round opened', 'round closed', 'daily'] as const) metrics.late(what, 1);
  for (const part of ['gateway', 'servers'] as const) metrics.well(part, true);
  for (const urgency of [...urgencies, undefined])
    metrics.request({ urgency, waitedMs: 1, durationMs: 1, status: 200, kind: () => 'GET /gateway/bot' });
  for (const watched of [
    'drills_discord_requests_waiting',
    'drills_discord_invalid_requests',
    'drills_shards_held',
    'drills_shards_lost_total',
  ])
    metrics.watch(watched, 'As the bot has it; see below.', () => 1);
  metrics.commit(1);
  metrics.refused();
  metrics.games(1);
  return metrics.page();
}

const byPrometheus = new Set(['job', 'instance', 'le']);

describe('what dashboard and alerts ask', () => {
  it.each(queries)('%s is a query of metrics, labels and values that there are', async (_, query) => {
    const known = await allMetrics();
    const { selectors, groupings } = readQuery(query);
    expect(selectors.length).toBeGreaterThan(0);
    for (const { metric, matchers } of selectors) {
      expect([...known.keys()]).toContain(metric);
      for (const { label, value } of matchers.filter(({ label: one }) => !byPrometheus.has(one)))
        expect([...(known.get(metric)?.get(label) ?? [])], `${metric}{${label}}`).toContain(value);
    }
    const labels = new Set([
      ...byPrometheus,
      ...selectors.flatMap(({ metric }) => [...(known.get(metric)?.keys() ?? [])]),
    ]);
    for (const label of groupings) expect([...labels]).toContain(label);
  });

  it.each(queries)(
    '%s takes rates of what only grows, and quantiles of buckets by their bounds',
    async (_, query) => {
      const types = typesOn(await fullPage());
      for (const [, metric = ''] of query.matchAll(/\b(?:rate|irate|increase)\(\s*(\w+)/g)) {
        const isPart = types.get(metric.replace(/_(bucket|sum|count)$/, '')) === 'histogram';
        expect(isPart ? 'counter' : types.get(metric), metric).toBe('counter');
      }
      for (const [, inner = ''] of query.matchAll(/histogram_quantile\((.*)/g))
        expect(inner).toMatch(/^[\d.]+, sum by \([^)]*\ble\b[^)]*\) \(rate\(\w+_bucket\b/);
    },
  );

  it('would be found out if it were wrong', async () => {
    expect(() => readQuery('sum by (rate(')).toThrow('Not PromQL');
    const known = await allMetrics();
    expect([...known.keys()]).not.toContain('drills_quizzes');
    expect(readQuery('sum by (le) (rate(a_bucket{x="1"}[5m])) / b')).toEqual({
      selectors: [
        { metric: 'a_bucket', matchers: [{ label: 'x', value: '1' }] },
        { metric: 'b', matchers: [] },
      ],
      groupings: ['le'],
    });
  });

  it('is everything that the bot counts: no metric of its own is left unseen', async () => {
    const asked = new Set(
      queries.flatMap(([, query]) => readQuery(query).selectors.map(({ metric }) => metric)),
    );
    const own = [...(await allMetrics()).keys()].filter((name) => name.startsWith('drills_'));
    const families = new Set(own.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    for (const family of families)
      expect(
        [...asked].some((metric) => metric.startsWith(family)),
        family,
      ).toBe(true);
  });

  it('has alerts of different names, and panels that do not lie on each other', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(board.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
  });
});

it('a bot that plays counts rounds and daily questions with what they are late by', async () => {
  const port = await freePort();
  const scene = await stage({ env: { HEALTH_PORT: String(port) } });
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene);
  await ben.press(round, letterOf(round, true));
  await clock.advance('25s');
  await nextRound(scene, 2);
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:18:00 timezone:UTC topic:queries');
  const posted = drills.next(({ text }) => text.includes('### Daily question'));
  await clock.advanceTo('2026-03-04T18:00Z');
  await posted;
  await clock.settle();
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(page).toMatch(/^drills_quiz_round_lateness_seconds_count\{step="open"\} [2-9]$/m);
  expect(page).toMatch(/^drills_quiz_round_lateness_seconds_count\{step="close"\} [1-9]$/m);
  expect(page).toMatch(/^drills_daily_lateness_seconds_count 1$/m);
  expect(page).toMatch(/^drills_healthy\{part="gateway"\} 1$/m);
  const known = await allMetrics();
  const own = [...namesOn(page).keys()].filter((name) => name.startsWith('drills_'));
  expect(own.filter((name) => !known.has(name))).toEqual([]);
  for (const watched of ['requests_waiting', 'invalid_requests'])
    expect(own).toContain(`drills_discord_${watched}`);
});
