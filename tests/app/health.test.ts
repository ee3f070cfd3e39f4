import { afterEach, describe, expect, it } from 'vitest';
import { type HealthPage, type HealthParts, serveHealth } from '../../src/app/health.js';
import { createMetrics } from '../../src/app/metrics.js';

/** Nothing goes wrong here. */
const silent = { warn: (...all: unknown[]) => expect(all).toEqual([]) };

let page: HealthPage | undefined;
afterEach(async () => {
  await page?.close();
});

async function open(parts: Partial<HealthParts> = {}): Promise<string> {
  const metrics = parts.metrics ?? (await createMetrics());
  page = await serveHealth({
    log: silent,
    host: '127.0.0.1',
    serversReady: () => true,
    port: 0,
    gatewayReady: () => true,
    askStore: async () => undefined,
    ...parts,
    metrics,
  });
  return `http://127.0.0.1:${page.port}`;
}

describe('the health page', () => {
  it('says 200 when gateway and store are there', async () => {
    const response = await fetch(`${await open()}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ gateway: true, store: true, servers: true });
  });

  it('says 503 while the gateway is not connected', async () => {
    const response = await fetch(`${await open({ gatewayReady: () => false })}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ gateway: false, store: true, servers: true });
  });

  it('says 503 when the store fails', async () => {
    const response = await fetch(
      `${await open({ askStore: () => Promise.reject(new Error('gone')) })}/healthz`,
    );
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ gateway: true, store: false, servers: true });
  });

  it('is alive also while Discord and the store are away: a restart would help neither', async () => {
    const away = { gatewayReady: () => false, askStore: () => Promise.reject(new Error('gone')) };
    const url = await open(away);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
  });

  it('does not hang on a store that does not answer', async () => {
    const url = await open({ askStore: () => new Promise(() => {}), patienceMs: 10 });
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
  });

  it('shows what was counted, for Prometheus', async () => {
    const metrics = await createMetrics();
    const url = await open({ metrics });
    metrics.interaction(() => '/quiz start', 40, 'ok');
    metrics.answer('quiz');
    metrics.games(3);
    metrics.commit(2);
    metrics.refused();
    metrics.late('round opened', 40);
    metrics.late('round closed', 300);
    metrics.late('daily', 34_000);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('drills_interactions_total{name="/quiz start",outcome="ok"} 1');
    expect(text).toContain('drills_interaction_duration_seconds_bucket{le="0.1",name="/quiz start"} 1');
    expect(text).toContain('drills_answers_recorded_total{feature="quiz"} 1');
    expect(text).toContain('drills_quizzes_running 3');
    expect(text).toContain('drills_store_commit_duration_seconds_bucket{le="0.0025"} 1');
    expect(text).toContain('drills_store_refusals_total 1');
    expect(text).toContain('drills_quiz_round_lateness_seconds_bucket{le="0.05",step="open"} 1');
    expect(text).toContain('drills_quiz_round_lateness_seconds_bucket{le="0.25",step="close"} 0');
    expect(text).toContain('drills_daily_lateness_seconds_bucket{le="60"} 1');
    expect(text).toContain('drills_healthy{part="gateway"} 1');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('rejects when its port is taken', async () => {
    await open();
    const taken = page?.port ?? 0;
    const metrics = await createMetrics();
    const second = serveHealth({
      log: silent,
      host: '127.0.0.1',
      port: taken,
      serversReady: () => true,
      metrics,
      gatewayReady: () => true,
      askStore: async () => {},
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('knows no other page', async () => {
    expect((await fetch(`${await open()}/`)).status).toBe(404);
  });
});
