import type { APIComponentInContainer } from 'discord.js';
import { accent, attachedPicture, clip, container, separator, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { minuteBounds, type PlanItem } from './rules.js';
import { mockDays, stretchesOf } from './stretches.js';
import { goOnParts, type PlanView, todayParts } from './today.js';
import * as words from './words.js';

export const planFeature = 'plan';
const planPicture = 'plan.png';
const topicsNamed = 8;
const daysListed = 5;
const topicsADay = 4;
/** Longer titles of topics are cut: a message has 4,000 characters. */
const longestTitle = 48;

export function planCard(given: PlanView): Outgoing {
  const view = {
    ...given,
    titleOf: (topic: string) => clip(given.titleOf(topic), longestTitle),
    shortOf: (topic: string) => clip(given.shortOf(topic), longestTitle),
  };
  const { plan, settings, picture } = view;
  if (plan.daysLeft <= 0) {
    const said = plan.daysLeft === 0 ? words.theDay : words.overTitle(settings.date);
    return { components: [container([text(said), ...goOnParts(view)], accent)] };
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
  return attachedPicture(planPicture, said);
};
