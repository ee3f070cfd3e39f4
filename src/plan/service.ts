import type { Logger } from 'pino';
import { hasMissed, type Met } from '../asked/history.js';
import type { AskedIndex } from '../asked/service.js';
import type { Parts } from '../asking/parts.js';
import { type Subject, subjectsOf } from '../bank/study.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Starters } from '../next/buttons.js';
import { nextThing } from '../next/rules.js';
import type { ReviewsDue } from '../next/service.js';
import { MemberRecords } from '../people/member-records.js';
import { type MemberPlace, scopeAt } from '../people/scope.js';
import { answeredCells, weakestCell } from '../profiles/tallies.js';
import { localDay } from '../time/local-day.js';
import { planCard, planFeature } from './cards.js';
import { planOfMember } from './member-data.js';
import { type PlanRecord, plannersLog, planRecord, startCells, startOfPlan } from './records.js';
import { type PlanDay, type PlanInput, planFor, type StudyPlan } from './rules.js';
import { type PlanWish, readDate, readMinutes } from './settings.js';
import * as words from './words.js';

export interface PlanParts extends Pick<Parts, 'memory' | 'clock' | 'bank' | 'profiles'> {
  /** The zone by whose days a scope goes. */
  readonly zoneIn: (scope: string) => Promise<string>;
  readonly log: Pick<Logger, 'error'>;
  readonly asked: Pick<AskedIndex, 'history'>;
  /** Absent: nothing is ever due. */
  readonly reviews?: ReviewsDue | undefined;
  /** What can be started beside questions. */
  readonly starters: Pick<Starters, 'review' | 'mock'>;
}

/** Plans to the day of an interview, one for each member of a server, and one in direct messages. */
export class Plans {
  readonly name = planFeature;
  readonly memberData = planOfMember;
  readonly #parts: PlanParts;
  readonly #plans: MemberRecords<PlanRecord>;

  constructor(parts: PlanParts) {
    this.#parts = parts;
    this.#plans = new MemberRecords(parts.memory, planRecord, plannersLog);
  }

  /**
   * Makes a plan, or changes one: what was done since it was made still counts.
   * @throws {UserError} for a date or minutes that make no plan
   */
  async set(place: MemberPlace, wish: PlanWish): Promise<Outgoing> {
    if (this.#subjects.length === 0) throw new UserError(words.noSubjects);
    const today = await this.#today(place);
    const date = readDate(wish.date, today);
    const minutes = readMinutes(wish.minutes);
    const { level } = wish;
    const scope = scopeAt(place);
    const profile = await this.#parts.profiles.get(scope, place.member);
    await this.#plans.use(scope, place.member, (slot, change) => {
      const before = slot.value;
      const kept = before && before.date >= today ? before : undefined;
      const { setOn, start } = kept ?? {
        setOn: today,
        start: startOfPlan(this.#own(answeredCells(profile))),
      };
      if (before === undefined) this.#plans.list(change, scope, [place.member]);
      slot.set({ date, minutes, ...(level && { level }), setOn, start });
    });
    return this.show(place);
  }

  /** @throws {UserError} where there is no plan */
  async show(place: MemberPlace): Promise<Outgoing> {
    const found = await this.#find(place);
    if (!found) throw new UserError(words.noPlan);
    const { input, plan } = found;
    const { bank, profiles, starters } = this.#parts;
    const can = {
      review: starters.review !== undefined,
      mock: !!place.guildId && starters.mock !== undefined,
    };
    const profile = await profiles.get(scopeAt(place), place.member);
    const { settings, today, due } = input;
    const picture =
      plan.daysLeft > 0 ? await this.#draw({ today, date: settings.date, days: plan.days }) : undefined;
    return planCard({
      settings,
      plan,
      due,
      titleOf: (topic) => bank.titleOf(topic),
      shortOf: (topic) => bank.shortOf(topic),
      picture,
      next: nextThing({ due: can.review ? due : 0, share: [], weakest: weakestCell(profile, bank.topics) }),
      can,
    });
  }

