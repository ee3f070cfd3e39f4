import { channel } from 'node:diagnostics_channel';
import type { Metrics } from './metrics.js';

/** Something that took time and is over, as subscribers of `interview-drills:span` get it. */
export interface TraceSpan {
  readonly kind: 'interaction' | 'commit' | 'request' | 'late';
  /** One of few, e.g. `/quiz start`, `quiz:a`, `POST /channels/:id/messages`, `round opened`; nothing that people wrote. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly durationMs: number;
  /** By kind: `outcome`; `urgency`, `waitedMs` and `status`. */
  readonly attributes: Readonly<Record<string, string | number>>;
}

const spans = channel('interview-drills:span');

function publish(
  kind: TraceSpan['kind'],
  name: string,
  durationMs: number,
  attributes: TraceSpan['attributes'] = {},
): void {
  spans.publish({
    kind,
    name,
    endedAt: performance.timeOrigin + performance.now(),
    durationMs,
    attributes,
  } satisfies TraceSpan);
}

/**
 * What is measured, told also to whoever has subscribed in this process. Costs next to nothing while nobody has. Node
 * ends a process in which a subscriber throws.
 */
export function traced(metrics: Metrics): Metrics {
  return {
    ...metrics,
    interaction(nameOf, durationMs, outcome) {
      metrics.interaction(nameOf, durationMs, outcome);
      if (spans.hasSubscribers) publish('interaction', nameOf(), durationMs, { outcome });
    },
    commit(durationMs) {
      metrics.commit(durationMs);
      if (spans.hasSubscribers) publish('commit', 'write', durationMs);
    },
    request(request) {
      metrics.request(request);
      if (!spans.hasSubscribers) return;
      const { urgency = 'interaction', waitedMs, status, durationMs } = request;
      publish('request', request.kind(), durationMs, { urgency, waitedMs, status });
    },
    late(what, lateMs) {
      metrics.late(what, lateMs);
      if (spans.hasSubscribers) publish('late', what, Math.max(0, lateMs));
    },
    ofShard: (shard) => traced(metrics.ofShard(shard)),
  };
}
