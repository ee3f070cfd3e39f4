import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { tied } from '../discord/rows.js';
import { mention, mentions } from './words.js';

/** `### Question 1 of 3 · Query performance · advanced`. */
export const turnTitle = (turn: number, all: number, topic: string, level: string): string =>
  `### Question ${turn} of ${all} · ${topic} · ${level}`;

export const brief = {
  candidate: (who: string, interviewer: string): string =>
    `**Candidate** ${mention(who)}: get ready. You see the question when ${mention(interviewer)} presses **Ask**.`,
  interviewer: (who: string, untilMs: number): string =>
    `**Interviewer** ${mention(who)}: read your **Sheet**, then press **Ask**. Without a sign of you the role passes on ${timestamp(untilMs)}.`,
  observers: (who: readonly string[]): string => `**Observers** ${mentions(who)}: nothing to do yet.`,
  /** When it has been asked. */
  past: (candidate: string, interviewer: string): string =>
    `**Candidate** ${mention(candidate)} · **Interviewer** ${mention(interviewer)}`,
};

export const answer = {
  candidate: (who: string, untilMs: number): string =>
    `**Candidate** ${mention(who)}: answer aloud, by writing here, or with **Answer**. The time ends ${timestamp(untilMs)}.`,
  interviewer: (who: string): string =>
    `**Interviewer** ${mention(who)}: **Hint** and **Follow-up** show the next one to all. **Time is up** ends the answer.`,
  observers: (who: readonly string[]): string =>
    `**Observers** ${mentions(who)}: note what you hear; you are asked for it afterwards.`,
  past: '-# The time for this answer is over.',
};

export const write = {
  all: (untilMs: number): string =>
    `**Everybody**: press **Answer** and write yours; pressing again replaces it. The time ends ${timestamp(untilMs)}, and nobody sees the others’ before.`,
  answered: (answers: number, people: number): string =>
    `${answers} of ${count(people, 'person', 'people')} have answered.`,
  host: (who: string): string => `**Host** ${mention(who)}: **Time is up** ends it early.`,
};

export const hintLine = (number: number, hint: string): string => `**Hint ${number}** · ${hint}`;
export const followUpLine = (number: number, question: string): string =>
  `**Follow-up ${number}** · ${question}`;
export const saidLine = (who: string): string => `**${mention(who)} answers**`;
export const letteredAnswer = (letter: string): string => `**Answer ${letter}**`;

export const feedback = {
  title: (turn: number): string => `### Feedback on question ${turn}`,
  rateTitle: (turn: number): string => `### Rating the answers to question ${turn}`,
  others: (who: readonly string[], candidate: string, untilMs: number): string =>
    `${mentions(who)}: press **Feedback**: first the key points that you heard from ${mention(candidate)}, then four marks. The time ends ${timestamp(untilMs)}.`,
  candidate: (who: string): string =>
    `**Candidate** ${mention(who)}: press **Feedback** and rate yourself the same way.`,
  raters: (untilMs: number): string =>
    `**Everybody who wrote**: press **Rate**: your own answer and up to two others’, without names. The time ends ${timestamp(untilMs)}.`,
  host: (who: string): string => `**Host** ${mention(who)}: **Time is up** ends it early.`,
  progress: (done: number, all: number): string =>
    `**${done} of ${all}** handed in. Nobody sees anything before all have, or the time is over.`,
  past: '-# The time for this feedback is over; the results are below.',
};

export const results = {
  title: (turn: number, who: string | undefined): string =>
    who === undefined
      ? `### Question ${turn} · results`
      : `### Question ${turn} · what ${mention(who)} covered`,
  covered: (covered: number, all: number): string => `**${covered} of ${count(all, 'key point')}** covered`,
  point: (isCovered: boolean, point: string, ticks: number, raters: number): string =>
    `${isCovered ? '✅' : '▫️'} ${point} (${ticks} of ${raters})`,
  nobodySaid: 'Nobody handed in feedback, so it is not known which points were covered.',
  answerLine: (letter: string, who: string, covered: number, all: number): string =>
    `**${letter}** ${mention(who)}: ${tied(`${covered} of ${all}`)}`,
  model: (answer: string): string => `**Model answer**\n${answer}`,
  next: (atMs: number): string =>
    `**Everybody**: talk it over. **My feedback** is for your eyes only. It goes on ${timestamp(atMs)}, or when one of you presses **Next**.`,
  past: '-# **My feedback** shows what was said of you, to you alone.',
};
