import type { Parts } from '../asking/parts.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Route } from '../discord/route.js';
import type { ScheduledEvents } from '../discord/scheduled-events.js';
import type { Quizzes } from '../quiz/service.js';
import { filterOf } from '../quiz/settings.js';
import { noQuestionWords } from '../quiz/words.js';
import { placeAfter, type SchedulePlace } from '../schedule/place.js';
import { Scheduled } from '../schedule/scheduled.js';
import { runsAfter } from '../schedule/timing.js';
import { wallClock } from '../time/calendar.js';
import type { Clock } from '../time/clock.js';
import { dateOf } from '../time/days.js';
import { isKnownHere } from '../time/zones.js';
import { NightBook } from './book.js';
import { nightRoutes } from './buttons.js';
import { nightFeature } from './cards.js';
import { changedNight, type NightChange } from './change.js';
import { NightForgetting } from './forgetting.js';
import { nightsOfMember } from './member-data.js';
import type { Night } from './records.js';
import { Reminding } from './reminding.js';
import { NightRunner } from './runner.js';
import { type NightView, nightConfirmation, nightStatus } from './schedule-cards.js';
import { seasonOf } from './season.js';
import * as words from './words.js';

export interface NightParts extends Parts {
  readonly quizzes: Quizzes;
  readonly events: ScheduledEvents;
  /** The machine's own clock; absent: the same as `clock`. */
  readonly machine?: Clock;
  /** Whether a server has (still) a role. */
  readonly roleExists: (guildId: string, roleId: string) => boolean;
}

const nightsShown = 5;

/** The weekly quiz nights of the servers that this process serves. */
export class QuizNights extends Scheduled<Night> {
  readonly name = nightFeature;
  readonly memberData = nightsOfMember;
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: NightParts;
  readonly #book: NightBook;
  readonly #runner: NightRunner;
  readonly #reminding: Reminding;
  readonly #forgetting: NightForgetting;

  constructor(parts: NightParts) {
    const { quizzes } = parts;
    const book = new NightBook(parts, (id, night) => runner.changed(id, night));
    const reminding = new Reminding({ ...parts, book });
    const runner: NightRunner = new NightRunner({ ...parts, book, reminding });
    super({ ...parts, runner, what: 'quiz night', read: (guildIds) => book.nights.present(guildIds) });
    this.#parts = parts;
    this.#book = book;
    this.#runner = runner;
    this.#reminding = reminding;
    this.#forgetting = new NightForgetting(book);
    quizzes.whenOver(({ guildId }) => runner.look(guildId));
    this.routes = nightRoutes({ ...parts, book, reminding });
  }

  async forgetScope(guildId: string): Promise<void> {
    this.serverGone(guildId);
    await this.#forgetting.server(guildId);
  }

  forgetMember(guildId: string, member: string): Promise<void> {
    return this.#forgetting.member(guildId, member);
  }

  exportMember(guildId: string, member: string): Promise<unknown> {
    return this.#forgetting.export(guildId, member);
  }

  /** Where a change would have the night take place, to be checked before it is made. */
  async placeOf(
    guildId: string,
    change: Pick<NightChange, 'channelId' | 'roleId'>,
    here: string,
  ): Promise<SchedulePlace> {
    return placeAfter(change, await this.#book.nights.get(guildId), here);
  }

  /**
   * Starts the quiz night, or changes what is given of it. Gives back the confirmation.
   * @throws UserError without a time zone the first time, or when no question fits
   */
  async set(guildId: string, by: string, change: NightChange, here: string): Promise<Outgoing> {
    const { clock, bank, zoneOf } = this.#parts;
    const zone = await zoneOf(guildId);
    // A server that has not chosen a zone is in UTC for everything else; a night is not guessed.
    const around = { by, here, nowMs: clock.now(), ...(zone !== 'UTC' && { zone }) };
    const night = await this.#book.set(guildId, (old) => {
      const next = changedNight(old, change, around);
      if (bank.pool(filterOf(next.settings)).length === 0) throw new UserError(noQuestionWords);
      return next;
    });
    this.#runner.wasSet(guildId, night);
    return nightConfirmation(this.#view(night));
  }

  /** Ends the nights until they are set again; one whose lobby is open goes on. */
  async off(guildId: string): Promise<Outgoing> {
    const old = await this.#book.nights.get(guildId);
    if (!old) return plain(words.neverSet);
    if (!old.on) return plain(words.wasOff);
    await this.#book.step(guildId, (night) => ({ ...night, on: false }));
    if (!old.current?.opened) await this.#reminding.clear(guildId);
    this.#runner.look(guildId);
    return plain(words.turnedOff);
  }

  /** @param reader who alone sees it */
  async status(guildId: string, reader: string): Promise<Outgoing> {
    const night = await this.#book.nights.get(guildId);
    if (!night) return plain(words.neverSet);
    const zone = isKnownHere(night.zone) ? night.zone : 'UTC';
    const today = dateOf(wallClock(zone).dayAt(this.#parts.clock.now()));
    return nightStatus(this.#view(night), seasonOf(today), await this.#book.table(guildId, today, reader));
  }

  #view(night: Night): NightView {
    const { bank, clock } = this.#parts;
    const { topic } = night.settings;
    const runs = isKnownHere(night.zone)
      ? runsAfter(night, wallClock(night.zone), clock.now(), nightsShown)
      : [];
    return {
      night,
      topicTitle: topic && bank.titleOf(topic),
      starts: runs.map(({ atMs }) => atMs),
    };
  }
}
