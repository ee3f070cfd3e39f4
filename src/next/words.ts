import type { Level } from '../bank/question.js';
import { count as counted } from '../discord/count.js';
import type { NextThing } from './rules.js';

export const keepGoing = 'Keep going';
export const drillThis = 'Drill this';
export const mockLabel = 'Mock interview';
export const reviewLabel = (due: number): string => `Review ${due} due`;
/**
 * @param title short, for a button
 * @param level named where the same topic stands beside it at another level
 */
export const studyLabel = (count: number, title: string, level?: Level): string =>
  `${count} on ${title}${level ? `, ${level}` : ''}`;

export const topicGone = 'This topic is no longer in the bank. `/stats` shows what to drill now.';
export const notHere = 'That cannot be started here just now. `/help` shows what can.';

/** Beside a button: what it starts, for oneself alone. */
export function nextWords(thing: NextThing, titleOf: (topic: string) => string): string {
  switch (thing.kind) {
    case 'review':
      return `-# Next: ${counted(thing.count, 'question')} you once missed, before you forget ${thing.count === 1 ? 'it' : 'them'} again.`;
    case 'share':
      return `-# Next, by your plan: ${counted(thing.count, 'question')} on ${titleOf(thing.topic)}${ofLevel(thing.level)}.`;
    case 'weakest':
      return `-# Next: ${counted(thing.count, 'question')} on ${titleOf(thing.topic)}${ofLevel(thing.level)}, your weakest spot.`;
    case 'any':
      return `-# Next: ${counted(thing.count, 'question')} of any topic, for you alone.`;
  }
}

const ofLevel = (level: Level | undefined): string => (level ? ` (${level})` : '');

/** Stands above each question of a session. */
export const drillTitle = (title: string | undefined, level: Level | undefined): string =>
  title === undefined ? 'Drill' : `Drill: ${title}${ofLevel(level)}`;
