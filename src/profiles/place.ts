/** Where somebody is: in a server, or in direct messages with the bot. */
export interface MemberPlace {
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly member: string;
}

/** Under which what somebody does in a place is stored. */
export const scopeAt = ({ guildId, member }: MemberPlace): string => guildId ?? `dm-${member}`;
