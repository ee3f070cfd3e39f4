import { count } from '../discord/count.js';
import { accuracy } from '../discord/figures.js';
import type { MarkSpread, PointsCovered } from './history.js';
import { markTitle } from './own-words.js';

export const title = '### Your mock interviews\n-# Only you see this. Marks never reach a leaderboard.';
export const nothing =
  'No feedback yet. `/interview start` opens one; after your first answer with feedback this fills up.';
const share = ({ covered, all }: PointsCovered): string => accuracy({ right: covered, total: all });
export const summary = (sessions: number, answers: number, points: PointsCovered): string =>
  `**${count(sessions, 'interview')}** · ${count(answers, 'answer')} · key points covered ${share(points)}`;
export const byTopic = '**Points covered by topic**';
export const topicLine = (cells: string, topic: string, points: PointsCovered): string =>
  `\`${cells}\` ${topic} · ${share(points)}`;
export const spreadTitle = (answers: number): string =>
  `**Marks of others over your last ${answers} answers** (1 to 4)`;
export const spreadLine = ({ name, least, most, mean }: MarkSpread): string =>
  `${markTitle(name)} **${least === most ? least : `${least} to ${most}`}** · mean ${mean.toFixed(1)}`;
export const remarkTitles = { strength: '**Strengths**', next: '**Next steps**' } as const;
/** One line beside readiness, which it is not mixed with. */
export const readinessLine = (sessions: number, points: PointsCovered): string =>
  `Mock interviews: ${sessions} · key points covered ${share(points)}`;
