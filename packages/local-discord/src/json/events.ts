export interface RecurrenceJson {
  start: string;
  /** 0 yearly, 1 monthly, 2 weekly, 3 daily. */
  frequency: number;
  interval?: number | null;
  by_weekday?: number[] | null;
  [field: string]: unknown;
}

/** What a bot sends to make or change a scheduled event. */
export interface ScheduledEventBody {
  name?: string;
  description?: string | null;
  scheduled_start_time?: string;
  scheduled_end_time?: string | null;
  privacy_level?: number;
  /** 1 stage, 2 voice, 3 external. */
  entity_type?: number;
  channel_id?: string | null;
  entity_metadata?: { location?: string | null } | null;
  recurrence_rule?: RecurrenceJson | null;
  /** 1 scheduled, 2 active, 3 completed, 4 cancelled. */
  status?: number;
}

export interface ScheduledEventJson extends ScheduledEventBody {
  id: string;
  guild_id: string;
  creator_id: string;
  entity_id?: string | null;
  image?: string | null;
  name: string;
  scheduled_start_time: string;
  entity_type: number;
  status: number;
}
