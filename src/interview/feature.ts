import { interviewRoutes } from './buttons.js';
import { interviewFeature } from './ids.js';
import { interviewsOfMember } from './member-data.js';
import type { InterviewParts } from './parts.js';
import { helpFor } from './peek.js';
import { Interviews } from './service.js';

export function createInterviewFeature(parts: InterviewParts) {
  const interviews = new Interviews(parts);
  const press = { interviews, bank: parts.bank, now: () => parts.clock.now() };
  return {
    name: interviewFeature,
    routes: interviewRoutes(press),
    interviews,
    stop: () => interviews.stop(),
    idle: () => interviews.idle(),
    serversReady: (guildIds: readonly string[]) => interviews.serversReady(guildIds),
    serverGone: (guildId: string) => interviews.serverGone(guildId),
    healthy: () => interviews.healthy(),
    forgetScope: (scope: string) => interviews.forgetScope(scope),
    forgetMember: (scope: string, member: string) => interviews.members.forget(scope, member),
    exportMember: (scope: string, member: string) => interviews.members.export(scope, member),
    memberData: interviewsOfMember,
    helpFor: (customId: string) => helpFor(press, customId),
  };
}
