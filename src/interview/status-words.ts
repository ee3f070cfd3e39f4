import { timestamp } from '../discord/components.js';
import { mention, mentions } from './words.js';

export const title = '### Mock interview · status';
export const questionOf = (number: number, all: number): string => `**Question ${number} of ${all}:**`;
export const steps = {
  gathering: 'Its thread is being made.',
  briefing: (interviewer: string): string => `${mention(interviewer)} reads the sheet and asks next.`,
  asking: 'the question is on its way.',
  answering: (candidate: string | undefined, untilMs: number): string =>
    `${candidate === undefined ? 'everybody writes' : `${mention(candidate)} answers`}; the time ends ${timestamp(untilMs)}.`,
  feedback: (untilMs: number | undefined): string =>
    `feedback is handed in${untilMs === undefined ? '' : `; the time ends ${timestamp(untilMs)}`}.`,
  review: 'the results are talked over.',
} as const;
export const missing = (who: readonly string[]): string =>
  `-# For you as the host alone: still missing is ${mentions(who)}.`;
