import type { Marks } from './session.js';
import { mention, mentions } from './words.js';

export const title = (number: number): string =>
  `### Question ${number} · your feedback\n-# Only you see this. \`/interview history\` keeps it.`;
export const covered = (points: number, all: number): string =>
  `You covered **${points} of ${all}** key points.`;
export const onlyGave = 'You did not answer this one. What you handed in went to who did.';
export const nothingHere = 'Nobody handed in feedback for you on this one.';
export const ownHead = '**You, of yourself**';
export const from = (by: string): string => `**From ${mention(by)}**`;
const markTitles: Readonly<Record<keyof Marks, string>> = {
  knowledge: 'Knowledge',
  reasoning: 'Reasoning',
  communication: 'Communication',
  tradeOffs: 'Trade-offs',
};
export const markTitle = (name: keyof Marks): string => markTitles[name];
export const markWords = (name: keyof Marks, mark: number): string => `${markTitles[name]} **${mark}**`;
const longestPoint = 60;
export const heard = (points: readonly string[]): string =>
  `Heard: ${points.map((point) => short(point)).join('; ')}`;
const short = (point: string): string =>
  point.length <= longestPoint
    ? point
    : `${point
        .slice(0, longestPoint)
        .replace(/[`*|~\s]+$|\s\S*$/, '')
        .replaceAll('`', '')}…`;
export const heardNothing = 'Heard none of the key points.';
export const strength = (words: string): string => `Strength: ${words}`;
export const next = (words: string): string => `Next step: ${words}`;
export const missing = (who: readonly string[]): string =>
  `-# For you as the host alone: no feedback came from ${mentions(who)}.`;
export const keepLabel = 'Send me this';
export const sent = 'Sent to your direct messages.';
export const notSent =
  'Discord does not let me write to you. Allow direct messages from this server’s members first.';
