import {
  type APIChannel,
  ChannelType,
  DiscordAPIError,
  type REST,
  type RESTGetAPIGuildThreadsResult,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { isUnreachable } from './api-errors.js';
import { clockSkewMs } from './sent.js';

/** Discord's limit of a thread's name. */
export const longestThreadName = 100;
/** In minutes without a message: a day, and a week for what takes its time. */
export const archiveAfter = { day: 1_440, week: 10_080 } as const;

const noThread: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.MaximumActiveThreads,
]);

/** There can be no such thread in this channel, at least now: a matter of its type, of permissions or of their number. */
export const isThreadRefused = (error: unknown): boolean =>
  isUnreachable(error) || (error instanceof DiscordAPIError && noThread.has(error.code));

export interface ThreadWish {
  readonly channelId: string;
  /** At most {@link longestThreadName} characters. */
  readonly name: string;
  /** Only those who are invited see it. */
  readonly secret: boolean;
  readonly archiveAfterMinutes: number;
}

/** Makes, fills and closes threads by REST. Rejects with discord.js's errors. */
export interface ThreadMaker {
  /** @returns the thread's id */
  open(wish: ThreadWish): Promise<string>;
  /** A thread of the bot's of this name, made no earlier than that; for one of which no answer came back. */
  find(
    guildId: string,
    wish: Pick<ThreadWish, 'channelId' | 'name'>,
    sinceMs: number,
  ): Promise<string | undefined>;
  invite(threadId: string, member: string): Promise<void>;
  /** Nothing stands below the last message any more; whoever writes into it brings it back. */
  archive(threadId: string): Promise<void>;
}

/** @param botId whose threads are found */
export function restThreads(rest: REST, botId: () => string | undefined): ThreadMaker {
  return {
    async open({ channelId, name, secret, archiveAfterMinutes }) {
      const thread = (await rest.post(Routes.threads(channelId), {
        body: {
          name,
          type: secret ? ChannelType.PrivateThread : ChannelType.PublicThread,
          auto_archive_duration: archiveAfterMinutes,
          ...(secret && { invitable: false }),
        },
      })) as APIChannel;
      return thread.id;
    },
    async find(guildId, { channelId, name }, sinceMs) {
      const { threads } = (await rest.get(
        Routes.guildActiveThreads(guildId),
      )) as RESTGetAPIGuildThreadsResult;
      return (threads as { id: string; parent_id?: string; owner_id?: string; name?: string }[]).find(
        (thread) =>
          thread.parent_id === channelId &&
          thread.owner_id === botId() &&
          thread.name === name &&
          SnowflakeUtil.timestampFrom(thread.id) >= sinceMs - clockSkewMs,
      )?.id;
    },
    async invite(threadId, member) {
      await rest.put(Routes.threadMembers(threadId, member));
    },
    async archive(threadId) {
      await rest.patch(Routes.channel(threadId), { body: { archived: true } });
    },
  };
}
