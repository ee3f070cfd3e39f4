import { Intent } from './gateway-protocol.js';
import type { Session } from './session.js';
import { memberJson } from './shapes.js';
import type { MemberState, World } from './state.js';

const chunkSize = 1_000;
const mostByQuery = 100;

interface Asked {
  guild_id?: unknown;
  query?: unknown;
  limit?: unknown;
  user_ids?: unknown;
  presences?: unknown;
  nonce?: unknown;
}

/** Which server all of its members are asked for of, if they are. */
export function wholeServerAsked(
  data: unknown,
): { readonly guildId: string; readonly nonce?: string } | undefined {
  const { guild_id: id, query, limit, user_ids: users, nonce } = (data ?? {}) as Asked;
  if (query !== '' || Number(limit ?? 0) !== 0 || users !== undefined) return undefined;
  return { guildId: String(id), ...(typeof nonce === 'string' && { nonce }) };
}

/** What is sent to one session. */
export interface GatewayAnswer {
  readonly event: string;
  readonly json: object;
}

/**
 * The answer to opcode 8: https://docs.discord.com/developers/events/gateway-events#request-guild-members
 * All members at once take the intent for members; a query or ids do not. Without a place in the server: nothing.
 */
export function requestedMembers(world: World, session: Session, data: unknown): GatewayAnswer[] {
  const asked = (data ?? {}) as Asked;
  const guild = world.guilds.get(String(asked.guild_id));
  if (!guild?.hasBot) return [];
  const nonce = typeof asked.nonce === 'string' &&
    Buffer.byteLength(asked.nonce) <= 32 && { nonce: asked.nonce };
  const all = [...guild.members.values()];
  const ids =
    asked.user_ids === undefined ? undefined : [asked.user_ids].flat().map(String).slice(0, mostByQuery);
  if (ids === undefined && asked.query === '' && !(session.intents & Intent.guildMembers)) return [];
  const presences = asked.presences === true && (session.intents & Intent.guildPresences) !== 0;
  const found = ids ? all.filter(({ user }) => ids.includes(user.id)) : byQuery(all, asked);
  const count = Math.max(1, Math.ceil(found.length / chunkSize));
  return Array.from({ length: count }, (_, index) => ({
    event: 'GUILD_MEMBERS_CHUNK',
    json: {
      guild_id: guild.id,
      members: found.slice(index * chunkSize, (index + 1) * chunkSize).map(memberJson),
      chunk_index: index,
      chunk_count: count,
      not_found: ids?.filter((id) => !guild.members.has(id)).map(asSent) ?? [],
      // Nobody is shown as online here.
      ...(presences && { presences: [] }),
      ...nonce,
    },
  }));
}

/**
 * An id that is too short for a real one comes back as a number.
 * https://docs.discord.com/developers/reference#id-serialization
 */
const asSent = (id: string): string | number => (Number.isSafeInteger(Number(id)) ? Number(id) : id);

function byQuery(all: readonly MemberState[], { query, limit }: Asked): MemberState[] {
  const wanted = String(query ?? '').toLowerCase();
  const found = all.filter(({ user, nick }) =>
    [nick, user.json.global_name, user.json.username].some((name) => name?.toLowerCase().startsWith(wanted)),
  );
  const most = Number(limit ?? 0);
  if (wanted === '' && most === 0) return found;
  return found.slice(0, Math.min(most === 0 ? mostByQuery : most, mostByQuery));
}
