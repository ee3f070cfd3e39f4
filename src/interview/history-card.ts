import type { Bank } from '../bank/bank.js';
import { accent, container, separator, text } from '../discord/components.js';
import { bar } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import { type InterviewHistory, lastAnswers, markSpread, type PastAnswer, pointsOf } from './history.js';
import * as historyWords from './history-words.js';

const topicsShown = 10;
const remarksShown = 5;
const longestRemarkShown = 200;
const barCells = 10;

/** The private answer to `/interview history`. */
export function historyCard(
  { sessions, answers }: InterviewHistory,
  member: string,
  bank: Pick<Bank, 'titleOf'>,
): Outgoing {
  const parts =
    answers.length === 0
      ? [text(historyWords.nothing)]
      : [
          text(historyWords.summary(sessions, answers.length, pointsOf(answers))),
          separator(),
          text(`${historyWords.byTopic}\n${topicLines(answers, bank).join('\n')}`),
          ...spreadTexts(answers, member).map(text),
          ...remarkTexts(answers, member).map(text),
        ];
  return { components: [container([text(historyWords.title), ...parts], accent)] };
}

function topicLines(answers: readonly PastAnswer[], bank: Pick<Bank, 'titleOf'>): string[] {
  const topics = [...new Set(answers.map(({ topic }) => topic))];
  return topics
    .map((topic) => ({ topic, points: pointsOf(answers.filter((answer) => answer.topic === topic)) }))
    .sort((a, b) => a.points.covered / a.points.all - b.points.covered / b.points.all)
    .slice(0, topicsShown)
    .map(({ topic, points }) => {
      const cells = bar(points.covered / points.all, barCells);
      return historyWords.topicLine(cells, bank.titleOf(topic), points);
    });
}

function spreadTexts(answers: readonly PastAnswer[], member: string): string[] {
  const spread = markSpread(answers, member);
  if (spread.length === 0) return [];
  return [`${historyWords.spreadTitle(lastAnswers)}\n${spread.map(historyWords.spreadLine).join('\n')}`];
}

/** The newest words of others first. */
function remarkTexts(answers: readonly PastAnswer[], member: string): string[] {
  const sheets = [...answers].reverse().flatMap(({ sheets: all }) => all.filter(({ by }) => by !== member));
  return (['strength', 'next'] as const).flatMap((field) => {
    const said = sheets.map((sheet) => sheet[field]).filter((remark) => remark !== '');
    if (said.length === 0) return [];
    const lines = said.slice(0, remarksShown).map((remark) => `- ${codeSpan(remark, longestRemarkShown)}`);
    return [`${historyWords.remarkTitles[field]}\n${lines.join('\n')}`];
  });
}
