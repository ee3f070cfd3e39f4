import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { programOf } from '../helpers/databases.js';
import { readYaml } from './files.js';

const promtool = programOf('promtool');
const rules = fileURLToPath(new URL('../../deploy/prometheus-alerts.yaml', import.meta.url));
const run = promisify(execFile);
const of = '{job="interview-drills", instance="a"}';
const labelled = (labels: string): string => of.replace('}', `, ${labels}}`);

/** Series by which each alert fires, in Prometheus' notation for one value a minute, within two hours. */
const firing: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BotDown: { [`up${of}`]: '0x120' },
  BotRestarts: { [`process_start_time_seconds${of}`]: '0+1x120' },
  DiscordLost: { [`drills_healthy${labelled('part="gateway"')}`]: '0x120' },
  ServersNotTakenUp: { [`drills_healthy${labelled('part="servers"')}`]: '0x120' },
  DatabaseRefuses: { [`drills_store_refusals_total${of}`]: '0+1x120' },
  DatabaseSlow: slow('drills_store_commit_duration_seconds', '0.1', '0.5'),
  InteractionsFail: {
    [`drills_interactions_total${labelled('name="/help", outcome="failed"')}`]: '0+1x120',
    [`drills_interactions_total${labelled('name="/help", outcome="ok"')}`]: '0+9x120',
  },
  InteractionsSlow: slow('drills_interaction_duration_seconds', '2', '3', 'name="/help"'),
  RoundsLate: slow('drills_quiz_round_lateness_seconds', '1', '2.5', 'step="open"'),
  DailiesLate: slow('drills_daily_lateness_seconds', '300', '3600'),
  DiscordRefuses: { [`drills_discord_invalid_requests${of}`]: '3000x120' },
  RequestsWait: slow('drills_discord_request_wait_seconds', '5', '30', 'urgency="person"'),
  ShardsLost: { [`drills_shards_lost_total${of}`]: '0+1x120' },
  EventLoopLags: { [`nodejs_eventloop_lag_p99_seconds${of}`]: '0.5x120' },
  MemoryHigh: { [`process_resident_memory_bytes${of}`]: '500000000x120' },
};

/** Everything that is measured lies between two bounds of its histogram. */
function slow(metric: string, least: string, most: string, labels = 'x="y"'): Record<string, string> {
  const bucket = (le: string): string => `${metric}_bucket${labelled(`${labels}, le="${le}"`)}`;
  return { [bucket(least)]: '0x120', [bucket(most)]: '0+10x120', [bucket('+Inf')]: '0+10x120' };
}

const names = (
  readYaml('prometheus-alerts.yaml')[0] as { groups: { rules: { alert: string }[] }[] }
).groups.flatMap((group) => group.rules.map(({ alert }) => alert));

interface Group {
  readonly name: string;
  readonly alerts: readonly string[];
  readonly series: Readonly<Record<string, string>>;
}

/** Of all of them at once, as starting Prometheus' tool costs most: it is told that nothing fires, and names what does. */
async function firesIn(groups: readonly Group[]): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'drills-alerts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'test.json');
  const tests = groups.map(({ name, alerts, series }) => ({
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
    alert_rule_test: alerts.map((alertname) => ({ eval_time: '110m', alertname, exp_alerts: [] })),
  }));
  // Seldom enough to be quick: each alert is given more time than it waits for.
  writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '5m', tests }));
  return run(promtool ?? '', ['test', 'rules', file]).then(
    ({ stdout }) => stdout,
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
}

it.skipIf(!promtool)('Prometheus takes the alert rules', async () => {
  const { stdout } = await run(promtool ?? '', ['check', 'rules', rules]);
  expect(stdout).toContain(`${names.length} rules found`);
});

it('every alert has its test', () => expect(Object.keys(firing).sort()).toEqual([...names].sort()));

it.skipIf(!promtool)('each alert fires when it is time, and none without it', async () => {
  const due = Object.entries(firing).map(([alert, series]) => ({
    name: `${alert} is due`,
    alerts: [alert],
    series,
  }));
  const told = await firesIn([...due, { name: 'nothing is due', alerts: names, series: {} }]);
  for (const alert of names)
    expect(told).toMatch(
      new RegExp(`name: ${alert} is due,\\s+alertname: ${alert},[^]*?got:\\[[^\\]]*alertname="${alert}"`),
    );
  expect(told).not.toContain('nothing is due');
});
