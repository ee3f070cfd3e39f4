import { type ReviewActs, reviewRoutes } from './buttons.js';
import { reviewFeature } from './ids.js';
import { reminderOfMember } from './member-data.js';
import type { Reminders } from './remind/service.js';

/** Reviews as one of the program's features. Decks keep their own. */
export function createReviewFeature(reviews: ReviewActs, reminders: Reminders) {
  return {
    name: reviewFeature,
    routes: reviewRoutes(reviews),
    start: () => reminders.start(),
    stop: () => reminders.stop(),
    idle: () => reminders.idle(),
    serversReady: (guildIds: readonly string[]) => reminders.serversReady(guildIds),
    directReady: () => reminders.directReady(),
    serverGone: (guildId: string) => reminders.serverGone(guildId),
    forgetScope: (scope: string) => reminders.forgetScope(scope),
    forgetMember: (scope: string, member: string) => reminders.forgetMember(scope, member),
    exportMember: (scope: string, member: string) => reminders.get(scope, member),
    memberData: reminderOfMember,
  };
}
