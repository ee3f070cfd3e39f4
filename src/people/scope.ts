/** Where somebody is: in a server, or in direct messages with the bot. */
export interface MemberPlace {
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly member: string;
}

/**
 * Under which what somebody does in a place is stored: a server's id, or `dm-<user>` for their direct messages with the
 * bot.
 */
export const scopeAt = ({ guildId, member }: MemberPlace): string => guildId ?? directScope(member);

const directPrefix = 'dm-';

/** The scope of a member's direct messages. */
export const directScope = (member: string): string => `${directPrefix}${member}`;

export const isDirect = (scope: string): boolean => scope.startsWith(directPrefix);

/** Whose direct messages a scope is. */
export const memberOfDirect = (scope: string): string => scope.slice(directPrefix.length);

/** In the place of a server's id, in lists that are kept by server: the direct messages of everybody. */
export const directList = 'direct';

/** By which of those lists something of a scope is found. */
export const listOf = (scope: string): string => (isDirect(scope) ? directList : scope);

/** By which what a member has in a scope is stored, where there is one thing of its kind for each. */
export const memberKey = (scope: string, member: string): string => `${scope}:${member}`;
