import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';

export const nothingFits = 'No question of the bank fits that. Try another topic, level or kind.';
export const allOpen =
  'Every question that fits is open here just now. Answer or reveal one of them first, or try another topic, level or kind.';
export const whereToAsk = 'I cannot tell in which channel to ask.';
export const cardGone = 'This card is no longer stored. `/question any` asks a new one.';
export const questionChanged =
  'This question has been changed in the bank since it was asked, so this card is closed. `Another` asks a new one.';
export const openElsewhere =
  'This very question is open in this server just now: answer it there. When its answer is out, this card works again.';

export const pauseFor = (untilMs: number, nowMs: number): string =>
  `A moment, please: you can ask the next question in ${count(Math.max(1, Math.ceil((untilMs - nowMs) / 1000)), 'second')}.`;
export const channelIsFull = (untilMs: number): string =>
  `There were very many new questions in this channel within a minute. The next one can be asked ${timestamp(untilMs)}; with \`private:true\` you can go on by yourself.`;
export const serverIsFull = (untilMs: number): string =>
  `There were very many new questions in this server within a minute. The next one can be asked ${timestamp(untilMs)}; with \`private:true\` you can go on by yourself.`;
export const revealTooEarly = (askerId: string, allowedAtMs: number): string =>
  `<@${askerId}> can reveal the answer now, everybody else ${timestamp(allowedAtMs)}.`;
export const autoModBlocks =
  'AutoMod of this server does not let that question through. Ask again for another one, or have Server Settings → AutoMod exempt my role.';

export const openStatus = (answered: number, askerId: string, allowedAtMs: number): string =>
  `${answered} answered · <@${askerId}> can reveal now, everybody ${timestamp(allowedAtMs)}`;

export const recorded = 'Your answer is recorded:';
export const recordedBefore = 'You have answered already. Your first answer counts:';
export const comesWithReveal = '-# The answer comes with the reveal.';
export const revealedBefore = 'The answer to this question has been revealed already.';
export const revealedJustNow = 'Too late: the answer has just been revealed, so yours is not counted.';

export const yourAnswer = '**Your answer**';
/** By its words alone a wrong answer can name every point, so it is no score. */
export const guessedPoints = (points: readonly number[]): string =>
  points.length > 0
    ? `-# By its words it may name ${points.map((point) => `${point}`).join(', ')}: a guess, no score. You judge.`
    : '-# By its words it seems to name none of them: a guess, no score. You judge.';
export const compare = '-# Compare it with the model answer and the key points below.';

export const answersLabel = 'Answers';
export const pointsLabel = 'Tick my points';
export const answersTitle = (answered: number): string => `### ${count(answered, 'answer')}`;
export const pageOf = (page: number, pages: number): string => `-# page ${page + 1} of ${pages}`;
export const nothingToTick = 'You have not answered this question, so there is nothing to tick.';
export const notRevealedYet = 'The answer is not out yet, so the answers of others are not either.';
export const tickHere = 'Which of these does your answer name?';
export const ticked = (named: number, of: number, missing: readonly string[]): string =>
  missing.length === 0
    ? `You named all ${of}. Say it aloud once more without looking.`
    : `You named ${named} of ${of}. Still to learn:\n${missing.map((point) => `- ${point}`).join('\n')}`;

export const nobodyAnswered = 'Nobody answered.';
export const peopleAnswered = (answered: number): string =>
  `${count(answered, 'person', 'people')} answered. Compare your answers with the key points.`;
export const groupResult = (names: readonly string[], more: number, right: number, of: number): string =>
  `${right} of ${of} right${names.length > 0 ? `: ${names.join(' ')}${more > 0 ? ` and ${more} more` : ''}` : '.'}`;
/** In the place of a hidden member's name. */
export const somebody = '*somebody*';
