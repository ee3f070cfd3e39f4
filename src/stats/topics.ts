import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import { buttonRows, text } from '../discord/components.js';
import { cut } from '../discord/text.js';
import { drillButton, nextButton } from '../next/buttons.js';
import { usualSession } from '../next/rules.js';
import { drillThis, nextWords } from '../next/words.js';
import { answeredCells, bestTopics, weakestCell, weakTopics } from '../profiles/tallies.js';
import type { MissedQuestion } from './missed.js';
import type { OwnView, ProfileView } from './view.js';
import * as words from './words.js';

/** Topics in each of the lists of best and weakest. */
const topicsListed = 4;
const longestPrompt = 110;
const surenessListed = 3;

/** The best and the weakest topics with enough answers, what was missed, and what was never asked. */
export function topicTexts({ profile, titleOf }: ProfileView, own: OwnView): string[] {
  const cells = answeredCells(profile);
  const list = (found: ReturnType<typeof bestTopics>): string =>
    found.map(({ topic, ...tally }) => words.tallyLine(titleOf(topic), tally)).join('\n');
  const allWeak = weakTopics(cells);
  const weak = allWeak.slice(0, topicsListed);
  const best = bestTopics(cells)
    .filter(({ topic }) => !allWeak.some((other) => other.topic === topic))
    .slice(0, topicsListed);
  const texts = [];
  if (best.length > 0) texts.push(`${words.bestTitle}\n${list(best)}`);
  if (weak.length > 0) texts.push(`${words.weakestTitle}\n${list(weak)}`);
  else texts.push(best.length > 0 ? words.nothingWeak : words.notEnough);
  if (own.missed.length > 0)
    texts.push([words.missedTitle, ...own.missed.map((one) => missedLine(one, titleOf))].join('\n'));
  texts.push(...surenessTexts(own, titleOf));
  const met = new Set(cells.filter(({ total }) => total > 0).map(({ topic }) => topic));
  const unmet = own.topics.filter(({ id }) => !met.has(id)).length;
  if (unmet > 0) texts.push(words.notMet(unmet, own.topics.length));
  return texts;
}

const missedLine = ({ question, times, right }: MissedQuestion, titleOf: ProfileView['titleOf']): string =>
  words.missedLine(cut(question.prompt, longestPrompt), titleOf(question.topic), times - right, times);

/** Where somebody is sure and wrong most often. */
function surenessTexts({ sureness }: OwnView, titleOf: ProfileView['titleOf']): string[] {
  const lines = [...sureness]
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.wrong - a.wrong || b.wrong / b.sure - a.wrong / a.sure)
    .slice(0, surenessListed)
    .map(({ topic, sure, wrong }) => words.surenessLine(titleOf(topic), wrong, sure));
  return lines.length > 0 ? [[words.surenessTitle, ...lines].join('\n')] : [];
}

/** One button that starts what helps most now; beside it the weakest spot, where that is something else. */
export function nextParts(
  { profile, titleOf, shortOf }: ProfileView,
  { next, topics }: OwnView,
): APIComponentInContainer[] {
  const drill = { ...weakestCell(profile, topics), count: usualSession };
  const isDrill = next.kind === 'weakest' || next.kind === 'any';
  return [
    text(nextWords(next, titleOf)),
    ...buttonRows([
      nextButton(next, shortOf),
      ...(isDrill ? [] : [{ ...drillButton(drillThis, drill), style: ButtonStyle.Secondary as const }]),
    ]),
  ];
}
