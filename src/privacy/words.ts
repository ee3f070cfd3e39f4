import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { codeSpan } from '../discord/text.js';
import { direct } from './records.js';

const longestName = 100;
/** Typed to confirm. */
export const confirmation = 'DELETE';
export const keepLabel = 'Keep my data';

export const directName = 'Direct messages with me';
export const unknownServer = (id: string): string => `Server ${id}`;

export const showTitle = (isEverywhere: boolean): string =>
  isEverywhere ? '### What is stored about you' : '### What is stored about you here';
export const nothingStored = 'Nothing is stored about you.';
export const oneMoment = 'I am still gathering what you asked for. One moment, please.';
export const notWhole =
  '-# Some of my servers could not be asked just now, so something may be missing. Please try again in some minutes.';
export const linesWords = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
export const placeWords = (name: string, lines: readonly string[]): string =>
  `**${name}**\n${linesWords(lines)}`;
export const morePlaces = (more: number): string =>
  `-# and ${count(more, 'more place')}: choose one below, or export all of it.`;
export const whatNext =
  '-# `/privacy export` gives you all of it as a file, `/privacy hide` takes you off the leaderboards, `/privacy delete` erases it. I never read messages. Messages that I have posted are Discord’s, and copies of the database that the operator keeps as backups are not changed by this.';
export const choosePlace = 'Only one place…';
export const everywhereOption = 'Everywhere';

export const exportTitle = '### Your data';
export const exportWords = (places: number): string =>
  `All that is stored about you in ${count(places, 'place')}, as JSON. Nothing of others is in it, and nothing that is secret until a reveal.`;

export const hiddenWords = {
  here: 'You are off the leaderboards of this server now, and quizzes, daily questions and cards name you no more in what they show everybody. Your points go on counting, and `/stats` shows them to you alone. `/privacy hide on:False` brings you back.',
  shown: 'You are on the leaderboards of this server again.',
  everywhere: (servers: number): string =>
    `You are off the leaderboards of ${count(servers, 'server')}, within a minute at the latest, and nothing there names you any more in what everybody sees. \`/privacy hide on:False\` brings you back. In servers that you come to later, ask again.`,
  shownEverywhere: (servers: number): string =>
    `You are on the leaderboards of ${count(servers, 'server')} again.`,
  nowhere: 'You have not used me in any server yet, so there is no leaderboard that you could be on.',
} as const;

export const formTitle = 'Erase what is stored about you';
export const formWords = (where: 'here' | 'direct' | 'everywhere'): string => {
  const what = {
    here: 'everything that is stored about you in this server',
    direct: 'what is stored about you in the place that you choose',
    everywhere: 'everything that is stored about you, in all servers and in direct messages',
  }[where];
  return `This erases ${what}: answers, points, ranks, streaks, your profile, your part in quizzes. It happens in 24 hours; until then you can call it off. After that nothing brings it back.`;
};
export const formLabel = `Type ${confirmation}`;
export const formPlaceLabel = 'Where';
export const notConfirmed = `Nothing is erased: the word was not ${confirmation}.`;

export const pendingTitle = '### To be erased';
export const pendingWords = (where: string, dueAtMs: number): string =>
  `${where} is erased ${timestamp(dueAtMs, 'F')} (${timestamp(dueAtMs)}). Until then **${keepLabel}** calls it off; \`/privacy show\` has that button too.`;
export const pendingWhere = (place: string | undefined, name: string | undefined): string => {
  if (place === undefined)
    return 'Everything that is stored about you, in all servers and in direct messages,';
  return `What is stored about you in ${name ?? 'this server'}`;
};
export const backupWords =
  '-# When it is done, I tell you in a direct message, if you take those from me. Backups of the database keep it until the operator replaces them. Messages that I have posted are Discord’s; ask the server’s moderators to remove those that name you.';
/** @param name of the server that is meant, where it is known */
export const erasedWords = (place: string | undefined, name: string | undefined): string => {
  const where =
    place === undefined
      ? 'about you, in all servers and here'
      : place === direct
        ? 'about you from direct messages'
        : `about you in ${name === undefined ? 'a server' : codeSpan(name, longestName)}`;
  return `As you wished, everything that was stored ${where} is erased. I keep no note of it. When you use me again, I begin anew.`;
};

export const keptWords = 'Called off. Your data stays as it is.';
export const nothingToKeep =
  'There is nothing to call off: it was called off before, or it is erased already.';
