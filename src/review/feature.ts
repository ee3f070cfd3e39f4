import type { Route } from '../discord/route.js';
import { type ReviewActs, reviewRoutes } from './buttons.js';
import type { Decks } from './decks.js';
import { reviewFeature } from './ids.js';
import type { Reminders } from './remind/service.js';

/** Reviews as one of the program's features. Decks forget by themselves, after whoever tells them of answers. */
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
}

export function createReviewFeature(reviews: ReviewActs, reminders: Reminders, decks: Decks): ReviewFeature {
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
    async exportMember(scope, member) {
      const [deck, reminder] = await Promise.all([
        decks.exportMember(scope, member),
        reminders.get(scope, member),
      ]);
      return deck || reminder
        ? { ...(deck !== undefined && { deck }), ...(reminder && { reminder }) }
        : undefined;
    },
  };
}
