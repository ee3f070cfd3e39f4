import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { answerSchema, gradedKinds, levels } from '../bank/question.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';

const date = z.iso.date();

/** Kinds that grade themselves: a daily question tells right from wrong at once. */
export const dailyKinds = gradedKinds;

const scheduleSchema = z.object({
  /** Off keeps the rest: the zone of the server, and which days are done. */
  on: z.boolean(),
  /** IANA name. Whether the runtime has its clock is no property of the record: another release may not. */
  zone: z.string().regex(/^[A-Za-z][\w+/-]{0,63}$/),
  minute: z.int().min(0).max(1439),
  days: z.int().min(1).max(127),
  armedAtMs: z.number(),
  channelId: z.string(),
  level: z.enum(levels).optional(),
  topic: z.string().optional(),
  roleId: z.string().optional(),
  /** The admin who set it, to whom failures are reported; `nobody` when they had their data removed. */
  setBy: z.string(),
  /** How many posts were made. */
  posts: z.int().nonnegative(),
  /** The newest day that is done: no run of this day or an older one happens again. */
  lastDate: date.optional(),
  /** The newest post that was made; it takes answers until the next one. */
  openDate: date.optional(),
  /** A post under way: recorded before it is sent. */
  posting: z
    .object({
      date,
      /** False once Discord has refused it; until then the message may be there. */
      maybeSent: z.boolean(),
      atMs: z.number(),
      /** Discord's words for the last refusal. */
      reason: z.string().optional(),
      /** Questions that AutoMod has refused. */
      barred: z.array(z.string()).optional(),
    })
    .optional(),
  /** Closed posts whose cards are still to be edited. */
  toReveal: z.array(date).default([]),
  /** Set when a failure was reported, until a post succeeds: one report for a streak of failures. */
  reported: z.object({ date, reason: z.string() }).optional(),
  /** A failure that the admin is still to be told of. */
  toTell: z.object({ reason: z.string(), remedy: z.string(), retryAtMs: z.number().optional() }).optional(),
});

/** The schedule of a server, by its id. Never changed in place. */
export type Schedule = z.infer<typeof scheduleSchema>;
export const scheduleRecord = recordType<Schedule>('daily', scheduleSchema);

const weekSchema = z.object({
  /** With the most points; several where they share the place. */
  winners: z.array(z.string()),
  points: z.int(),
  hardest: z.object({ question: z.string(), right: z.int(), answered: z.int() }).optional(),
  /** `gain`: percentage points of right answers above those of the time before. */
  improved: z.object({ member: z.string(), gain: z.int() }).optional(),
});
/** How a week went, as it was known when its last post was made. */
export type Week = z.infer<typeof weekSchema>;

/** The same week, naming nobody of these. */
export function weekWithout({ winners, improved, ...rest }: Week, unnamed: ReadonlySet<string>): Week {
  const others = winners.filter((one) => !unnamed.has(one));
  return { ...rest, winners: others, ...(improved && !unnamed.has(improved.member) && { improved }) };
}

const postSchema = z.object({
  date,
  /** From 1, in the order of posting. */
  number: z.int().positive(),
  asked: askedSchema,
  channelId: z.string(),
  roleId: z.string().optional(),
  /** `intent`: about to be sent, or sent without the answer having come back. */
  state: z.enum(['intent', 'open', 'closed']),
  /** Absent while it is not known. */
  messageId: z.string().optional(),
  openedAtMs: z.number().optional(),
  closedAtMs: z.number().optional(),
  /** Date of the post before, on which a streak builds. */
  previous: date.optional(),
  /** On the last post of a week. */
  week: weekSchema.optional(),
  /**
   * As what its answers are booked when it closes, so that boards tell nobody before who was right. Absent on posts
   * of the first version, whose answers were booked as they came.
   */
  counts: z.object({ topic: z.string(), level: z.enum(levels) }).optional(),
});

/** One daily question, by {@link postId}. Never changed in place. */
export type Post = z.infer<typeof postSchema>;
export const postRecord = recordType<Post>('daily-post', postSchema, 2, { 1: (data) => data });

export const dailyGivenSchema = z.object({
  member: z.string(),
  answer: answerSchema,
  right: z.boolean(),
  points: z.int().nonnegative(),
  /** True for a right answer to a question that had earned the member points a short while ago: it earns none. */
  repeated: z.boolean().optional(),
  /** True where the member had answered none of the days before. */
  newcomer: z.literal(true).optional(),
  /** Posts in a row that the member has answered, this one included. */
  streak: z.int().positive(),
  /** When Discord took the answer. */
  at: z.number(),
});

/** One member's answer to a post. */
export type DailyAnswer = z.infer<typeof dailyGivenSchema>;
export const dailyAnswersLog = logType<DailyAnswer>('daily-answers', dailyGivenSchema);

/** The dates of all posts of a server, by its id, so that they can be found and removed. */
export const postsLog = logType('daily-posts', date);

/** Whether answers to a post are still to be booked. */
export const holdsPoints = ({ counts, state }: Post): boolean => counts !== undefined && state !== 'closed';

/** Names a post in records and custom ids. */
export const postId = (guildId: string, postDate: string): string => `${guildId}-${postDate}`;

export function parsePostId(id: string): { guildId: string; date: string } | undefined {
  const match = /^(\d+)-(\d{4}-\d{2}-\d{2})$/.exec(id);
  const [, guildId, postDate] = match ?? [];
  return guildId && postDate ? { guildId, date: postDate } : undefined;
}

/** At most 25 characters, the same for every try at one post. */
export const postNonce = (guildId: string, postDate: string): string =>
  `${BigInt(guildId).toString(36)}-${postDate.replaceAll('-', '')}`;