  async clear(place: MemberPlace): Promise<Outgoing> {
    const had = await this.#plans.forgetMember(scopeAt(place), place.member);
    if (!had) throw new UserError(words.nothingToClear);
    return plain(words.cleared);
  }

  /** The local day of a member, for what they type of a date. */
  async today(place: MemberPlace): Promise<string> {
    return this.#today(place);
  }

  /** The day of a member's interview, `YYYY-MM-DD`; it may be over. */
  async planDateOf(scope: string, member: string): Promise<string | undefined> {
    return (await this.#plans.get(scope, member))?.date;
  }

  /** What is left of today's share: questions on topics, in the order of study. Empty without a plan. */
  async shareOf(place: MemberPlace): Promise<PlanDay['items']> {
    return (await this.#find(place))?.plan.days[0]?.items ?? [];
  }

  /** After a failure: once more. */
  forgetScope(scope: string): Promise<void> {
    return this.#plans.forgetScope(scope);
  }

  /** After a failure: once more. */
  async forgetMember(scope: string, member: string): Promise<void> {
    await this.#plans.forgetMember(scope, member);
  }

  exportMember(scope: string, member: string): Promise<unknown> {
    return this.#plans.get(scope, member);
  }

  async #find(place: MemberPlace): Promise<{ input: PlanInput; plan: StudyPlan } | undefined> {
    const { profiles, reviews } = this.#parts;
    const scope = scopeAt(place);
    const record = await this.#plans.get(scope, place.member);
    if (!record) return undefined;
    const [today, profile, due = 0, answeredToday] = await Promise.all([
      this.#today(place),
      profiles.get(scope, place.member),
      reviews?.dueOf(place),
      this.#answeredToday(place),
    ]);
    const { date, level, minutes, setOn } = record;
    const input: PlanInput = {
      settings: { date, level, minutes, setOn },
      today,
      subjects: this.#subjects,
      start: startCells(record),
      now: this.#own(answeredCells(profile)),
      due,
      answeredToday,
    };
    return { input, plan: planFor(input) };
  }

  /**
   * Questions of the plan's topics that were answered today, as far as their results are out. What was missed before
   * and came back is a review, for which the day has its own room.
   */
  async #answeredToday(place: MemberPlace): Promise<number> {
    const { asked, bank } = this.#parts;
    const [zone, today] = await Promise.all([this.#zone(place), this.#today(place)]);
    const own = new Set(this.#subjects.map(({ id }) => id));
    const history = await asked.history(scopeAt(place), place.member);
    const isNew = (met: Met): boolean => met.times === 1 || !hasMissed(met);
    return [...history].filter(
      ([question, met]) =>
        isNew(met) && localDay(zone, met.lastAt) === today && own.has(bank.get(question)?.topic ?? ''),
    ).length;
  }

  /** As the bank has them now: it can be read again while the bot runs. */
  get #subjects(): readonly Subject[] {
    return subjectsOf(this.#parts.bank);
  }

  #own<T extends { readonly topic: string }>(cells: readonly T[]): T[] {
    const own = new Set(this.#subjects.map(({ id }) => id));
    return cells.filter(({ topic }) => own.has(topic));
  }

  #zone(place: MemberPlace): Promise<string> {
    return this.#parts.zoneIn(scopeAt(place));
  }

  async #today(place: MemberPlace): Promise<string> {
    return localDay(await this.#zone(place), this.#parts.clock.now());
  }

  /** A picture that cannot be drawn must not hold the plan up: all of it stands in words too. */
  async #draw(view: { today: string; date: string; days: readonly PlanDay[] }): Promise<Buffer | undefined> {
    try {
      const { renderCalendar } = await import('./calendar-picture.js');
      return await renderCalendar(view);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'The calendar of a plan could not be drawn');
      return undefined;
    }
  }
}
