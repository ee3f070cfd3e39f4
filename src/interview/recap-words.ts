import { tied } from '../discord/rows.js';
import { mention } from './words.js';

export const title = '### Mock interview · recap';
export const turnLine = (number: number, topic: string, prompt: string): string =>
  `**${number}.** ${topic}: ${prompt}`;
export const lostTurn = (number: number): string => `**${number}.** (no longer in the bank)`;
export const panelLine = (
  candidate: string,
  interviewer: string,
  covered: number | undefined,
  all: number,
): string =>
  `${mention(candidate)} ${covered === undefined ? 'got no feedback' : `covered ${tied(`${covered} of ${all}`)} key points`}, asked by ${mention(interviewer)}`;
export const writerWords = (member: string, covered: number, all: number): string =>
  `${mention(member)} ${tied(`${covered} of ${all}`)}`;
export const kept = '-# `/interview history` keeps what was said of you, for you alone.';
