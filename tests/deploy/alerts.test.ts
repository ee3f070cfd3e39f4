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

async function firesAt(alert: string, series: Readonly<Record<string, string>>): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'drills-alerts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'test.json');
  const tests = [
    {
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: [{ eval_time: '110m', alertname: alert, exp_alerts: [] }],
    },
  ];
  writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests }));
  // It is told that nothing fires, and so says what does.
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

it.skipIf(!promtool).each(Object.entries(firing))(
  '%s fires when it is time, and not without it',
  async (alert, series) => {
    expect(await firesAt(alert, series)).toMatch(new RegExp(`got:\\[[^]*alertname="${alert}"`));
    expect(await firesAt(alert, {})).toContain('SUCCESS');
  },
);
