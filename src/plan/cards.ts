import { type APIComponentInContainer, ComponentType } from 'discord.js';
import { accent, type Button, buttonRows, clip, container, separator, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { drillButton, mockButton, nextButton, reviewButton } from '../next/buttons.js';
import type { NextThing } from '../next/rules.js';
import { nextWords, studyLabel } from '../next/words.js';
import { minuteBounds, type PlanDay, type PlanItem, type PlanSettings, type StudyPlan } from './rules.js';
import { mainPhase, mockDays, stretchesOf } from './stretches.js';
import * as words from './words.js';

export const planFeature = 'plan';
export const planPicture = 'plan.png';
/** Discord's limit of an image's description is 1,024. */
const longestDescription = 1_000;
/** A row has five buttons: reviews, topics, a mock interview. */
const topicButtons = 3;
const topicsNamed = 8;
const itemsListed = 8;
const daysListed = 5;
const topicsADay = 4;
/** Longer titles of topics are cut: a message has 4,000 characters. */
const longestTitle = 48;

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

export function planCard(given: PlanView): Outgoing {
  const view = {
    ...given,
    titleOf: (topic: string) => clip(given.titleOf(topic), longestTitle),
    shortOf: (topic: string) => clip(given.shortOf(topic), longestTitle),
  };
  const { plan, settings, picture } = view;
  if (plan.daysLeft <= 0) {
    const said = plan.daysLeft === 0 ? words.theDay : words.overTitle(settings.date);
    return { components: [container([text(said), ...nextParts(view)], accent)] };
  }
  return {
    components: [
      container(
        [
          text(
            `${words.title(settings.date, plan.daysLeft)} · ${words.setup(settings.level, settings.minutes)}`,
          ),
          ...(picture ? [gallery(view)] : []),
          text(honestly(view)),
          separator(),
          ...todayParts(view),
          separator(),
          ...comingParts(view),
        ],
        accent,
      ),
    ],
    ...(picture && { files: [{ name: planPicture, data: picture }] }),
  };
}

function honestly({ plan, settings, shortOf }: PlanView): string {
  const { needsMinutes, leftOut, inPart, days } = plan;
  if (needsMinutes === undefined) {
    const needed = days.flatMap(({ items }) => items).filter(({ phase }) => phase !== 'wider');
    return words.fits(needed.length);
  }
  const lines = [words.doesNotFit(settings.minutes, needsMinutes, minuteBounds.most)];
  if (inPart.length > 0) lines.push(words.inPart(inPart.length));
  if (leftOut.length > 0)
    lines.push(
      words.leftOut(leftOut.slice(0, topicsNamed).map(shortOf), Math.max(0, leftOut.length - topicsNamed)),
    );
  return lines.join('\n');
}

function todayParts(view: PlanView): APIComponentInContainer[] {
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
    ...(buttons.length > 0 ? buttonRows(buttons) : nextParts(view)),
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
const nextParts = ({ next, titleOf, shortOf }: PlanView): APIComponentInContainer[] => [
  text(nextWords(next, titleOf)),
  ...buttonRows([nextButton(next, shortOf)]),
];

function comingParts({ plan, settings, shortOf }: PlanView): APIComponentInContainer[] {
  const coming = plan.days.slice(1, 1 + daysListed).map(({ date, items, mock }) => {
    const topics = byTopic(items);
    return words.dayLine(date, [
      ...topics.slice(0, topicsADay).map(({ topic, count }) => words.dayItem(count, shortOf(topic))),
      ...(topics.length > topicsADay ? [words.moreTopics(topics.length - topicsADay)] : []),
      ...(mock > 0 ? [words.mockPart] : []),
    ]);
  });
  const mocks = mockDays(plan.days);
  const way = [
    ...stretchesOf(plan.days).map(({ phase, from, until }) => words.phaseLine(phase, from, until)),
    ...(mocks.length > 0 ? [words.mockDates(mocks)] : []),
    ...(settings.minutes < 10 ? [words.noMock] : []),
    words.reviewsKept,
  ];
  return [
    ...(coming.length > 0 ? [text([words.comingTitle, ...coming].join('\n'))] : []),
    text([words.wayTitle, ...way].join('\n')),
  ];
}

function byTopic(items: readonly PlanItem[]): Pick<PlanItem, 'topic' | 'count'>[] {
  const counts = new Map<string, number>();
  for (const { topic, count } of items) counts.set(topic, (counts.get(topic) ?? 0) + count);
  return [...counts].map(([topic, count]) => ({ topic, count }));
}

const gallery = ({ plan, settings }: PlanView): APIComponentInContainer => {
  const mocks = mockDays(plan.days);
  const said = words.pictureWords([
    ...stretchesOf(plan.days).map(({ phase, from, until }) => words.pictureStretch(phase, from, until)),
    ...(mocks.length > 0 ? [words.pictureMocks(mocks)] : []),
    words.pictureEnd(settings.date),
  ]);
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${planPicture}` }, description: clip(said, longestDescription) }],
  };
};
