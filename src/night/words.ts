import { clip, placeLink, timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { placeMark, pointsRow, tied } from '../discord/rows.js';
import { codeSpan } from '../discord/text.js';
import type { QuizSettings } from '../quiz/settings.js';
import { waitingRemedies } from '../schedule/words.js';

const longestName = 50;
/** What a night is called that was given no name. */
export const usualNightName = 'Quiz night';
const named = (name: string): string => codeSpan(name, longestName);
const titled = (name: string): string => (name === usualNightName ? name : named(name));
const mention = (member: string): string => `<@${member}>`;

// --- Setting it ---

export const needsServer = 'A quiz night belongs to a server: set it there.';
export const needsManager = 'This needs the permission **Manage Server**. `/night status` is for everybody.';
export const notAWeekday = (typed: string): string =>
  `${typed} is no day of the week. Give one, for example \`friday\`.`;
export const blankName = 'That name cannot be seen. Give it at least one letter, or leave it out.';
export const neverSet =
  'There is no quiz night in this server yet. Somebody with Manage Server starts it with `/night set`.';
export const wasOff = 'The quiz night was off already. `/night set` starts it again.';
export const turnedOff =
  'The quiz night is off. The season and all settings are kept; `/night set` starts it again.';
export const isOff = 'It is **off**. `/night set` starts it again.';
export const setTitle = (name: string): string => `### ${titled(name)} is set`;
export const statusTitle = (name: string): string => `### ${titled(name)}`;
export const whenAndWhere = (night: {
  readonly day: string;
  readonly time: string;
  readonly zone: string;
  readonly channelId: string;
  readonly roleId?: string | undefined;
}): string =>
  `Every **${night.day}** at **${night.time}** ${night.zone} time, in <#${night.channelId}>${night.roleId ? `, mentioning <@&${night.roleId}>` : ''}.`;
export const quizLine = (
  { rounds, seconds, level, kinds, scoring, mode, teams }: QuizSettings,
  topicTitle: string | undefined,
): string =>
  [
    `${count(rounds, 'round')} of ${seconds} s`,
    level ?? 'all levels',
    topicTitle ?? 'all topics',
    ...(mode === 'discuss' ? ['two votes a round'] : []),
    ...(teams ? [`${teams} teams`] : []),
    ...(kinds === 'all' ? ['all kinds'] : []),
    ...(scoring === 'accuracy' ? ['no points for speed'] : []),
  ].join(' · ');
export const nextNights = (starts: readonly number[]): string =>
  `The next ones:\n${starts.map((atMs) => `- ${timestamp(atMs, 'F')} (${timestamp(atMs, 'R')})`).join('\n')}`;
export const howItGoes = (lobbySeconds: number): string =>
  `-# Announced the day before; the lobby opens ${lobbySeconds % 60 === 0 ? count(lobbySeconds / 60, 'minute') : count(lobbySeconds, 'second')} before it starts. \`/night set\` again changes only what you give; \`/night off\` stops it and keeps the season.`;
export const zoneUnknownHere = (zone: string): string =>
  `⚠️ The machine that runs this bot no longer knows the time zone \`${zone}\`, so nothing takes place. Choose another with \`/night set timezone:\`; the rest is kept.`;
export const lastFailed = (reason: string): string => `The last try failed: ${clip(reason, 300)}.`;

// --- The announcement ---

export const announceTitle = (name: string): string => `### ${titled(name)}`;
export const announceLine = (startsAtMs: number): string =>
  `A quiz for everybody, ${timestamp(startsAtMs, 'F')} (${timestamp(startsAtMs, 'R')}), in this channel.`;
export const eventLine = (guildId: string, eventId: string): string =>
  `[In this server’s events](https://discord.com/events/${guildId}/${eventId})`;
export const remindHint = '-# `Remind me` sends you a direct message when the lobby opens.';
export const outdated = {
  opened: (name: string): string => `### ${titled(name)}\nThe lobby was opened in this channel.`,
  moved: (name: string): string =>
    `### ${titled(name)}\nThis night was changed. \`/night status\` tells when it is now.`,
  off: (name: string): string => `### ${titled(name)}\nThis night was called off.`,
} as const;
export const eventDescription = (quiz: string): string =>
  `A quiz for everybody in the channel: ${quiz}. The lobby opens a few minutes before; press Join there.`;

// --- Reminders ---

export const remindWords = {
  done: (startsAtMs: number): string =>
    `I send you a direct message when the lobby opens, shortly before ${timestamp(startsAtMs, 't')}. Your direct messages must be open for this server.`,
  already: (startsAtMs: number): string =>
    `You are on the list already: I send you a direct message when the lobby opens, shortly before ${timestamp(startsAtMs, 't')}.`,
  opened: 'The lobby is open already: press **Join** there.',
  gone: 'This night is over or was changed. `/night status` tells when the next one is.',
  full: 'So many want a reminder that I take no more. The event in this server’s list reminds you too, where there is one.',
} as const;
export const reminder = (name: string, startsAtMs: number, guildId: string, channelId: string): string =>
  `The lobby of ${named(name)} is open: it starts ${timestamp(startsAtMs)}. Join at ${placeLink(guildId, channelId)}\n-# You get this once, because you pressed Remind me.`;

// --- Afterwards ---

export const nobodyCame = (name: string): string =>
  `### ${titled(name)}\nNobody came this time, so there was no quiz.`;
export const missed = (name: string, reason: string): string =>
  `### ${titled(name)}\nThis night did not take place: ${clip(reason, 300)}.`;
export const wasAway = 'the bot was not running at its time';
export const nextOne = (startsAtMs: number): string =>
  `The next one is ${timestamp(startsAtMs, 'F')} (${timestamp(startsAtMs, 'R')}).`;
/** E.g. `Season 2026 Q1`. */
const seasonTitle = (season: string): string => `Season ${season.replace('-', ' ')}`;
export const seasonLine = (season: string, nights: number): string =>
  `### ${seasonTitle(season)}: ${count(nights, 'night')} so far`;
export const seasonRow = (place: number, member: string, points: number, nights: number): string =>
  pointsRow({ mark: placeMark(place), who: mention(member), points, small: [tied(count(nights, 'night'))] });
export const seasonNote = (counted: number): string =>
  `-# Everybody’s best ${counted === 1 ? 'night counts' : `${counted} nights count`}: the two worst ones are dropped, missed ones first. A round counts when two or more answered it.`;
export const moreRows = (more: number): string => `-# and ${more} more`;
export const noSeason = 'No night has been played in this season yet.';

// --- Failures, to the manager who set it ---

export const failedTitle = (name: string): string => `### ${titled(name)} could not take place as planned`;
export const failedNext = (remedy: string): string => `${remedy}\nIt is kept, and tried again the next time.`;
export const toldOnce = '-# You get this once, because you set it; not again until a night has worked.';
export const remedies = {
  channel: 'Let me see the channel and send messages in it, or choose another one with `/night set`.',
  question: 'Choose another level or topic with `/night set`.',
  zone: 'Choose another time zone with `/night set timezone:`.',
  autoMod: 'Let AutoMod pass my messages (Server Settings → AutoMod → the rule → exempt roles).',
  ...waitingRemedies,
} as const;
