import { nobody } from '../asking/nobody.js';
import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import type { InterviewEnding, InterviewNote, RoleWish } from './session.js';
import type { Format } from './settings.js';

export const mention = (member: string): string => (member === nobody ? 'somebody' : `<@${member}>`);
export const mentions = (members: readonly string[]): string => members.map(mention).join(', ');

export const serverOnly = 'Interviews belong to a server: use this in one of its channels.';
export const badSettings =
  'A panel takes 3 to 30 minutes a question, a written interview up to 2,880 (two days).';
export const noQuestion =
  'The bank has no open question with an interviewer’s sheet for that. Leave out `level` or `topic`.';
export const takenHere =
  'An interview is already on here. `/interview status` shows it, `/interview stop` ends it.';
export const ownLobby = (channelId: string): string =>
  `Your interview in <#${channelId}> has not started yet. Start it or leave it first.`;
export const tooManyRunning = (most: number): string =>
  `${count(most, 'interview')} are on in this server. Wait for one to end.`;
export const gone =
  'This interview is not stored: it was removed, or called off because Discord did not confirm its card. `/interview start` opens another.';
export const noneHere = 'No interview is on in this channel.';
export const isOver = 'This interview is over.';
export const tooLate = 'Too late: the interview has moved on.';
export const tooEarly = 'Not yet: the question has to be asked first.';
export const lostQuestion = 'The question was changed in the bank meanwhile, so it cannot be shown any more.';
export const interviewerOnly = (who: string): string => `That is for the interviewer ${mention(who)} alone.`;
export const notShown = 'Not yet: it is shown when all have handed in, or the time for it is over.';
export const notIn = 'You are not in this interview. Press **Join** first.';
export const hostOnly = (hostId: string, to: string): string =>
  `Only the host ${mention(hostId)} or somebody with Manage Messages can ${to}.`;
export const missingPermissions = (names: readonly string[]): string =>
  `I cannot hold an interview here: I need ${names.join(', ')} in this channel.`;
export const toDo = { start: 'start it now', stop: 'stop it', end: 'end the time' } as const;

export const formatNames: Readonly<Record<Format, string>> = {
  panel: 'panel',
  written: 'written',
};
export const formatLines: Readonly<Record<Format, string>> = {
  panel:
    'One is the candidate, one interviews by a sheet, the others observe. Roles turn with every question; feedback is shown when all have handed in.',
  written:
    'Everybody answers the same question without seeing the others’ answers, then rates their own and two others’ by key points.',
};
export const lobbyTitle = '### Mock interview';
export const runningTitle = '### Mock interview under way';
export const overTitle = '### Mock interview · over';
export const hostLine = (hostId: string): string => `Host ${mention(hostId)}`;
export const allLevels = 'all levels';
export const allTopics = 'all topics';
export const lengthWords = (questions: number, minutes: number): string =>
  `${count(questions, 'question')} of ${duration(minutes)}`;
export const duration = (minutes: number): string =>
  minutes % 1_440 === 0
    ? count(minutes / 1_440, 'day')
    : minutes % 60 === 0
      ? count(minutes / 60, 'hour')
      : `${minutes} min`;
const wishWords: Readonly<Record<RoleWish, string>> = { first: 'wants to go first', observe: 'observes' };
export const personWords = (member: string, wish: RoleWish | undefined): string =>
  wish ? `${mention(member)} (${wishWords[wish]})` : mention(member);
export const peopleLine = (people: readonly string[], most: number): string =>
  `**In it** (${people.length} of ${most}): ${people.join(', ')}`;
export const startsLine = (atMs: number, format: Format): string =>
  `Starts ${timestamp(atMs)} with at least ${format === 'panel' ? 'two' : 'one'}, or when the host presses **Start now**.`;
export const inThread = (threadId: string): string => `It takes place in <#${threadId}>.`;
export const labels = { first: 'Candidate first', observe: 'Observe' } as const;

export const joined = {
  done: 'You are in. Leave with **Leave**.',
  first: 'Noted: you would like to be candidate first. **Join** takes it back.',
  observe: 'Noted: you only observe, and give feedback. **Join** takes it back.',
  already: 'You are in already.',
  full: 'Eight people are in already, which is the most.',
} as const;
export const leftWords = { done: 'You have left the interview.', absent: 'You were not in it.' } as const;
export const startWords = {
  done: 'Here we go.',
  few: 'It takes two people who do more than observe. Ask somebody to press **Join**.',
  nothing: 'It has started already.',
} as const;
export const stopWords = 'The interview is stopped. Feedback that was handed in is kept.';

export const noteWords = (note: InterviewNote): string => {
  switch (note.kind) {
    case 'passed':
      return `${mention(note.from)} did nothing for three minutes, so ${mention(note.to)} interviews now: press **Sheet** above. ${mention(note.from)} can come back with **Join**.`;
    case 'away':
      return `${mention(note.who)} is away, so the question is dropped and the roles turn. **Join** brings them back.`;
    case 'waits':
      return `${mention(note.who)}, press **Sheet** and then **Ask** above. In three more minutes the interview ends.`;
    case 'left':
      return note.to
        ? `${mention(note.who)} has left, so ${mention(note.to)} interviews now: press **Sheet** above.`
        : `${mention(note.who)} has left.`;
    case 'host':
      return `${mention(note.from)} has left, so ${mention(note.to)} is the host now.`;
    case 'lost':
      return 'The question was changed in the bank meanwhile and is dropped; the next one follows.';
    default:
      return note satisfies never;
  }
};

export const endingWords: Readonly<Record<InterviewEnding, string>> = {
  finished: 'All questions are done.',
  stopped: 'It was stopped.',
  few: 'Fewer than two people were left.',
  quiet: 'Nobody went on.',
  lost: 'Too many questions came to nothing.',
  exhausted: 'The bank has no further question that is not open elsewhere here.',
  unreachable: 'I lost access to its thread.',
  failed: 'Something went wrong on our side; what was handed in is kept.',
};

/** `Mock interview: Query performance, 4 March`. */
export const threadTitle = (subject: string, date: string): string => `Mock interview: ${subject}, ${date}`;
export const farewell = (channelId: string, reason: string): string =>
  `Your mock interview in <#${channelId}> ended, because I cannot post there (${reason}). Feedback that was handed in is kept: \`/interview history\`.`;
