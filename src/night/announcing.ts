import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import type { Bank } from '../bank/bank.js';
import { isPassing, isSendRefused } from '../discord/api-errors.js';
import { placeLink } from '../discord/components.js';
import { type Messenger, nonceHoldsMs } from '../discord/outgoing.js';
import type { PlannedEvent, ScheduledEvents } from '../discord/scheduled-events.js';
import type { SentMessages, Whereabouts } from '../discord/sent.js';
import type { Clock } from '../time/clock.js';
import { minuteMs, secondMs } from '../time/spans.js';
import type { NightBook } from './book.js';
import { announcementCard, remindId } from './cards.js';
import type { CurrentNight, Night } from './records.js';
import { announced, withCurrent } from './rules.js';
import { eventDescription, quizLine } from './words.js';

export interface AnnouncingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly book: NightBook;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
  readonly events: ScheduledEvents;
  /** Whether a server has (still) a role. */
  readonly roleExists: (guildId: string, roleId: string) => boolean;
}

/** What a round takes beside its time: reading the answer and the standings. */
const betweenRoundsMs = 15_000;
const quarterMs = 15 * minuteMs;

/**
 * Announces nights: first an event in the server's list, where the bot may make one, then the post that links to it.
 * Both are looked for before they are made once more, so that there are never two for one night.
 */
export class Announcing {
  readonly #parts: AnnouncingParts;

  constructor(parts: AnnouncingParts) {
    this.#parts = parts;
  }

  /** Rejects with Discord's errors when the post could not be made, and when an event may be made later. */
  async announce(guildId: string, night: Night, current: CurrentNight): Promise<void> {
    const { book } = this.#parts;
    if (current.event === 'wanted' || current.event === 'asked') await this.#event(guildId, night, current);
    const after = (await book.nights.get(guildId))?.current;
    if (after?.id === current.id && after.announced !== 'made') await this.#post(guildId, night, after);
  }

  async #event(guildId: string, night: Night, current: CurrentNight): Promise<void> {
    const { book, events, log } = this.#parts;
    const { id } = current;
    const planned = plannedEvent(guildId, night, current, this.#quiz(night));
    const note = (change: Partial<CurrentNight>) => book.step(guildId, (one) => withCurrent(one, id, change));
    try {
      const earlier = current.event === 'asked' ? await events.adopt(guildId, planned) : undefined;
      if (earlier === undefined) await note({ event: 'asked' });
      const eventId = earlier ?? (await this.#makeOne(guildId, planned));
      await note({ event: 'made', eventId });
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || isPassing(error)) throw error;
      log.info({ err: error, guildId }, 'A quiz night gets no event; its post announces it');
      await note({ event: 'none' });
    }
  }

  /** An answer that got lost is asked for again by the client itself, and then there are two. */
  async #makeOne(guildId: string, planned: PlannedEvent): Promise<string> {
    const { events } = this.#parts;
    const made = await events.create(guildId, planned);
    return (await events.adopt(guildId, planned)) ?? made;
  }

  async #post(guildId: string, night: Night, current: CurrentNight): Promise<void> {
    const { book, messenger, sent, log, roleExists, clock } = this.#parts;
    const { id, channelId, roleId, atMs } = current;
    const mayBeThere = current.announced === 'intent';
    const where: Whereabouts = mayBeThere ? await sent.find(channelId, remindId(id), atMs) : 'absent';
    const made = (messageId?: string) => book.step(guildId, (one) => announced(one, id, messageId));
    if (typeof where === 'object') return void (await made(where.messageId));
    if (where === 'unknown' && clock.now() - atMs > nonceHoldsMs) {
      log.warn({ guildId }, 'Whether a quiz night was announced cannot be known: it counts as announced');
      return void (await made());
    }
    const { roleId: _, ...roleless } = current;
    const shown = roleId !== undefined && roleExists(guildId, roleId) ? current : roleless;
    if (!mayBeThere)
      await book.step(guildId, (one) => withCurrent(one, id, { announced: 'intent', atMs: clock.now() }));
    try {
      const card = announcementCard(guildId, shown, this.#quiz(night));
      await made(await messenger.send(channelId, card));
    } catch (error) {
      if (isSendRefused(error))
        await book.step(guildId, (one) => withCurrent(one, id, { announced: 'refused' }));
      throw error;
    }
  }

  #quiz({ settings }: Night): string {
    const { topic } = settings;
    return quizLine(settings, topic && this.#parts.bank.titleOf(topic));
  }
}

function plannedEvent(
  guildId: string,
  { settings }: Night,
  current: CurrentNight,
  quiz: string,
): PlannedEvent {
  const { name, startsAtMs, channelId } = current;
  const longMs = settings.rounds * (settings.seconds * secondMs + betweenRoundsMs);
  return {
    name,
    description: eventDescription(quiz),
    startsAtMs,
    endsAtMs: startsAtMs + Math.max(2, Math.ceil(longMs / quarterMs)) * quarterMs,
    location: placeLink(guildId, channelId),
  };
}
