import type { Parts } from '../asking/parts.js';
import { nextFeature, nextRoutes, type Starters } from '../next/buttons.js';
import { NextThings, type ReviewsDue } from '../next/service.js';
import { type MemberPlace, scopeAt } from '../people/scope.js';
import { Plans } from '../plan/service.js';
import type { Decks } from '../review/decks.js';
import type { DueDeck } from '../review/due.js';
import type { Reviews } from '../review/service.js';
import { sureAndWrong } from '../review/sureness.js';
import type { SessionStarter } from '../session/wanted.js';
import { Stats, type StatsParts } from '../stats/service.js';
import type { Feature } from './feature.js';
import { startersWith } from './starting.js';

interface LearningParts extends Omit<Parts, 'zoneOf'> {
  /** The zone by whose days a scope goes. */
  readonly zoneIn: (scope: string) => Promise<string>;
  readonly openDaily: StatsParts['openDaily'];
  readonly heldPoints: StatsParts['heldPoints'];
  readonly openQuestions: StatsParts['openQuestions'];
  readonly decks: Pick<Decks, 'reviewer'>;
  readonly reader: DueDeck;
  readonly sessions: SessionStarter;
  readonly review: Pick<Reviews, 'start'>;
  /** Opens a practice interview where a button was pressed; absent: none is offered. */
  readonly mock?: Starters['mock'] | undefined;
  /** A line for `/stats` on a member's practice interviews. */
  readonly interviewsOf?: StatsParts['interviewsOf'] | undefined;
}

/** Plans, profiles, and the button that goes on: what tells somebody what to learn next, and starts it. */
export function composeLearning(parts: LearningParts): { plans: Plans; stats: Stats; next: Feature } {
  const { bank, random, profiles, sessions, review, reader, decks, mock } = parts;
  const starters = startersWith({ bank, random, sessions, reviews: review, mock });
  const reviews: ReviewsDue = {
    dueOf: async (place) => (await reader.due(scopeAt(place), place.member)).today.length,
  };
  const plans = new Plans({ ...parts, reviews, starters });
  const next = new NextThings({ bank, profiles, reviews, shareOf: (place) => plans.shareOf(place) });
  const thingFor = (place: MemberPlace) => next.of(place);
  const stats = new Stats({
    ...parts,
    starters,
    reviews,
    nextFor: thingFor,
    planDateOf: (scope, member) => plans.planDateOf(scope, member),
    surenessOf: async (place) => sureAndWrong(await decks.reviewer(scopeAt(place), place.member)),
  });
  return { plans, stats, next: { name: nextFeature, routes: nextRoutes({ bank, starters, thingFor }) } };
}
