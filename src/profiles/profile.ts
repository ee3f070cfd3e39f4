import { z } from 'zod';
import { type Level, levels } from '../bank/question.js';
import { dateOf, dayOf, mondayOf } from '../time/days.js';
import { dayMs } from '../time/spans.js';

const count = z.int().nonnegative();
const date = z.iso.date();

/** Right and all answers that were scored, then right and all answers in practice. */
const tallySchema = z.tuple([count, count, count, count]);

export const profileSchema = z.object({
  /** By topic, then by level; what was never asked is absent. */
  topics: z.record(z.string(), z.partialRecord(z.enum(levels), tallySchema)),
  /** Daily questions answered without missing one; `lastDate` is the post that was answered last. */
  daily: z.object({ current: count, best: count, lastDate: date.optional() }),
  /** Local days with at least one answer of any sort. */
  days: z.object({ current: count, best: count, total: count, last: date.optional() }),
  /** By question: when it earned points last. What is older than {@link earnAgainMs} is dropped. */
  earned: z.record(z.string(), z.int()).optional(),
  firstAt: z.number().optional(),
  lastAt: z.number().optional(),
  /** Readiness (0 to 100) at the end of each week with an answer, by its Monday; the week under way is not in it. */
  weeks: z.array(z.tuple([date, z.number()])).optional(),
});

/** What is known of one member in one server, or in their direct messages with the bot. Never changed in place. */
export type Profile = z.infer<typeof profileSchema>;

/** Dates are the server's local days, `YYYY-MM-DD`. */
export interface ProfileUpdate {
  readonly member: string;
  readonly topic: string;
  readonly level: Level;
  readonly right: boolean;
  /** Set for an answer that earned points: the question, which earns none for a while. */
  readonly earned?: string;
  /** True for an answer that earns no points. */
  readonly practice?: boolean;
  readonly at: number;
  /** The local day of the answer. */
  readonly day: string;
  /** For a daily question: its own date and that of the post before it, if there was one. */
  readonly daily?: { readonly date: string; readonly previous: string | undefined };
}

export const newProfile: Profile = {
  topics: {},
  daily: { current: 0, best: 0 },
  days: { current: 0, best: 0, total: 0 },
};

/** The profile after an answer. */
export function answered(profile: Profile, update: ProfileUpdate): Profile {
  return {
    topics: counted(profile.topics, update),
    daily: update.daily ? afterDaily(profile.daily, update.daily) : profile.daily,
    days: afterDay(profile.days, update.day),
    ...(update.earned !== undefined && { earned: afterEarning(profile, update.earned, update.at) }),
    ...(update.earned === undefined && profile.earned && { earned: profile.earned }),
    ...(profile.weeks && { weeks: profile.weeks }),
    firstAt: Math.min(profile.firstAt ?? update.at, update.at),
    lastAt: Math.max(profile.lastAt ?? update.at, update.at),
  };
}

/**
 * The member's daily streak once they have answered a post, right or wrong: one longer when they answered the
 * post before it, whenever that was made, so an outage of the bot or a day without a post breaks nobody's.
 */
export function streakWith(
  { current, lastDate }: Profile['daily'],
  post: NonNullable<ProfileUpdate['daily']>,
): number {
  if (lastDate === post.date) return current;
  return lastDate !== undefined && lastDate === post.previous ? current + 1 : 1;
}

/**
 * The daily streak as it stands: alive while the open post, or the one before it, has been answered.
 * @param open the open post; undefined where there is none, and nothing can be missed
 */
export function dailyInARow(
  { current, lastDate }: Profile['daily'],
  open: { readonly date: string; readonly previous?: string | undefined } | undefined,
): number {
  if (lastDate === undefined || !open) return current;
  return lastDate === open.date || lastDate === open.previous ? current : 0;
}

/** Days in a row with an answer, up to today or yesterday. */
export function daysInARow({ current, last }: Profile['days'], today: string): number {
  return last !== undefined && (last >= today || dayOf(last) + 1 === dayOf(today)) ? current : 0;
}

/** Older weeks are dropped: half a year. */
const weeksKept = 26;

/**
 * The profile before the first answer of a new week, with how ready its member was when the last one ended. Made
 * when answers come, which read and write the profile anyway: so a week costs a few bytes, and no read or write of
 * its own. Weeks without an answer change nothing, and are not noted.
 * @param day the local day of the answer that is about to be taken
 * @param percent how ready a member with that profile is, 0 to 100
 */
export function withWeek(profile: Profile, day: string, percent: (profile: Profile) => number): Profile {
  const { last } = profile.days;
  if (last === undefined || weekOf(day) <= weekOf(last)) return profile;
  const week: [string, number] = [weekOf(last), percent(profile)];
  return { ...profile, weeks: [...(profile.weeks ?? []), week].slice(-weeksKept) };
}

/** The Monday of a date's week, both `YYYY-MM-DD`. */
const weekOf = (date: string): string => dateOf(mondayOf(dayOf(date)));

/** For so long, a question that earned a member points earns them none again. */
export const earnAgainMs = 7 * dayMs;

/** Whether a right answer to the question, given at that time, may earn points. */
export function mayEarn({ earned = {} }: Profile, questionId: string, atMs: number): boolean {
  const earnedAt = Object.hasOwn(earned, questionId) ? earned[questionId] : undefined;
  return atMs - (earnedAt ?? Number.NEGATIVE_INFINITY) >= earnAgainMs;
}

function afterEarning({ earned = {} }: Profile, questionId: string, atMs: number): Profile['earned'] {
  const recent = Object.entries(earned).filter(([, earnedAt]) => atMs - earnedAt < earnAgainMs);
  return { ...Object.fromEntries(recent), [questionId]: atMs };
}

function counted(topics: Profile['topics'], update: ProfileUpdate): Profile['topics'] {
  const { topic, level, right, practice } = update;
  const ofTopic = topics[topic] ?? {};
  const [scoredRight, scored, practiceRight, practised] = ofTopic[level] ?? [0, 0, 0, 0];
  const gain = right ? 1 : 0;
  const tally: z.infer<typeof tallySchema> = practice
    ? [scoredRight, scored, practiceRight + gain, practised + 1]
    : [scoredRight + gain, scored + 1, practiceRight, practised];
  return { ...topics, [topic]: { ...ofTopic, [level]: tally } };
}

function afterDaily(daily: Profile['daily'], post: NonNullable<ProfileUpdate['daily']>): Profile['daily'] {
  const current = streakWith(daily, post);
  return { current, best: Math.max(daily.best, current), lastDate: post.date };
}

/** An answer of a day before the last one (recorded late) adds no day: which days there were is not kept. */
function afterDay(days: Profile['days'], day: string): Profile['days'] {
  if (days.last !== undefined && day <= days.last) return days;
  const current = days.last !== undefined && dayOf(days.last) + 1 === dayOf(day) ? days.current + 1 : 1;
  return { current, best: Math.max(days.best, current), total: days.total + 1, last: day };
}
