import type { Logger } from 'pino';
import type { AskedIndex } from '../asked/service.js';
import type { Bank } from '../bank/bank.js';
import { subjectsOf } from '../bank/study.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Route } from '../discord/route.js';
import type { Ledger } from '../ledger/service.js';
import type { Starters } from '../next/buttons.js';
import type { NextThing } from '../next/rules.js';
import type { ReviewsDue } from '../next/service.js';
import type { Hidden, HiddenMembers } from '../people/hidden.js';
import { type MemberPlace, scopeAt } from '../people/scope.js';
import type { Profile } from '../profiles/profile.js';
import type { Profiles } from '../profiles/service.js';
import { answeredCells, percentReady, sum } from '../profiles/tallies.js';
import type { Clock } from '../time/clock.js';
import { localDay } from '../time/local-day.js';
import { statsRoutes } from './buttons.js';
import { profileCard, statsFeature } from './cards.js';
import { hardestMissed } from './missed.js';
import { drawOwn } from './pictures.js';
import type { OwnView, TopicSureness } from './view.js';
import { botsHaveNone, keepsToThemselves, onlyOwnHere } from './words.js';

const missedListed = 3;

export interface StatsParts {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  readonly bank: Bank;
  readonly ledger: Ledger;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly hidden: Hidden;
  readonly asked: Pick<AskedIndex, 'history' | 'difficulty'>;
  readonly starters: Pick<Starters, 'drill'>;
  /** The zone by whose days a scope goes. */
  readonly zoneIn: (scope: string) => Promise<string>;
  /** The open daily question of a server, by which streaks are judged. */
  openDaily(
    guildId: string,
  ): Promise<{ readonly date: string; readonly previous?: string | undefined } | undefined>;
  /** Points that a member has for the open daily question, which boards take when it closes. */
  heldPoints(guildId: string, member: string): Promise<number>;
  /** The questions of a server that still take answers. */
  openQuestions(guildId: string): Promise<ReadonlySet<string>>;
  nextFor(place: MemberPlace): Promise<NextThing>;
  /** The day of the interview that a member plans for, `YYYY-MM-DD`. */
  planDateOf(scope: string, member: string): Promise<string | undefined>;
  /** Absent: nothing is said of reviews. */
  readonly reviews?: ReviewsDue | undefined;
  /** How sure a member was of their answers, by topic; absent: nothing is known. */
  readonly surenessOf?: ((place: MemberPlace) => Promise<readonly TopicSureness[]>) | undefined;
  /** A line on a member's practice interviews. */
  readonly interviewsOf?: ((place: MemberPlace) => Promise<string | undefined>) | undefined;
}

interface AskedFor {
  /** Null in a direct message, where everybody has only their own profile. */
  readonly guildId: string | null;
  readonly reader: string;
  readonly member: { readonly id: string; readonly bot?: boolean };
}

/** What members can do and how they stand, as `/stats` shows it. It stores nothing. */
export class Stats {
  readonly name = statsFeature;
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: StatsParts;

  constructor(parts: StatsParts) {
    this.#parts = parts;
    this.routes = statsRoutes(parts);
  }

  /**
   * A member's profile in a server, or one's own in direct messages with the bot.
   * @throws {UserError} for bots, for others in direct messages, and for who keeps to themselves
   */
  async show({ guildId, reader, member }: AskedFor): Promise<Outgoing> {
    if (member.bot) throw new UserError(botsHaveNone);
    const isOwn = member.id === reader;
    if (!guildId && !isOwn) throw new UserError(onlyOwnHere);
    const place = { guildId, member: member.id };
    const { clock, bank, profiles, ledger, zoneIn, openDaily, heldPoints } = this.#parts;
    const hidden = await this.#parts.hidden.of(guildId ?? undefined);
    if (!isOwn && hidden.has(member.id)) throw new UserError(keepsToThemselves);
    const [profile, server, zone, daily, held] = await Promise.all([
      profiles.get(scopeAt(place), member.id),
      guildId ? standingIn(ledger, guildId, member.id, hidden) : undefined,
      zoneIn(scopeAt(place)),
      guildId ? openDaily(guildId) : undefined,
      guildId && isOwn ? heldPoints(guildId, member.id) : undefined,
    ]);
    const today = localDay(zone, clock.now());
    return profileCard({
      member: member.id,
      profile,
      today,
      server,
      openDaily: daily,
      held,
      titleOf: (topic) => bank.titleOf(topic),
      shortOf: (topic) => bank.shortOf(topic),
      own: isOwn ? await this.#own(place, profile, today) : undefined,
    });
  }

  async #own(place: MemberPlace, profile: Profile, today: string): Promise<OwnView> {
    const { bank, asked, log, nextFor, openQuestions, reviews, planDateOf, surenessOf, interviewsOf } =
      this.#parts;
    const scope = scopeAt(place);
    const topics = subjectsOf(bank);
    const isEmpty = sum(answeredCells(profile)).total === 0;
    const open = place.guildId ? await openQuestions(place.guildId) : new Set<string>();
    const [missed, sureness = [], due, planDate, interviews, next, pictures] = await Promise.all([
      hardestMissed({ asked, bank, open }, scope, place.member, missedListed),
      surenessOf?.(place),
      reviews?.dueOf(place),
      planDateOf(scope, place.member),
      interviewsOf?.(place),
      nextFor(place),
      isEmpty ? {} : drawOwn(profile, topics, percentReady(profile, topics), log),
    ]);
    const comes = planDate !== undefined && planDate >= today ? planDate : undefined;
    return { topics, missed, sureness, due, planDate: comes, interviews, next, pictures };
  }
}

async function standingIn(ledger: Ledger, guildId: string, member: string, hidden: HiddenMembers) {
  const filter = { period: 'all', zone: 'UTC' } as const;
  const [rank, page] = await Promise.all([
    ledger.rank(guildId, filter, member, hidden),
    ledger.page(guildId, filter, { member }, hidden),
  ]);
  return { standing: rank?.own, members: page.members };
}
