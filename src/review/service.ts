import type { Bank } from '../bank/bank.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Repliable } from '../discord/respond.js';
import { codeSpan } from '../discord/text.js';
import { directScope, isDirect } from '../people/scope.js';
import type { SessionStarter } from '../session/wanted.js';
import { whoseIs } from '../session/whose.js';
import { when } from '../session/words.js';
import { nextRuns } from '../time/calendar.js';
import type { Clock } from '../time/clock.js';
import { parseTime } from '../time/time-of-day.js';
import { meantZones, parseZone } from '../time/zones.js';
import type { ReviewActs } from './buttons.js';
import type { Decks } from './decks.js';
import type { DueCards } from './due.js';
import type { DeckReader } from './reader.js';
import { timingOf } from './remind/rules.js';
import type { Reminders } from './remind/service.js';
import { statusCard } from './status.js';
import { type SureAndWrong, sureAndWrong } from './sureness.js';
import * as words from './words.js';

export interface ReviewParts {
  readonly bank: Bank;
  readonly clock: Clock;
  readonly decks: Decks;
  readonly reader: DeckReader;
  readonly reminders: Reminders;
  readonly sessions: SessionStarter;
  /** Learns from what was answered in a scope before there were decks. */
  readonly catchUp: (scope: string) => Promise<void>;
  /** Whether this process serves a server. */
  readonly serves: (guildId: string) => boolean;
}

export const reviewCounts = { least: 1, most: 50, usual: 10 } as const;

/** What `/review` does. */
export class Reviews implements ReviewActs {
  readonly #parts: ReviewParts;

  constructor(parts: ReviewParts) {
    this.#parts = parts;
  }

  /**
   * Starts a session of what is due.
   * @param wanted.topic a topic's id, or a pack's
   * @throws {UserError} when nothing is
   */
  async start(
    interaction: Repliable,
    wanted: { readonly count: number; readonly topic?: string | undefined },
  ): Promise<void> {
    const { reader, sessions, bank } = this.#parts;
    const { scope, member } = await this.#learned(interaction);
    await reader.prune(scope, member);
    const due = await reader.due(scope, member);
    const { topic } = wanted;
    const ids = topic === undefined ? due.today : due.today.filter((id) => isOf(bank, id, topic));
    if (ids.length === 0) throw new UserError(nothingDue(due, scope, topic && bank.titleOf(topic)));
    await sessions.start(interaction, {
      kind: 'review',
      title: words.reviewTitle,
      pick: { ids },
      count: wanted.count,
    });
  }

  startDue(interaction: Repliable): Promise<void> {
    return this.start(interaction, { count: reviewCounts.most });
  }

  /** Asks one question of the member's deck, due or not. */
  async startOne(interaction: Repliable, question: string): Promise<void> {
    const { reader, sessions } = this.#parts;
    const { scope, member } = whoseIs(interaction);
    if (!(await reader.deck(scope, member)).has(question)) throw new UserError(words.cardGone);
    const pick = { ids: [question] };
    await sessions.start(interaction, { kind: 'review', title: words.oneTitle, pick, count: 1 });
  }

  async status(interaction: Repliable): Promise<Outgoing> {
    const { reader, reminders, bank } = this.#parts;
    const { scope, member } = await this.#learned(interaction);
    const [due, deck, view, sure, reminder] = await Promise.all([
      reader.due(scope, member),
      reader.deck(scope, member),
      reader.view(scope, member),
      this.sureAndWrong(scope, member),
      reminders.get(scope, member),
    ]);
    return statusCard({ due, deck, view, sureAndWrong: sure, reminder, isDirect: isDirect(scope), bank });
  }

  /** Topics in which a member was sure of answers that were wrong, most of them first. For their own eyes. */
  async sureAndWrong(scope: string, member: string): Promise<SureAndWrong[]> {
    return sureAndWrong(await this.#parts.decks.reviewer(scope, member));
  }

  /** @throws {UserError} for a time or zone that is none, or a zone that is needed */
  async remind(
    interaction: Repliable,
    { time, timezone }: { readonly time: string | null; readonly timezone: string | null },
  ): Promise<Outgoing> {
    const { reminders, clock } = this.#parts;
    const whom = whoseIs(interaction);
    const before = await reminders.get(whom.scope, whom.member);
    const minute = time === null ? before?.minute : readTime(time);
    const zone = timezone === null ? before?.zone : readZone(timezone, clock.now());
    if (minute === undefined || (time === null && timezone === null)) throw new UserError(words.needsTime);
    if (zone === undefined) throw new UserError(words.needsZone);
    const set = await reminders.set(whom, { minute, zone, channelId: interaction.channelId ?? '' });
    const [next] = nextRuns(timingOf(set), reminders.clock(zone), clock.now(), 1);
    return plain(words.reminderSet(minute, zone, next?.atMs));
  }

  async remindNoMore(interaction: Repliable): Promise<Outgoing> {
    const was = await this.#parts.reminders.off(whoseIs(interaction));
    return plain(was ? words.reminderOff : words.reminderWasOff);
  }

  async turnOff(scope: string, member: string): Promise<boolean | undefined> {
    const isHere = scope === directScope(member) || this.#parts.serves(scope);
    return isHere ? this.#parts.reminders.off({ scope, member }) : undefined;
  }

  /** Topics with something due today for what somebody has typed so far, with how much. */
  async suggestTopics(
    at: Parameters<typeof whoseIs>[0],
    typed: string,
  ): Promise<{ name: string; value: string }[]> {
    const { reader, bank } = this.#parts;
    const { scope, member } = whoseIs(at);
    const { today } = await reader.due(scope, member);
    const counts = new Map<string, number>();
    for (const id of today) {
      const topic = bank.get(id)?.topic;
      if (topic) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    const wanted = typed.trim().toLowerCase();
    return [...counts]
      .map(([value, due]) => ({ name: words.topicDue(bank.titleOf(value), due), value }))
      .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted));
  }

  /** Nobody lists direct messages: what was answered there before is learned from when it is asked for. */
  async #learned(interaction: Repliable) {
    const whose = whoseIs(interaction);
    if (isDirect(whose.scope)) await this.#parts.catchUp(whose.scope);
    return whose;
  }
}

const isOf = (bank: Bank, id: string, topic: string): boolean => {
  const question = bank.get(id);
  return question?.topic === topic || question?.pack === topic;
};

const longestShown = 40;

function readTime(given: string): number {
  const minute = parseTime(given);
  if (minute === undefined) throw new UserError(words.notAReminderTime(codeSpan(given, longestShown)));
  return minute;
}

function readZone(given: string, nowMs: number): string {
  const zone = parseZone(given);
  if (zone === undefined)
    throw new UserError(words.notAReminderZone(codeSpan(given, longestShown), meantZones(given, nowMs)));
  return zone;
}

function nothingDue(due: DueCards, scope: string, topicTitle: string | undefined): string {
  if (due.cards === 0) return isDirect(scope) ? words.emptyDeckDirect : words.emptyDeck;
  if (topicTitle !== undefined && due.today.length > 0) return words.noneDueOf(topicTitle);
  if (due.waiting > 0) return words.shareDone(due.waiting);
  const next = due.week.findIndex((cards, offset) => offset > 0 && cards > 0);
  return words.noneDue(next > 0 ? when(next) : undefined);
}
