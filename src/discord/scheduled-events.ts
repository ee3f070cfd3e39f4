import {
  type APIGuildScheduledEvent,
  DiscordAPIError,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';

/** Something that takes place in a text channel; Discord knows such a thing only as one outside of it. */
export interface PlannedEvent {
  /** At most 100 characters. */
  readonly name: string;
  readonly description: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** At most 100 characters, e.g. a channel's address. */
  readonly location: string;
}

/** A server's list of events. Rejects with discord.js's errors; whether the bot may do it, the API tells. */
export interface ScheduledEvents {
  /** @returns the event's id */
  create(guildId: string, event: PlannedEvent): Promise<string>;
  /** An event that was made of which no answer came back; undefined where there is none. */
  find(guildId: string, event: PlannedEvent): Promise<string | undefined>;
  /** Taking away one that is gone does nothing. */
  remove(guildId: string, eventId: string): Promise<void>;
}

export function restScheduledEvents(rest: REST): ScheduledEvents {
  return {
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
    async find(guildId, { name, startsAtMs, location }) {
      const all = (await rest.get(Routes.guildScheduledEvents(guildId))) as APIGuildScheduledEvent[];
      return all.find(
        (one) =>
          one.name === name &&
          Date.parse(one.scheduled_start_time) === startsAtMs &&
          one.entity_metadata?.location === location,
      )?.id;
    },
    async remove(guildId, eventId) {
      try {
        await rest.delete(Routes.guildScheduledEvent(guildId, eventId));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownGuildScheduledEvent;
