import { GatewayIntentBits } from 'discord-api-types/gateway/v10';
import type { RawData } from 'ws';
import { parseLarge } from './json.js';

/** https://docs.discord.com/developers/events/gateway#gateway-intents */
export const Intent = {
  guilds: GatewayIntentBits.Guilds,
  guildMembers: GatewayIntentBits.GuildMembers,
  moderation: GatewayIntentBits.GuildModeration,
  webhooks: GatewayIntentBits.GuildWebhooks,
  guildPresences: GatewayIntentBits.GuildPresences,
  guildMessages: GatewayIntentBits.GuildMessages,
  guildReactions: GatewayIntentBits.GuildMessageReactions,
  directMessages: GatewayIntentBits.DirectMessages,
  directReactions: GatewayIntentBits.DirectMessageReactions,
  messageContent: GatewayIntentBits.MessageContent,
  scheduledEvents: GatewayIntentBits.GuildScheduledEvents,
} as const;

const privileged = Intent.guildMembers | Intent.guildPresences | Intent.messageContent;
const allIntents = (1 << 26) - 1;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway */
export const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
  requestSoundboard: 31,
  requestChannelInfo: 43,
} as const;

/** Commands that Discord carries out and this server does not. */
export const notModelled: ReadonlyMap<number, string> = new Map([
  [Op.voice, 'op 4, voice states'],
  [Op.requestSoundboard, 'op 31, soundboards'],
  [Op.requestChannelInfo, 'op 43, channel info'],
]);

export const knownOps = new Set<number>(Object.values(Op));

/** Discord closes with 4002 what is longer, in bytes. */
export const longestPayload = 4_096;

/** https://docs.discord.com/developers/events/gateway-events#identify */
const usualThreshold = 50;
const thresholds = { least: 50, most: 250 } as const;

/** What of an identify Discord may take otherwise than it is taken here. */
export function oddIn({ large_threshold: threshold }: Identify): string | undefined {
  if (threshold == null) return undefined;
  const fits =
    Number.isInteger(threshold) &&
    Number(threshold) >= thresholds.least &&
    Number(threshold) <= thresholds.most;
  return fits ? undefined : `large_threshold ${threshold}, which is not between 50 and 250`;
}

/** How many servers one shard may have. */
const mostGuilds = 2_500;

export interface Payload {
  op?: unknown;
  d?: unknown;
}

/** What a bot says on connecting. */
export interface Identify {
  readonly token?: unknown;
  readonly intents?: unknown;
  readonly shard?: unknown;
  readonly large_threshold?: unknown;
  readonly compress?: unknown;
  readonly presence?: unknown;
}

export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** Number and count of shards. */
export type Shard = readonly [number, number];

/** What a bot asks for on identifying. */
export interface Wishes {
  readonly shard: Shard;
  readonly intents: number;
  /** Above so many members a server is large. */
  readonly largeThreshold: number;
}

/** Whether a bot says its token, alone or as in the header of a request: both are taken here. */
export function isToken(said: unknown, token: string): boolean {
  return said === token || said === `Bot ${token}`;
}

/** What was asked for, or why the connection is closed. */
export function readIdentify(
  { token, intents, shard: asked, large_threshold: threshold }: Identify,
  expected: { readonly token: string; readonly privilegedIntents: number },
): Wishes | CloseReason {
  if (!isToken(token, expected.token)) return { code: 4004, reason: 'Authentication failed.' };
  const shard = shardOf(asked);
  if (!shard) return { code: 4010, reason: 'Invalid shard.' };
  if (typeof intents !== 'number' || intents & ~allIntents)
    return { code: 4013, reason: 'Invalid intent(s).' };
  if (intents & privileged & ~expected.privilegedIntents)
    return { code: 4014, reason: 'Disallowed intent(s).' };
  return { shard, intents, largeThreshold: typeof threshold === 'number' ? threshold : usualThreshold };
}

export function tooManyGuilds(count: number): CloseReason | undefined {
  return count > mostGuilds ? { code: 4011, reason: 'Sharding required.' } : undefined;
}

function shardOf(shard: unknown): Shard | undefined {
  if (shard === undefined || shard === null) return [0, 1];
  if (!Array.isArray(shard) || shard.length !== 2) return undefined;
  const [id, count] = shard as unknown[];
  if (!Number.isInteger(id) || !Number.isInteger(count)) return undefined;
  const [index, of] = [Number(id), Number(count)];
  return index >= 0 && index < of ? [index, of] : undefined;
}

export function parsePayload(data: RawData): Payload | undefined {
  try {
    const payload: unknown = parseLarge(String(data));
    return typeof payload === 'object' && payload !== null ? payload : undefined;
  } catch {
    return undefined;
  }
}
