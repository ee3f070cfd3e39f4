import { isoTime } from '../iso-time.js';
import type { MemberState, RoleState } from '../state.js';

export function roleJson(role: RoleState): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    description: null,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.botId && { tags: { bot_id: role.botId } }),
  };
}

export function memberJson(member: MemberState): Record<string, unknown> {
  return {
    user: member.user.json,
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: member.timedOutUntil ? isoTime(member.timedOutUntil) : null,
  };
}

/** A membership beside the user that it belongs to, as messages have it. */
export function partialMemberJson(member: MemberState): Record<string, unknown> {
  const { user: _user, ...json } = memberJson(member);
  return json;
}
