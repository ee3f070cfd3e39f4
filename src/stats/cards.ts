import type { APIComponentInContainer } from 'discord.js';
import { accent, attachedPicture, container, separator, text } from '../discord/components.js';
import { bar } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import { dailyInARow, daysInARow } from '../profiles/profile.js';
import { raisingSteps, readiness } from '../profiles/readiness.js';
import { answeredCells, byLevel, offeredCells, sum } from '../profiles/tallies.js';
import { dayMs } from '../time/spans.js';
import { countStandings, coverageRows } from './coverage.js';
import { nextParts, topicTexts } from './topics.js';
import type { OwnView, ProfileView } from './view.js';
import * as words from './words.js';

export const statsFeature = 'stats';
const coverageFile = (part: number): string => `coverage-${part + 1}.png`;
const weeksFile = 'readiness.png';
const stepsNamed = 2;
const barCells = 20;

export function profileCard(view: ProfileView): Outgoing {
  const { own, member, profile } = view;
  const isEmpty = sum(answeredCells(profile)).total === 0;
  const parts = isEmpty
    ? [text(own ? words.noAnswersYet : words.nothingOfOthers), ...(own ? ahead(own, view.today) : [])]
    : [
        text(scoreLines(view).join('\n')),
        ...(own ? [...ahead(own, view.today), ...ownParts(view, own)] : [text(words.onlyOwnTopics)]),
      ];
  return {
    components: [
      container([text(`## <@${member}>`), ...parts, ...(own ? nextParts(view, own) : [])], accent),
    ],
    ...(own && !isEmpty && { files: filesOf(own) }),
  };
}

function scoreLines({ profile, server, today, openDaily, held }: ProfileView): string[] {
  const { daily, days } = profile;
  const lines = [];
  if (server?.standing)
    lines.push(words.points(server.standing.points, server.standing.rank, server.members));
  else if (server) lines.push(words.noPoints);
  if (held) lines.push(words.heldPoints(held));
  if (daily.lastDate)
    lines.push(words.dailyStreak(dailyInARow(daily, openDaily), daily.best, shownDate(daily.lastDate)));
  lines.push(words.activeDays(daysInARow(days, today), days.best, days.total));
  return lines;
}

/** Discord shows a day in the reader's own language; noon is the same day nearly everywhere. */
const shownDate = (date: string): string => `<t:${Date.parse(`${date}T12:00Z`) / 1000}:D>`;

/** What comes: the interview, and what is due. */
function ahead({ planDate, due, interviews }: OwnView, today: string): APIComponentInContainer[] {
  const days = planDate === undefined ? undefined : (Date.parse(planDate) - Date.parse(today)) / dayMs;
  const lines = [
    ...(planDate !== undefined && days !== undefined ? [words.toInterview(days, shownDate(planDate))] : []),
    ...(due === undefined ? [] : [words.dueLine(due)]),
    ...(interviews === undefined ? [] : [interviews]),
  ];
  return lines.length > 0 ? [text(lines.join('\n'))] : [];
}

function ownParts(view: ProfileView, own: OwnView): APIComponentInContainer[] {
  const cells = answeredCells(view.profile);
  return [
    separator(),
    text(readinessText(view, own)),
    ...pictureParts(view, own),
    separator(),
    text(
      `**By level**\n${byLevel(cells)
        .map(({ level, ...tally }) => words.tallyLine(level, tally))
        .join('\n')}`,
    ),
    ...topicTexts(view, own).map(text),
  ];
}

function readinessText({ profile, shortOf }: ProfileView, { topics }: OwnView): string {
  const cells = offeredCells(answeredCells(profile), topics);
  const { percent, word } = readiness(cells);
  const steps = raisingSteps(cells)
    .slice(0, stepsNamed)
    .filter(({ gain }) => gain > 0)
    .map(({ topic, level, gain }) => words.step(shortOf(topic), level, gain));
  return [
    words.readinessTitle(percent, word),
    `\`${bar(percent / 100, barCells)}\``,
    ...(steps.length > 0 ? [words.raises(steps)] : []),
    words.readinessNote,
  ].join('\n');
}

function pictureParts({ profile }: ProfileView, { topics, pictures }: OwnView): APIComponentInContainer[] {
  const rows = coverageRows(answeredCells(profile), topics);
  return [
    ...(pictures.weeks ? [attachedPicture(weeksFile, words.weeksPicture(profile.weeks ?? []))] : []),
    ...(pictures.coverage ?? []).map((_, part) =>
      attachedPicture(
        coverageFile(part),
        part === 0 ? words.coveragePicture(rows, countStandings(rows)) : words.coverageGoesOn,
      ),
    ),
  ];
}

const filesOf = ({ pictures }: OwnView) => [
  ...(pictures.weeks ? [{ name: weeksFile, data: pictures.weeks }] : []),
  ...(pictures.coverage ?? []).map((data, part) => ({ name: coverageFile(part), data })),
];
