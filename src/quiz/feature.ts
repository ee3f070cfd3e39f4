import type { SessionStarter } from '../session/wanted.js';
import { quizRoutes } from './buttons.js';
import { quizFeature } from './ids.js';
import { quizzesOfMember } from './member-data.js';
import { helpWithRound, isRightButton } from './peek.js';
import { type QuizParts, Quizzes } from './service.js';
import { QuizThreads, type QuizThreadsParts } from './threads.js';

/** @param parts.sessions starts private sessions of what somebody missed */
export function createQuizFeature(
  parts: QuizParts & QuizThreadsParts & { readonly sessions: SessionStarter },
) {
  const quizzes = new Quizzes(parts);
  const threads = new QuizThreads(quizzes, parts);
  return {
    name: quizFeature,
    routes: quizRoutes(quizzes, parts.bank, threads, parts.sessions),
    quizzes,
    isRight: (customId: string) => isRightButton(quizzes, customId),
    helpFor: (customId: string) => helpWithRound(quizzes, parts.bank, customId),
    stop: () => quizzes.stop(),
    idle: () => quizzes.idle(),
    serversReady: (guildIds: readonly string[]) => quizzes.serversReady(guildIds),
    serverGone: (guildId: string) => quizzes.serverGone(guildId),
    healthy: () => quizzes.healthy(),
    forgetScope: (scope: string) => quizzes.forgetScope(scope),
    forgetMember: (scope: string, member: string) => quizzes.forgetMember(scope, member),
    exportMember: (scope: string, member: string) => quizzes.exportMember(scope, member),
    memberData: quizzesOfMember,
    membersOf: (scope: string) => quizzes.membersOf(scope),
    scopesWithMembers: (scopes: readonly string[]) => quizzes.begunIn(scopes),
    pastAskings: (scope: string) => quizzes.pastAskings(scope),
    scopesWithPast: (scopes: readonly string[]) => quizzes.begunIn(scopes),
  };
}
