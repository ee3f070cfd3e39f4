import type { Gateway } from './gateway.js';
import type { RunAt } from './interactions.js';
import { isoTime } from './iso-time.js';
import { announce } from './rest/channel-events.js';
import { snowflakeTime } from './snowflake.js';
import type { ChannelState, World } from './state.js';

const minuteMs = 60_000;

/**
 * When a thread goes into the archive by itself, in milliseconds since the epoch: so many minutes after its last
 * message, or after it was made, brought back, or given another length.
 * https://docs.discord.com/developers/topics/threads#active-&-archived-threads
 */
export function archivesAt({ thread, lastMessageId }: ChannelState): number {
  if (!thread) return Number.POSITIVE_INFINITY;
  const written = lastMessageId === null ? 0 : snowflakeTime(lastMessageId);
  return Math.max(Date.parse(thread.archiveChangedAt), written) + thread.autoArchiveMinutes * minuteMs;
}

/**
 * Archives threads in which nothing happens. Discord looks from time to time, and sooner where a server has many
 * threads; here it is at the minute.
 */
export function archiveThreads(
  { world, gateway }: { readonly world: World; readonly gateway: Gateway },
  runAt: RunAt,
  now: () => number,
): void {
  const timers = new Map<string, { cancel(): void }>();
  // One timer a thread, which looks again where something was written meanwhile.
  const watch = (channel: ChannelState): void => {
    timers.get(channel.id)?.cancel();
    timers.delete(channel.id);
    if (channel.deleted || channel.thread?.archived) return;
    timers.set(
      channel.id,
      runAt(archivesAt(channel), () => look(channel)),
    );
  };
  const look = (channel: ChannelState): void => {
    const { thread } = channel;
    if (thread && !thread.archived && archivesAt(channel) <= now()) {
      thread.archived = true;
      thread.archiveChangedAt = isoTime(now());
      channel.revision += 1;
      announce({ world, gateway }, channel, 'UPDATE');
    }
    watch(channel);
  };
  world.threadChanged.on(watch);
}
