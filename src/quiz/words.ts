import { nobody } from '../asking/nobody.js';
import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { percent } from '../discord/figures.js';
import { placeMark, pointsRow, tied } from '../discord/rows.js';
import { codeSpan } from '../discord/text.js';
import { spokenName } from '../podium/names.js';
import type { Ending, RoundEnd } from './game.js';

/** Right answers among all. */
interface Share {
  readonly right: number;
  readonly all: number;
}

export const mention = (member: string): string => `<@${member}>`;
const channel = (id: string): string => `<#${id}>`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '–' : percent(Math.round((100 * part) / whole));

// --- The lobby ---

export const lobbyTitles = { lobby: 'Quiz lobby', running: 'Quiz under way', over: 'Quiz over' } as const;
export const hostLine = (host: string): string =>
  host === nobody ? 'Nobody hosts this quiz; it goes on by itself.' : `Host: ${mention(host)}`;
/** Of a quiz night, by its name. */
export const nightTitles = {
  lobby: (name: string): string => `${nightName(name)}: the lobby is open`,
  running: (name: string): string => `${nightName(name)}: under way`,
  over: (name: string): string => `${nightName(name)} is over`,
} as const;
const nightName = (name: string): string => codeSpan(name, longestNightName);
const longestNightName = 60;
export const allLevels = 'all levels';
export const allTopics = 'all topics';
export const allKindsWords = 'all kinds';
export const discussWords = 'two votes a round';
export const noSpeedWords = 'no points for speed';
export const fromWords = {
  missed: 'first what somebody here has missed',
  weak: 'first the group’s weakest topics',
  retry: 'first what was missed in the quiz before',
} as const;
export const filledUpLine =
  '-# There are too few such questions for all rounds; the rest comes from the whole bank.';
/** E.g. `5 rounds of 20 s`. */
export const lengthWords = (rounds: number, perRound: number): string =>
  `${count(rounds, 'round')} of ${perRound} s`;
export const smallBankLine = (questions: number): string =>
  `-# The bank has only ${count(questions, 'question')} for this.`;
export const peopleLine = (present: number, names: readonly string[]): string => {
  const more = present > names.length ? ` and ${present - names.length} more` : '';
  return names.length > 0 || present === 0
    ? `**${count(present, 'person', 'people')} in:** ${names.join(' ') || 'nobody yet'}${more}`
    : `**${count(present, 'person', 'people')} in**`;
};
/** Colours with their names, so that colour is not the only sign. */
const teamNames = ['🔴 Red', '🔵 Blue', '🟢 Green', '🟡 Yellow'] as const;
export const teamName = (team: number): string => teamNames[team] ?? `Team ${team + 1}`;
export const teamsWords = (teams: number): string => `${teams} teams`;
export const teamLine = (team: number, present: number, names: readonly string[]): string => {
  const more = present > names.length ? ` and ${present - names.length} more` : '';
  return `**${teamName(team)}** (${present}): ${names.join(' ') || 'nobody yet'}${more}`;
};
export const teamStandingLine = (place: number, team: number, points: number, size: number): string =>
  pointsRow({
    mark: placeMark(place),
    who: teamName(team),
    points,
    small: [tied(`mean of ${count(size, 'player')}`)],
  });
export const switchWords = {
  done: (team: number): string => `You are in team ${teamName(team)} now.`,
  absent: 'You are not in this quiz. Press **Join** first.',
  nothing: 'Teams can be switched in the lobby only.',
} as const;
export const startsLine = (atMs: number): string => `Starts ${timestamp(atMs)}`;

export const joinWords = {
  done: 'You are in. Good luck!',
  already: 'You are in already.',
} as const;
export const leaveWords = {
  done: 'You have left the quiz. Points you earned stay yours.',
  absent: 'You are not in this quiz.',
} as const;
export const startedWords = { done: 'Here we go!', nothing: 'This quiz has started already.' } as const;

// --- Rounds ---

export const roundOf = (round: number, planned: number): string => `Round ${round + 1} of ${planned}`;
export const openRoundLine = (endsAtMs: number, answered: number, present: number): string =>
  `Ends ${timestamp(endsAtMs)} · ${answered} of ${Math.max(present, answered)} answered`;

