import type { Logger } from 'pino';
import { editFailure, isUnreachable } from '../discord/api-errors.js';
import { placeLink } from '../discord/components.js';
import type { Messenger } from '../discord/outgoing.js';
import type { ScheduledEvents } from '../discord/scheduled-events.js';
import type { SentMessages } from '../discord/sent.js';
import type { WallClock } from '../time/calendar.js';
import type { Clock } from '../time/clock.js';
import type { NightBook } from './book.js';
import { nextId, nightSummaryCard, outdatedCard } from './cards.js';
import { nextNight } from './plan.js';
import type { Night, NightSummary, Outdated } from './records.js';
import { mended, summarised } from './rules.js';

export interface NightClosingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly book: NightBook;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
  readonly events: ScheduledEvents;
}

/** What is told of nights that are over, and of announcements that say no longer what is so. */
export class NightClosing {
  readonly #parts: NightClosingParts;

  constructor(parts: NightClosingParts) {
    this.#parts = parts;
  }

  /** Posts how a night went, once. Rejects with Discord's errors, unless nobody can be told. */
  async summarise(guildId: string, night: Night, summary: NightSummary, wall: WallClock): Promise<void> {
    const { book, messenger, sent, clock, log } = this.#parts;
    const { id, channelId, date, sentFromMs } = summary;
    const done = () => book.step(guildId, (one) => summarised(one, id));
    if (sentFromMs === undefined)
      await book.step(guildId, (one) =>
        one.toShow?.id === id ? { ...one, toShow: { ...one.toShow, sentFromMs: clock.now() } } : one,
      );
    else if (typeof (await sent.find(channelId, nextId(id), sentFromMs)) === 'object')
      return void (await done());
    const table = await book.table(guildId, date);
    const nextMs = nextNight(night, wall, clock.now())?.atMs;
    try {
      await messenger.send(channelId, nightSummaryCard(summary, { name: night.name, table, nextMs }));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      log.warn(
        { err: error, guildId },
        'How a quiz night went could not be posted: its channel cannot be used',
      );
    }
    await done();
  }

  /** Mends an announcement. Rejects where trying again later makes sense. */
  async mend(guildId: string, outdated: Outdated): Promise<void> {
    const { book, messenger, events, log } = this.#parts;
    const { channelId, messageId } = outdated;
    try {
      const eventId = await this.#eventOf(guildId, outdated);
      if (eventId !== undefined) await events.remove(guildId, eventId);
      if (messageId !== undefined) await messenger.edit(channelId, messageId, outdatedCard(outdated));
    } catch (error) {
      if (editFailure(error) === 'passing') throw error;
      log.info({ err: error, guildId }, 'An announcement of a quiz night stays as it is');
    }
    await book.step(guildId, (one) => mended(one, outdated));
  }

  async #eventOf(
    guildId: string,
    { eventId, startsAtMs, name, channelId }: Outdated,
  ): Promise<string | undefined> {
    if (eventId !== undefined || startsAtMs === undefined) return eventId;
    const location = placeLink(guildId, channelId);
    return this.#parts.events.adopt(guildId, { name, startsAtMs, location });
  }
}
