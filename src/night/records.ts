import { z } from 'zod';
import { snowflake } from '../discord/custom-id.js';
import { settingsSchema } from '../quiz/settings.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';

const date = z.iso.date();

/** The night that is announced or on: recorded before anything of it is shown. */
const currentSchema = z.object({
  /** Of its quiz, and in the custom ids of its announcement. Each announcement has its own. */
  id: snowflake,
  date,
  startsAtMs: z.number(),
  name: z.string(),
  channelId: z.string(),
  roleId: z.string().optional(),
  /** The quiz as it is announced; absent in what older versions announced. */
  settings: settingsSchema.optional(),
  /** When sending its announcement began; before that, when it was planned. */
  atMs: z.number(),
  /**
   * `wanted`: not sent yet; `intent`: about to be sent, or sent without the answer having come back; `refused`: Discord has not taken it;
   * `made`: it stands in the channel, or counts as standing there.
   */
  announced: z.enum(['wanted', 'intent', 'refused', 'made']),
  messageId: z.string().optional(),
  /** The event in Discord's list; `none` where the bot may make none. `asked`: it may be there. */
  event: z.enum(['wanted', 'asked', 'made', 'none']),
  eventId: z.string().optional(),
  /** Set in the change that opens its quiz. */
  opened: z.boolean(),
  /** Why its lobby could not be opened so far. */
  hindrance: z.string().optional(),
});
export type CurrentNight = z.infer<typeof currentSchema>;

/** What a post after a night tells. */
const summarySchema = z.object({
  kind: z.enum(['season', 'nobody', 'missed']),
  id: z.string(),
  date,
  channelId: z.string(),
  /** When sending it began. */
  sentFromMs: z.number().optional(),
  /** Of `missed`. */
  reason: z.string().optional(),
});
export type NightSummary = z.infer<typeof summarySchema>;

/** An announcement that says no longer what is so. */
const outdatedSchema = z.object({
  why: z.enum(['opened', 'moved', 'off']),
  name: z.string(),
  channelId: z.string(),
  messageId: z.string().optional(),
  /** The event that is to be taken away. */
  eventId: z.string().optional(),
  /** When it was to begin: set where an event may be there whose id never came. */
  startsAtMs: z.number().optional(),
});
export type Outdated = z.infer<typeof outdatedSchema>;

const nightSchema = z.object({
  /** Off keeps the rest, the season above all. */
  on: z.boolean(),
  name: z.string(),
  zone: z.string().regex(/^[A-Za-z][\w+/-]{0,63}$/),
  minute: z.int().min(0).max(1439),
  /** One weekday, as its bit. */
  days: z.int().min(1).max(127),
  armedAtMs: z.number(),
  channelId: z.string(),
  roleId: z.string().optional(),
  settings: settingsSchema,
  /** The manager who set it, to whom failures are reported; `nobody` when they had their data removed. */
  setBy: z.string(),
  /** The newest night that is done: no night of this date or an older one happens again. */
  lastDate: date.optional(),
  /** Seasons of which there are results, oldest first. */
  seasons: z.array(z.string()),
  current: currentSchema.optional(),
  toShow: summarySchema.optional(),
  toMend: z.array(outdatedSchema),
  /** Set when a failure was reported, until something worked: one report for a streak of failures. */
  reported: z.object({ date, reason: z.string() }).optional(),
  toTell: z.object({ reason: z.string(), remedy: z.string() }).optional(),
});
/** The weekly night of a server, by its id. Never changed in place. */
export type Night = z.infer<typeof nightSchema>;
export const nightRecord = recordType<Night>('night', nightSchema);

const remindersSchema = z.object({
  /** Who wants a message when the next lobby opens, in the order of their presses. */
  members: z.array(z.string()),
  /** Those to whom one is on its way, since then. */
  sending: z.object({ members: z.array(z.string()), atMs: z.number() }).optional(),
});
export type NightReminders = z.infer<typeof remindersSchema>;
/** By server. */
export const remindersRecord = recordType<NightReminders>('night-reminders', remindersSchema);

const resultSchema = z.object({ date, member: z.string(), points: z.int().nonnegative() });
/** What somebody who answered in a night made of it. */
export type NightResult = z.infer<typeof resultSchema>;
/** The results of a season, by {@link seasonId}. */
export const resultsLog = logType('night-results', resultSchema);

export const seasonId = (guildId: string, season: string): string => `${guildId}:${season}`;
