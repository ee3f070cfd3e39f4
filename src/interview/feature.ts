import type { Route } from '../discord/route.js';
import type { MemberData } from '../people/member-data.js';
import { interviewRoutes } from './buttons.js';
import { interviewName } from './ids.js';
import { interviewsOfMember } from './member-data.js';
import type { InterviewParts } from './parts.js';
import { helpFor, type InterviewHelp } from './peek.js';
import { Interviews } from './service.js';

/** Mock interviews as one of the program's features, with what commands and other features ask of it. */
export interface InterviewFeature {
  readonly name: string;
  readonly routes: Readonly<Record<string, Route>>;
  readonly interviews: Interviews;
  stop(): Promise<void>;
  idle(): Promise<void>;
  serversReady(guildIds: readonly string[]): Promise<void>;
  serverGone(guildId: string): void;
  healthy(): boolean;
  forgetScope(scope: string): Promise<void>;
  forgetMember(scope: string, member: string): Promise<void>;
  exportMember(scope: string, member: string): Promise<unknown>;
  readonly memberData: MemberData;
  /** For the sandbox's classmates, in this process alone. */
  helpFor(customId: string): Promise<InterviewHelp | undefined>;
}

export function interviewFeature(parts: InterviewParts): InterviewFeature {
  const interviews = new Interviews(parts);
  const press = { interviews, bank: parts.bank, now: () => parts.clock.now() };
  return {
    name: interviewName,
    routes: interviewRoutes(press),
    interviews,
    stop: () => interviews.stop(),
    idle: () => interviews.idle(),
    serversReady: (guildIds) => interviews.serversReady(guildIds),
    serverGone: (guildId) => interviews.serverGone(guildId),
    healthy: () => interviews.healthy(),
    forgetScope: (scope) => interviews.forgetScope(scope),
    forgetMember: (scope, member) => interviews.members.forget(scope, member),
    exportMember: (scope, member) => interviews.members.export(scope, member),
    memberData: interviewsOfMember,
    helpFor: (customId) => helpFor(press, customId),
  };
}
