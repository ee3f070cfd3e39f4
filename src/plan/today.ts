import type { APIComponentInContainer } from 'discord.js';
import { type Button, buttonRows, text } from '../discord/components.js';
import { drillButton, mockButton, nextButton, reviewButton } from '../next/buttons.js';
import type { NextThing } from '../next/rules.js';
import { nextWords, studyLabel } from '../next/words.js';
import type { PlanDay, PlanItem, PlanSettings, StudyPlan } from './rules.js';
import { mainPhase } from './stretches.js';
import * as words from './words.js';

/** A row has five buttons: reviews, topics, a mock interview. */
const topicButtons = 3;
const itemsListed = 8;

export interface PlanView {
  readonly settings: PlanSettings;
  readonly plan: StudyPlan;
  readonly due: number;
  readonly titleOf: (topic: string) => string;
  /** The same where there is little room. */
  readonly shortOf: (topic: string) => string;
  readonly picture?: Buffer | undefined;
  /** What to offer when there is no share of today. */
  readonly next: NextThing;
  /** What can be started here. */
  readonly can: { readonly review: boolean; readonly mock: boolean };
}

/** What is to be done today, and the buttons that start it. */
export function todayParts(view: PlanView): APIComponentInContainer[] {
  const { plan, due, titleOf } = view;
  const [today] = plan.days;
  if (!today) return [];
  const lines = [
    ...(today.reviews > 0 ? [words.reviewLine(today.reviews, due)] : []),
    ...today.items
      .slice(0, itemsListed)
      .map(({ count, topic, level }) => words.itemLine(count, titleOf(topic), level)),
    ...(today.items.length > itemsListed ? [words.moreItems(today.items.length - itemsListed)] : []),
    ...(today.mock > 0 ? [words.mockLine(today.mock)] : []),
  ];
  const phase = mainPhase(today);
  const done = today.items.length > 0 ? [] : [plan.isTodayDone ? words.todayDone : words.todayFree];
  const buttons = todayButtons(view, today);
  return [
    text(
      [words.todayTitle(today.minutes), ...done, ...lines, ...(phase ? [words.tip(phase)] : [])].join('\n'),
    ),
    ...(buttons.length > 0 ? buttonRows(buttons) : goOnParts(view)),
  ];
}

function todayButtons({ shortOf, can }: PlanView, { reviews, items, mock }: PlanDay): Button[] {
  return [
    ...(can.review && reviews > 0 ? [reviewButton(reviews)] : []),
    ...items.slice(0, topicButtons).map((item) => drillButton(labelOf(item, items, shortOf), item)),
    ...(can.mock && mock > 0 ? [mockButton()] : []),
  ];
}

/** With the level, where the topic comes at two. */
function labelOf(item: PlanItem, items: readonly PlanItem[], shortOf: PlanView['shortOf']): string {
  const isTwice = items.filter(({ topic }) => topic === item.topic).length > 1;
  return studyLabel(item.count, shortOf(item.topic), isTwice ? item.level : undefined);
}

/** One thing to go on with. */
export const goOnParts = ({ next, titleOf, shortOf }: PlanView): APIComponentInContainer[] => [
  text(nextWords(next, titleOf)),
  ...buttonRows([nextButton(next, shortOf)]),
];
