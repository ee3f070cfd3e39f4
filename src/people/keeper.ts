import type { MemberData } from './member-data.js';

/**
 * Whatever stores something of servers or members. A scope is a server's id, or `dm-<user>` for what a member did in
 * direct messages with the bot.
 */
export interface Keeper {
  /** Unique among them; the name under which it stands in exports. */
  readonly name: string;
  /** Removes everything of a scope. After a failure: once more. */
  forgetScope?(scope: string): Promise<void>;
  /** Removes a member from a scope, wherever their id stands. After a failure: once more. */
  forgetMember?(scope: string, member: string): Promise<void>;
  /**
   * What is stored about a member in a scope, as plain JSON; undefined where there is nothing. Nothing of others is in
   * it, and nothing that is secret until a reveal.
   */
  exportMember?(scope: string, member: string): Promise<unknown>;
  /** The shape of what it exports, and its words. Without it, `/privacy show` says its name alone. */
  readonly memberData?: MemberData;
  /**
   * Of whom something is stored in a server, where that can be from before it was noted who uses the bot (see
   * `presence.ts`); what is younger does without. A member may come more than once.
   */
  membersOf?(scope: string): AsyncIterable<string>;
  /** Those of many servers in which that may be somebody; absent: in each of them. */
  scopesWithMembers?(scopes: readonly string[]): Promise<readonly string[]>;
}
