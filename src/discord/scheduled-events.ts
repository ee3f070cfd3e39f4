import {
  type APIGuildScheduledEvent,
  DiscordAPIError,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';

/** By which an event is known again. */
export interface PlannedPlace {
  /** At most 100 characters. */
  readonly name: string;
  readonly startsAtMs: number;
  /** At most 100 characters, e.g. a channel's address. */
  readonly location: string;
}

/** Something that takes place in a text channel; Discord knows such a thing only as one outside of it. */
export interface PlannedEvent extends PlannedPlace {
  readonly description: string;
  readonly endsAtMs: number;
}

/** A server's list of events. Rejects with discord.js's errors; whether the bot may do it, the API tells. */
export interface ScheduledEvents {
  /** @returns the event's id */
  create(guildId: string, event: PlannedEvent): Promise<string>;
  /**
   * The bot's own event of that name, time and place, of which no answer may have come back; undefined where there
   * is none. Where several were made, because a lost answer was asked for again, the others are taken away.
   */
  adopt(guildId: string, event: PlannedPlace): Promise<string | undefined>;
  /** Taking away one that is gone does nothing. */
  remove(guildId: string, eventId: string): Promise<void>;
}

/** @param self the bot's own id, as soon as it is known */
export function restScheduledEvents(rest: REST, self: () => string | undefined): ScheduledEvents {
  const remove = async (guildId: string, eventId: string): Promise<void> => {
    try {
      await rest.delete(Routes.guildScheduledEvent(guildId, eventId));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  };
  return {
    remove,
    async create(guildId, event) {
      const { name, description, startsAtMs, endsAtMs, location } = event;
      const made = (await rest.post(Routes.guildScheduledEvents(guildId), {
        body: {
          name,
          description,
          privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
          entity_type: GuildScheduledEventEntityType.External,
          entity_metadata: { location },
          scheduled_start_time: new Date(startsAtMs).toISOString(),
          scheduled_end_time: new Date(endsAtMs).toISOString(),
        },
      })) as APIGuildScheduledEvent;
      return made.id;
    },
    async adopt(guildId, { name, startsAtMs, location }) {
      const all = (await rest.get(Routes.guildScheduledEvents(guildId))) as APIGuildScheduledEvent[];
      const [first, ...doubles] = all.filter(
        (one) =>
          one.creator_id === self() &&
          one.name === name &&
          Date.parse(one.scheduled_start_time) === startsAtMs &&
          one.entity_metadata?.location === location,
      );
      for (const { id } of doubles) await remove(guildId, id);
      return first?.id;
    },
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownGuildScheduledEvent;
