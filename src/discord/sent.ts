import {
  type APIChannel,
  type APIMessage,
  DiscordAPIError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { minuteMs } from '../time/spans.js';
import { isPassing } from './api-errors.js';

/** A message's id; that it is certainly not there; or that it cannot be known (history is not readable). */
export type Whereabouts = { readonly messageId: string } | 'absent' | 'unknown';

/** `isFound`: it stood already. */
export interface Posted {
  readonly messageId: string;
  readonly isFound: boolean;
}

/** Finds out whether a message was sent of which no answer came back. */
export interface SentMessages {
  /**
   * @param mark stands in the message's components, as JSON, and in those of no other message
   * @param sinceMs when sending began at the earliest
   * @param after a message that was sent before it: older ones may bear the mark as well
   */
  find(channelId: string, mark: string, sinceMs: number, after?: string): Promise<Whereabouts>;
}

/** The id of a message that is there. */
export const standingId = (where: Whereabouts | string): string | undefined =>
  typeof where === 'object' ? where.messageId : undefined;

/**
 * Posts a message that Discord may take although its answer is lost.
 * @param find where the message is after that
 * @returns rejects as `post` does where none is known to be there
 */
export async function postOrFind(
  post: () => Promise<string>,
  find: () => Promise<Whereabouts>,
): Promise<Posted> {
  try {
    return { messageId: await post(), isFound: false };
  } catch (error) {
    const found = standingId(await find().catch(notNow));
    if (found === undefined) throw error;
    return { messageId: found, isFound: true };
  }
}

function notNow(error: unknown): 'unknown' {
  if (!isPassing(error)) throw error;
  return 'unknown';
}

const pageSize = 100;
const mostPages = 5;
/** At most so much lies between the clock of this machine and Discord's. */
export const clockSkewMs = minuteMs;

/** Looks into the channel by REST. Rejects only where trying again later makes sense. */
export function restSentMessages(rest: REST): SentMessages {
  return {
    async find(channelId, mark, sinceMs, after = '0') {
      try {
        return await search(rest, channelId, mark, { sinceMs: sinceMs - clockSkewMs, after: BigInt(after) });
      } catch (error) {
        if (!(error instanceof DiscordAPIError)) throw error;
        return error.code === RESTJSONErrorCodes.UnknownChannel ? 'absent' : 'unknown';
      }
    },
  };
}

async function search(
  rest: REST,
  channelId: string,
  mark: string,
  { sinceMs, after }: { readonly sinceMs: number; readonly after: bigint },
): Promise<Whereabouts> {
  let before: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(before && { before }) });
    const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
    const found = messages.find(
      ({ id, components }) => BigInt(id) > after && JSON.stringify(components ?? []).includes(mark),
    );
    if (found) return { messageId: found.id };
    const oldest = messages.at(-1);
    // Without Read Message History the list is empty, whatever is in the channel.
    if (!oldest) return page > 0 ? 'absent' : nothingSince(rest, channelId, sinceMs);
    const isPast = SnowflakeUtil.timestampFrom(oldest.id) < sinceMs || BigInt(oldest.id) <= after;
    if (messages.length < pageSize || isPast) return 'absent';
    before = oldest.id;
  }
  return 'unknown';
}

/** The channel itself tells of its newest message to everybody who sees it. */
async function nothingSince(rest: REST, channelId: string, sinceMs: number): Promise<'absent' | 'unknown'> {
  const channel = (await rest.get(Routes.channel(channelId))) as APIChannel;
  const last = 'last_message_id' in channel ? channel.last_message_id : undefined;
  if (last === undefined) return 'unknown';
  return last === null || SnowflakeUtil.timestampFrom(last) < sinceMs ? 'absent' : 'unknown';
}
