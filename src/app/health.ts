import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ReadableMetrics } from './metrics.js';

/** A store that takes longer to answer than this is not reachable for practical purposes. */
const usualPatienceMs = 2_000;

export interface HealthParts {
  /** 0: any free one. */
  readonly port: number;
  /** Only programs on this machine can ask at `127.0.0.1`. */
  readonly host: string;
  readonly metrics: ReadableMetrics;
  readonly log: Pick<Logger, 'warn'>;
  /** Whether Discord's gateway is connected. */
  gatewayReady(): boolean;
  /** Whether everything that servers had running has been taken up. */
  serversReady(): boolean;
  /** Reads something from the store; a rejection says that it is not reachable. */
  askStore(): Promise<unknown>;
  /** How long the store may take to answer. */
  readonly patienceMs?: number;
}

export interface HealthPage {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz` (200 when all is well, else 503, both with a JSON body
 * `{ gateway: boolean, store: boolean, servers: boolean }`), `/livez` (200 as long as the process answers at all) and
 * `/metrics` in Prometheus' format. Rejects when the port is taken.
 */
export async function serveHealth(parts: HealthParts): Promise<HealthPage> {
  const server = createServer((request, response) => {
    answer(request, response, parts).catch((err: unknown) => {
      parts.log.warn({ err, url: request.url }, 'The health page could not answer');
      response.destroy();
    });
  });
  server.listen(parts.port, parts.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: HealthParts): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/healthz') {
    const health = {
      gateway: parts.gatewayReady(),
      store: await storeAnswers(parts),
      servers: parts.serversReady(),
    };
    const status = Object.values(health).every((isWell) => isWell) ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  } else if (pathname === '/metrics') {
    parts.metrics.well('gateway', parts.gatewayReady());
    parts.metrics.well('servers', parts.serversReady());
    const page = await parts.metrics.page();
    response.writeHead(200, { 'content-type': parts.metrics.contentType }).end(page);
  } else if (pathname === '/livez') {
    // Whoever gets this has found the event loop turning. Discord or a database that is away is no reason to restart.
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"alive":true}');
  } else {
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('Here are /healthz, /livez and /metrics.\n');
  }
}

async function storeAnswers({ askStore, patienceMs = usualPatienceMs }: HealthParts): Promise<boolean> {
  const patience = new AbortController();
  const answered = askStore().then(
    () => true,
    () => false,
  );
  const gaveUp = delay(patienceMs, false, { signal: patience.signal, ref: false }).catch(() => false);
  const reachable = await Promise.race([answered, gaveUp]);
  patience.abort();
  return reachable;
}
