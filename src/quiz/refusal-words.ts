import { nobody } from '../asking/nobody.js';

export const overWords = 'This quiz is over. `/quiz start` opens a new one.';
export const goneWords = 'This quiz is no longer stored. `/quiz start` opens a new one.';
export const nobodyMissedWords = 'Nobody missed anything in this quiz. `Play again` asks new questions.';
export const noQuizWords = 'There is no quiz in this channel. `/quiz start` opens one.';
export const noQuestionWords =
  'No question of the bank fits that level and topic. Try another topic or level.';
export const takenWords =
  'A quiz is already on in this channel. Join it there, or wait for its end; `/quiz status` tells how far it is.';
export const lobbyOpenWords = (channelId: string): string =>
  `You have a lobby open in <#${channelId}> already. Start or stop that quiz first.`;
export const tooManyWords = (most: number): string =>
  `${most} quizzes are on in this server already. Join one of them, or wait until one is over.`;
export const badSettingsWords =
  'A quiz has 1 to 30 rounds of 5 to 300 seconds and a lobby of at most 300 seconds.';
export const serverOnlyWords = 'A quiz needs a channel of a server.';
export const hostOnlyWords = (host: string, to: string): string =>
  host === nobody
    ? `Nobody hosts this quiz: a member with Manage Messages or Manage Server can ${to}.`
    : `Only the quiz's host, <@${host}>, or a member with Manage Messages can ${to}.`;
export const toDo = {
  start: 'start it now',
  stop: 'stop it',
  skip: 'skip a round',
  pace: 'set the pace',
} as const;

export const permissionWords = (missing: readonly string[]): string =>
  `I may not post a quiz in this channel. Ask an admin to give me: ${missing.join(', ')}.`;
