import type { PastAsking } from '../asked/past.js';
import type { Route } from '../discord/route.js';
import type { MemberData } from '../people/member-data.js';
import type { SessionStarter } from '../session/wanted.js';
import { quizRoutes } from './buttons.js';
import { quizName } from './ids.js';
import { quizzesOfMember } from './member-data.js';
import { helpWithRound, isRightButton } from './peek.js';
import { type QuizParts, Quizzes } from './service.js';

/** The quiz as one of the program's features, with what commands and the sandbox ask of it. */
export interface QuizFeature {
  readonly name: string;
  readonly routes: Readonly<Record<string, Route>>;
  readonly quizzes: Quizzes;
  /** For the sandbox's classmates, in this process alone. */
  isRight(customId: string): Promise<boolean | undefined>;
  helpFor(customId: string): Promise<{ readonly texts: readonly string[] } | undefined>;
  stop(): Promise<void>;
  idle(): Promise<void>;
  serversReady(guildIds: readonly string[]): Promise<void>;
  serverGone(guildId: string): void;
  healthy(): boolean;
  forgetScope(scope: string): Promise<void>;
  forgetMember(scope: string, member: string): Promise<void>;
  exportMember(scope: string, member: string): Promise<unknown>;
  readonly memberData: MemberData;
  membersOf(scope: string): AsyncIterable<string>;
  pastAskings(scope: string): AsyncGenerator<PastAsking>;
}

/** @param parts.sessions starts private sessions of what somebody missed */
export function quizFeature(parts: QuizParts & { readonly sessions: SessionStarter }): QuizFeature {
  const quizzes = new Quizzes(parts);
  return {
    name: quizName,
    routes: quizRoutes(quizzes, parts.bank, parts.sessions),
    quizzes,
    isRight: (customId) => isRightButton(quizzes, customId),
    helpFor: (customId) => helpWithRound(quizzes, parts.bank, customId),
    stop: () => quizzes.stop(),
    idle: () => quizzes.idle(),
    serversReady: (guildIds) => quizzes.serversReady(guildIds),
    serverGone: (guildId) => quizzes.serverGone(guildId),
    healthy: () => quizzes.healthy(),
    forgetScope: (scope) => quizzes.forgetScope(scope),
    forgetMember: (scope, member) => quizzes.forgetMember(scope, member),
    exportMember: (scope, member) => quizzes.exportMember(scope, member),
    memberData: quizzesOfMember,
    membersOf: (scope) => quizzes.membersOf(scope),
    pastAskings: (scope) => quizzes.pastAskings(scope),
  };
}