export const firstVoteLine = (endsAtMs: number): string =>
  `First vote, for yourself alone: ends ${timestamp(endsAtMs)}`;
export const firstOverLine = 'The first vote is over. The second one follows below.';
export const discussLine = (untilMs: number): string =>
  `**Discuss:** opinions differ. Convince each other; the second vote begins ${timestamp(untilMs)}`;
export const secondVoteLine = '**Second vote:** what do you think now? This one counts.';
export const readAgainLine = '**Second vote**, with a hint: read the question once more, word for word.';
export const hintLine = (letter: string, why: string): string =>
  `**Second vote**, with a hint: it is not ${why || `**${letter}**`}`;
/** E.g. `First vote 42 % right → second vote 81 %`. */
export const changeLine = (first: Share, second: Share): string =>
  `First vote ${percentOf(first.right, first.all)} → second vote ${percentOf(second.right, second.all)}`;
export const discussedWords = (rounds: number, first: Share, second: Share): string =>
  `In ${count(rounds, 'round')} voted on twice: ${percentOf(first.right, first.all)} → ${percentOf(second.right, second.all)} right`;

const endedWords: Record<RoundEnd, string> = {
  time: 'Time is up',
  all: 'Everyone has answered',
  skip: 'Skipped',
  stop: 'The quiz was stopped',
  void: 'This round does not count',
};
export const outcomeLine = (ended: RoundEnd, right: number, given: number): string =>
  `${endedWords[ended]} · ${given > 0 ? `${right} of ${given} right` : 'nobody answered'}`;
export const fastestLine = (member: string, tookMs: number, points: number): string =>
  `Fastest: ${mention(member)} in ${seconds(tookMs)} (+${points})`;
export const practiceLine =
  '-# Only one person answered, so this round was practice: it earns no points on the leaderboard.';
/** Members who were right, whom the question had earned points a few days ago. */
export const againLine = (members: readonly string[]): string => {
  const named = members.slice(0, 10).map(mention).join(' ');
  const more = members.length > 10 ? ` and ${members.length - 10} more` : '';
  return `-# No leaderboard points for ${named}${more}: a question earns them once in seven days.`;
};
export const voidWords = {
  changed: 'This round does not count: its question was changed or taken out of the bank meanwhile.',
  unposted: 'This round does not count: it was called off before it began.',
} as const;

export const recordedWords = (answer: string): string =>
  `Recorded: **${answer}**. The answer comes when the round ends.`;
export const firstCountsWords = (answer: string): string =>
  `Your first press counts: **${answer}** is recorded.`;
export const chooseFirstWords = 'That is not a whole answer yet: choose first, then submit.';
export const lateWords = 'Too late: this round is over.';
// --- What a round brought one player, for them alone ---

export const ownRightWords = (points: number, tookMs: number): string =>
  `✅ **Right.** +${points} in ${seconds(tookMs)}.`;
export const ownWrongWords = '❌ **Not this time.**';
export const ownAnswerWords = (answer: string): string => `The answer: ${answer}`;
export const onlyFirstWords = 'You did not vote a second time, and only that vote counts.';
export const leadWords = (points: number, isShared: boolean): string =>
  isShared ? `You share the lead with ${points} points.` : `You lead with ${points} points.`;
export const behindWords = (place: number, points: number, gap: number, ahead: string): string =>
  `Place ${place} with ${points} points, ${gap} behind ${mention(ahead)}.`;
export const ownAgainLine =
  '-# No points for the leaderboard: this question earned you some in the last seven days.';
export const voidOwnWords = 'This round does not count.';

export const earlyWords = 'This round is just opening. Press again in a moment.';
export const noSuchOptionWords = 'That is not one of the options of this round.';

// --- Standings and results ---

export const standingsTitle = (round: number, planned: number): string =>
  `**Standings after round ${round + 1} of ${planned}**`;
export const noAnswerGiven = 'no answers';
export const nobodyInWords = 'Nobody is in the quiz.';
export const nobodyTookPartWords = 'Nobody took part.';
export const pausedLine = (untilMs: number): string =>
  `Paused by the host; goes on by itself ${timestamp(untilMs)}`;
