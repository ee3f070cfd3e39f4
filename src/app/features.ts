import type { Client } from 'discord.js';
import { CatchingUp } from '../asked/catching-up.js';
import { DailyPoster } from '../daily/service.js';
import { openDirect } from '../discord/messenger.js';
import { restScheduledEvents } from '../discord/scheduled-events.js';
import { restThreads } from '../discord/threads.js';
import { helpRoutes } from '../help/buttons.js';
import { helpFeature } from '../help/cards.js';
import { createInterviewFeature } from '../interview/feature.js';
import { leaderboardRoutes } from '../leaderboard/buttons.js';
import { leaderboardFeature } from '../leaderboard/cards.js';
import { QuizNights } from '../night/service.js';
import { isDirect } from '../people/scope.js';
import { askQuestion } from '../question/buttons.js';
import { Practice } from '../question/service.js';
import { createQuizFeature } from '../quiz/feature.js';
import { createReviewFeature } from '../review/feature.js';
import { DeckReader } from '../review/reader.js';
import { Reminders } from '../review/remind/service.js';
import { Reviews } from '../review/service.js';
import { Sessions } from '../session/service.js';
import type { Clock } from '../time/clock.js';
import type { Services } from './command.js';
import type { Feature } from './feature.js';
import type { Ground } from './ground.js';
import { composeLearning } from './learning.js';
import { mockInterview } from './starting.js';

export interface FeatureParts extends Ground {
  readonly client: Client;
  /** The machine's own clock. */
  readonly machine: Clock;
}

/** All that the bot can do, and what its commands may ask. */
export interface ComposedFeatures {
  readonly features: readonly Feature[];
  readonly services: Services;
}

/** Makes every feature of what it needs of the ground and of others. */
export function composeFeatures(parts: FeatureParts): ComposedFeatures {
  const { client, machine, shared, decks, takers, personal, nameOf, messengerFor } = parts;
  const { memory, clock, log, bank, asked, draws, ledger, profiles } = shared;
  const { privacy } = personal;
  const roleExists = (guildId: string, roleId: string): boolean =>
    client.guilds.cache.get(guildId)?.roles.cache.has(roleId) ?? true;
  const daily = new DailyPoster({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    machine,
    roleExists,
  });
  const zoneOf = (guildId: string): Promise<string> => daily.zoneOf(guildId);
  const practice = new Practice({ ...shared, messenger: messengerFor('person', 'reveal'), zoneOf });
  const threads = restThreads(client.rest, () => client.user?.id);
  const interview = createInterviewFeature({ ...shared, zoneOf, threads });
  /** Days of direct messages are those of the zone in which their member wants to be reminded. */
  const zoneIn = async (scope: string): Promise<string> =>
    isDirect(scope) ? reminders.zoneFor(scope) : zoneOf(scope);
  const reader: DeckReader = new DeckReader({
    decks,
    bank,
    clock,
    zoneIn,
    planDateOf: (scope, member) => plans.planDateOf(scope, member),
  });
  const reminders: Reminders = new Reminders({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    machine,
    dueNow: async (scope, member) => (await reader.due(scope, member)).today.length,
    reviewer: (scope, member) => decks.reviewer(scope, member),
    directChannel: (userId) => openDirect(client.rest, userId),
    nameOf,
  });
  const sessions = new Sessions({ ...shared, deck: reader, zoneIn });
  const quiz = createQuizFeature({
    ...shared,
    messenger: messengerFor('round', 'round'),
    threads,
    zoneOf,
    sessions,
    unrevealed: (change, guildId) => daily.unrevealed.in(change, guildId),
  });
  const review = new Reviews({
    ...shared,
    decks,
    reader,
    reminders,
    sessions,
    catchUp: (scope) => catchingUp.ensure(scope),
    serves: (guildId) => client.guilds.cache.has(guildId),
  });
  const { plans, stats, next } = composeLearning({
    ...shared,
    zoneIn,
    openDaily: (guildId) => daily.openDaily(guildId),
    heldPoints: (guildId, member) => daily.heldPoints(guildId, member),
    openQuestions: (guildId) => daily.unrevealed.questions(guildId),
    decks,
    reader,
    sessions,
    review,
    mock: mockInterview({
      interviews: interview.interviews,
      bank,
      profiles,
      known: (guildId, member, profile) => daily.unrevealed.known(guildId, member, profile),
    }),
    interviewsOf: async ({ guildId, member }) =>
      guildId ? interview.interviews.members.line(guildId, member) : undefined,
  });
  const nights = new QuizNights({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    zoneOf,
    quizzes: quiz.quizzes,
    events: restScheduledEvents(client.rest, () => client.user?.id),
    machine,
    roleExists,
  });
  const services: Services = {
    ...shared,
    practice,
    quiz: quiz.quizzes,
    daily,
    interviews: interview.interviews,
    plans,
    stats,
    review,
    sessions,
    nights,
    privacy,
    zoneOf,
    openDaily: (guildId) => daily.openDaily(guildId),
  };
  const help = helpRoutes({
    ...services,
    ask: (interaction, topic) => askQuestion(practice, interaction, { topic }, false),
  });
  const catchingUp: CatchingUp = new CatchingUp({
    memory,
    clock,
    log,
    asked,
    takers,
    sources: () => features,
  });
  /** A new feature is listed here, and nowhere else. */
  const features: readonly Feature[] = [
    quiz,
    practice,
    daily,
    interview,
    sessions.feature,
    createReviewFeature(review, reminders),
    nights,
    { name: leaderboardFeature, routes: leaderboardRoutes(services) },
    { name: helpFeature, routes: help },
    plans,
    stats,
    next,
    privacy,
    catchingUp,
  ];
  personal.keep([...features, draws, ledger, decks, asked, profiles]);
  return { features, services };
}
