import type { Route } from '../discord/route.js';
import type { MemberData } from '../people/member-data.js';
import { type ReviewActs, reviewRoutes } from './buttons.js';
import { reviewFeature } from './ids.js';
import { reminderOfMember } from './member-data.js';
import type { Reminders } from './remind/service.js';

/** Reviews as one of the program's features. Decks keep their own. */
export interface ReviewFeature {
  readonly name: string;
  readonly routes: Readonly<Record<string, Route>>;
  start(): void;
  stop(): Promise<void>;
  idle(): Promise<void>;
  serversReady(guildIds: readonly string[]): Promise<void>;
  directReady(): Promise<void>;
  serverGone(guildId: string): void;
  forgetScope(scope: string): Promise<void>;
  forgetMember(scope: string, member: string): Promise<void>;
  exportMember(scope: string, member: string): Promise<unknown>;
  readonly memberData: MemberData;
}

export function createReviewFeature(reviews: ReviewActs, reminders: Reminders): ReviewFeature {
  return {
    name: reviewFeature,
    routes: reviewRoutes(reviews),
    start: () => reminders.start(),
    stop: () => reminders.stop(),
    idle: () => reminders.idle(),
    serversReady: (guildIds) => reminders.serversReady(guildIds),
    directReady: () => reminders.directReady(),
    serverGone: (guildId) => reminders.serverGone(guildId),
    forgetScope: (scope) => reminders.forgetScope(scope),
    forgetMember: (scope, member) => reminders.forgetMember(scope, member),
    exportMember: (scope, member) => reminders.get(scope, member),
    memberData: reminderOfMember,
  };
}