export const nextWords = { nothing: 'The quiz has gone on already.' } as const;
export const pauseWords = {
  already: 'The quiz is paused already.',
  nothing: 'A quiz can be paused between rounds only.',
} as const;
export const extendWords = {
  done: '15 more seconds for this round.',
  already: 'This round has had its 15 more seconds.',
  nothing: 'This round is over.',
} as const;
export const longerLine = '-# This kind of question gets half as long again.';
export const extendedLine = '-# The host gave 15 seconds more.';
export const rightOf = (right: number, played: number): string => tied(`${right} of ${played} right`);
export const moreLine = (more: number): string => `-# and ${more} more`;

export const endingTitles: Record<Ending, string> = {
  finished: 'Quiz results',
  stopped: 'Quiz stopped: results so far',
  abandoned: 'Quiz ended: nobody answered two rounds in a row',
  exhausted: 'Quiz ended: no other question of the bank is free just now',
  unreachable: 'Quiz ended: the channel could not be reached',
  failed: 'Quiz ended: something went wrong on our side',
  empty: 'Nobody came',
};
export const playedWords = (played: number): string => `${count(played, 'round')} played`;
export const rankedNote =
  '-# Leaderboard points come from rounds that two or more people answered, once in seven days for a question.';
export const mostMissedTitle = '**Most missed**';
export const missedLine = (round: number, prompt: string, right: number, all: number): string =>
  `**${round + 1}.** ${prompt}\n-# ${right} of ${all} right`;
export const threadWords = (threadId: string): string => `Discuss it in ${channel(threadId)}.`;
export const noThreadWords =
  'I cannot open a thread here. Ask an admin to give me Create Public Threads, or discuss it in the channel.';
export const podiumWords = (places: readonly { place: number; name: string; points: number }[]): string =>
  `Podium: ${places.map(({ place, name, points }) => `${place}. ${spokenName(name)} with ${points} points`).join(', ')}`;
export const brokenRoundWords = 'This round does not count: the quiz has ended by a fault on our side.';
export const farewellWords = (channelId: string, reason: string): string =>
  `Your quiz in ${channel(channelId)} has ended: ${reason}. Points earned so far are kept.`;

// --- My answers ---

export const myAnswersTitle = 'Your answers';
export const myPlaceWords = (place: number, points: number, right: number, played: number): string =>
  `Place ${place} with ${points} points, ${rightOf(right, played)}.`;
export const notInWords = 'You did not take part in this quiz.';
export const noAnswerWords = 'no answer';
export const noRoundWords = 'No round was played.';
export const mineWords = (answer: string): string => `you: ${answer}`;
export const rightWords = (answer: string): string => `right: ${answer}`;
export const lostQuestionWords = 'A question that has left the bank';
export const pageWords = (page: number, pages: number): string => `-# Page ${page + 1} of ${pages}`;
export const askedAgainWords =
  'This question is being asked again just now: its answer is shown when that is over.';
export const answersLaterWords = 'Your answers are shown when the quiz is over.';

// --- What is on ---

export const statusTitle = 'Quiz in this channel';
export const statusWords = {
  lobby: (startsAtMs: number) => `In the lobby, starts ${timestamp(startsAtMs)}.`,
  opening: (round: string) => `${round} is about to open.`,
  open: (round: string, endsAtMs: number, answers: number) =>
    `${round} is open, ends ${timestamp(endsAtMs)}; ${count(answers, 'answer')} so far.`,
  discussing: (round: string, nextAtMs: number) =>
    `${round} is being discussed; the second vote begins ${timestamp(nextAtMs)}.`,
  closing: (round: string) => `${round} is over; its answer is on its way.`,
  closed: (round: string, nextAtMs: number) =>
    `${round} is over, the next step follows ${timestamp(nextAtMs)}.`,
  over: 'The quiz is over; its results are on their way.',
} as const;

export const stoppedWords = 'The quiz is stopped. Points earned so far are kept.';
export const skipWords = {
  done: 'Round skipped.',
  lobby: 'The quiz has not started yet: press `Start now` on its card.',
  nothing: 'No round is open at the moment.',
} as const;

export * from './refusal-words.js';

export const reviewTheseLabel = 'Review these';
export const reviewTitle = 'What you missed in the quiz';
export const nothingMissedWords = 'You missed nothing in this quiz.';
