import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { serveHealth } from '../../src/app/health.js';
import { createMetrics } from '../../src/app/metrics.js';
import { environmentOf, lastOf, stagesOf } from './dockerfile.js';
import { readYaml } from './files.js';

/** Nothing goes wrong here. */
const silent = { warn: (...all: unknown[]) => expect(all).toEqual([]) };

const image = stagesOf().at(-1);
if (!image) throw new Error('There is no image');

const labels = z.strictObject({ app: z.string() });
const metadata = z.strictObject({ name: z.string(), labels: labels.optional() });
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.string() }),
  periodSeconds: z.int(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  env: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z.strictObject({ fieldRef: z.strictObject({ fieldPath: z.string() }) }).optional(),
    }),
  ),
  envFrom: z.array(z.strictObject({ secretRef: z.strictObject({ name: z.string() }) })),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  resources: z.strictObject({
    requests: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.string()),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});
const pod = z.strictObject({
  automountServiceAccountToken: z.literal(false),
  terminationGracePeriodSeconds: z.int(),
  securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.int(), runAsGroup: z.int() }),
  containers: z.tuple([container]),
  volumes: z.array(z.strictObject({ name: z.string(), emptyDir: z.strictObject({}) })),
});
const matchLabels = z.strictObject({ matchLabels: labels });
const files = z.tuple([
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({
      clusterIP: z.literal('None'),
      selector: labels,
      ports: z.array(z.strictObject({ name: z.string(), port: z.int() })),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('StatefulSet'),
    metadata,
    spec: z.strictObject({
      serviceName: z.string(),
      replicas: z.int(),
      podManagementPolicy: z.enum(['OrderedReady', 'Parallel']),
      selector: matchLabels,
      template: z.strictObject({
        metadata: z.strictObject({ labels, annotations: z.record(z.string(), z.string()) }),
        spec: pod,
      }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('policy/v1'),
    kind: z.literal('PodDisruptionBudget'),
    metadata,
    spec: z.strictObject({ maxUnavailable: z.int(), selector: matchLabels }),
  }),
]);

const [service, set, budget] = files.parse(readYaml('kubernetes.yaml'));
const { template } = set.spec;
const [bot] = template.spec.containers;

describe('kubernetes.yaml', () => {
  it('means the same pods everywhere', () => {
    const { labels: wanted } = template.metadata;
    for (const selected of [
      service.spec.selector,
      set.spec.selector.matchLabels,
      budget.spec.selector.matchLabels,
    ])
      expect(selected).toEqual(wanted);
    expect(set.spec.serviceName).toBe(service.metadata.name);
  });

  it('runs as the image does, and writes only where something is mounted', () => {
    const { runAsUser, runAsGroup } = template.spec.securityContext;
    expect(`${runAsUser}:${runAsGroup}`).toBe(lastOf(image, 'USER'));
    expect(bot.volumeMounts.map(({ name }) => name)).toEqual(template.spec.volumes.map(({ name }) => name));
  });

  it('starts as many processes as share the shards, each with its number from its name', () => {
    expect(bot.env.find(({ name }) => name === 'PROCESS_COUNT')?.value).toBe(String(set.spec.replicas));
    expect(bot.env.find(({ name }) => name === 'PROCESS_INDEX')).toMatchObject({
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    });
  });

  it('probes pages that there are, at the port where they are', async () => {
    const [port] = bot.ports;
    expect(String(port?.containerPort)).toBe(environmentOf(image)['HEALTH_PORT']);
    expect(service.spec.ports[0]).toEqual({ name: port?.name, port: port?.containerPort });
    const page = await serveHealth({
      log: silent,
      port: 0,
      host: '127.0.0.1',
      metrics: await createMetrics(),
      gatewayReady: () => true,
      serversReady: () => true,
      askStore: async () => {},
    });
    onTestFinished(() => page.close());
    for (const { httpGet } of [bot.startupProbe, bot.livenessProbe, bot.readinessProbe]) {
      expect(httpGet.port).toBe(port?.name);
      expect((await fetch(`http://127.0.0.1:${page.port}${httpGet.path}`)).status).toBe(200);
    }
  });

  it('restarts only what does not answer any more, and takes one down at a time', () => {
    expect(bot.livenessProbe.httpGet.path).toBe('/livez');
    expect(bot.readinessProbe.httpGet.path).toBe('/healthz');
    expect(budget.spec.maxUnavailable).toBe(1);
    expect(set.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(5);
  });
});
