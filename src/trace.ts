import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';

/** What a span says of itself, by the name of its channel. Ids are in it; tokens and what people wrote are not. */
export interface Spans {
  /** `name` as in the metrics, e.g. `/quiz start`; the result is `ok`, `refused` or `failed`. */
  readonly interaction: { readonly name: string; readonly id: string; readonly guildId: string | null };
  /** A durable write, shared by the commits of its moment. */
  readonly commit: { readonly records: number };
  /** One try, from when its turn has come until the answer is there; the result has its `status`. */
  readonly request: { readonly name: string };
  /** A round's answer shown, which closes its card. */
  readonly round: { readonly quiz: string; readonly guildId: string; readonly round: number };
  /** The post of a daily question, with what is stored before and after. */
  readonly daily: { readonly guildId: string; readonly date: string };
}

const channelOf = <N extends keyof Spans>(name: N): TracingChannel<unknown, Spans[N]> =>
  tracingChannel(`interview-drills:${name}`);

/** Held for ever: Node drops channels that nobody holds, and who listened to them would not hear of it. */
const channels: { readonly [N in keyof Spans]: TracingChannel<unknown, Spans[N]> } = {
  interaction: channelOf('interaction'),
  commit: channelOf('commit'),
  request: channelOf('request'),
  round: channelOf('round'),
  daily: channelOf('daily'),
};

/**
 * The same work as a span of `node:diagnostics_channel`. While nobody listens, that costs one look:
 * so this is to be called once for each place, not for each piece of work.
 * @param about called only while somebody listens
 */
export function traced<N extends keyof Spans, A extends unknown[], R>(
  name: N,
  about: (...args: A) => Spans[N],
  work: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  const channel: TracingChannel<unknown, Spans[N]> = channels[name];
  return (...args) =>
    channel.hasSubscribers ? channel.tracePromise(work, about(...args), undefined, ...args) : work(...args);
}
