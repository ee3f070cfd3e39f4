import { clip } from '../discord/components.js';

export const needsZone =
  'In which time zone? Give `timezone` the first time, for example `Europe/Berlin`; it is remembered.';
export const failedWhere = (link: string, reason: string): string =>
  `Channel: ${link}\nReason: ${clip(reason, 300)}`;
export const zoneReason = (zone: string): string =>
  `The machine that runs this bot no longer knows the time zone ${zone}`;
/** What helps where nobody in the server can do anything. */
export const waitingRemedies = {
  ours: 'The fault is on our side; please tell the bot’s operator.',
  passing: 'This may pass by itself.',
} as const;

export const notATime = (words: string, meant: readonly string[]): string =>
  `${words} is not a time. ${
    meant.length > 0
      ? `Did you mean ${meant.map((time) => `\`${time}\``).join(' or ')}?`
      : 'Give hours and minutes of 24 hours, for example `09:05` or `18:30`.'
  }`;
export const notAZone = (words: string, meant: readonly string[]): string => {
  const hint =
    meant.length > 0
      ? `Did you mean ${meant.map((zone) => `\`${zone}\``).join(' or ')}?`
      : 'Choose one of the suggestions while typing your city, for example `Europe/Berlin`.';
  return `There is no time zone ${words}. ${hint}`;
};
export const notEveryone = 'I do not mention @everyone. Choose a role for those who want to be told.';
export const notThisRole = 'This server has no such role. Choose one of its own.';
export const roleOfABot = (id: string): string =>
  `<@&${id}> is the role of a bot. Choose a role that people have.`;
export const notThisChannel =
  'This server has no such channel. It may have been deleted; choose another one. Nothing was changed.';
export const noPostsIn = (id: string): string =>
  `I can post in text and announcement channels and in threads, not in <#${id}>. Choose one of those; nothing was changed.`;
export const unseen = (id: string): string =>
  `I cannot see <#${id}>. Give me View Channel there, or choose another channel.`;
export const lacksIn = (id: string, missing: readonly string[]): string =>
  `In <#${id}> I lack ${missing.map((name) => `**${name}**`).join(' and ')}. Give me that there, or choose another channel; nothing was changed.`;
