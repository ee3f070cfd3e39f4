import { ButtonStyle } from 'discord.js';
import { sourceLinks } from '../asking/layout.js';
import { nobody } from '../asking/nobody.js';
import { button, buttonRows, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { isLive } from './agenda.js';
import { interviewId } from './ids.js';
import { feedbackLength, reviewMs } from './pacing.js';
import { turnCard } from './panel-cards.js';
import * as turnWords from './turn-words.js';
import { missingSheets } from './turns.js';
import { answerLetterAt, coverageOf, coveredCount, named, type TurnView } from './view.js';

/** The call for feedback, or in the written format for ratings. */
export function feedbackCard(view: TurnView): Outgoing {
  const { session, turn, index, number, now } = view;
  const isPanel = session.settings.format === 'panel';
  const title = isPanel ? turnWords.feedback.title(number) : turnWords.feedback.rateTitle(number);
  if (!isLive(session, `s${index}`)) return turnCard([text(title), text(turnWords.feedback.past)]);
  const { phase } = session;
  const endsAt = (phase.name === 'feedback' ? phase.endsAt : undefined) ?? now + feedbackLength(session);
  const raters = [...new Set(turn.owed.map(({ by }) => by))];
  const missing = new Set(missingSheets(session).map(({ by }) => by));
  const label = isPanel ? 'Feedback' : 'Rate';
  const action = isPanel ? 'feedback' : 'rate';
  return turnCard([
    text(title),
    text((isPanel ? panelLines(view, raters, endsAt) : writtenLines(view, endsAt)).join('\n')),
    text(turnWords.feedback.progress(raters.length - missing.size, raters.length)),
    ...buttonRows([
      button(label, interviewId(action, session.id, index), { style: ButtonStyle.Primary }),
      ...(isPanel ? [] : [button('Time is up', interviewId('rated', session.id, index))]),
      button('Leave', interviewId('leave', session.id)),
    ]),
  ]);
}

const writtenLines = ({ session }: TurnView, endsAt: number): string[] => [
  turnWords.feedback.raters(endsAt),
  turnWords.feedback.host(session.hostId),
];

function panelLines({ turn }: TurnView, raters: readonly string[], endsAt: number): string[] {
  const { candidate = '' } = turn;
  const others = raters.filter((id) => id !== candidate);
  return [
    ...(others.length > 0 ? [turnWords.feedback.others(others, candidate, endsAt)] : []),
    ...(raters.includes(candidate) ? [turnWords.feedback.candidate(candidate)] : []),
  ];
}

/** For the room: the points covered and the model answer; what was said of somebody is theirs alone. */
export function resultCard(view: TurnView): Outgoing {
  const { session, turn, index, number, question, now } = view;
  const { phase } = session;
  const isOn = isLive(session, `r${index}`);
  const nextAt = (phase.name === 'review' ? phase.nextAt : undefined) ?? now + reviewMs;
  const isPanel = session.settings.format === 'panel';
  return turnCard([
    text(turnWords.results.title(number, isPanel ? named(view.hidden, turn.candidate ?? '') : undefined)),
    ...(isPanel ? coveredTexts(view) : groupTexts(view)).map(text),
    text(`${turnWords.results.model(question.modelAnswer.trim())}\n${sourceLinks(question)}`),
    text(isOn ? turnWords.results.next(nextAt) : turnWords.results.past),
    ...buttonRows([
      button('My feedback', interviewId('mine', session.id, index), { style: ButtonStyle.Primary }),
      ...(isOn ? [button('Next', interviewId('next', session.id, index))] : []),
    ]),
  ]);
}

function coveredTexts({ turn, question }: TurnView): string[] {
  const coverage = coverageOf(turn, turn.candidate ?? '');
  if ((coverage[0]?.raters ?? 0) === 0)
    return [turnWords.results.nobodySaid, question.keyPoints.map(({ point }) => `- ${point}`).join('\n')];
  const lines = question.keyPoints.map(({ point }, at) => {
    const { covered = false, ticks = 0, raters = 0 } = coverage[at] ?? {};
    return turnWords.results.point(covered, point, ticks, raters);
  });
  return [turnWords.results.covered(coveredCount(coverage), turn.points), lines.join('\n')];
}

/** Who covered how much, and which points the group did. */
function groupTexts({ turn, question, hidden }: TurnView): string[] {
  const given = turn.answers.flatMap(({ member }, at) => (member === nobody ? [] : [{ member, at }]));
  const coverages = given.map(({ member }) => coverageOf(turn, member));
  const lines = given.map(({ member, at }, index) =>
    turnWords.results.answerLine(
      answerLetterAt(at),
      named(hidden, member),
      coveredCount(coverages[index] ?? []),
      turn.points,
    ),
  );
  const points = question.keyPoints.map(({ point }, at) => {
    const named = coverages.filter((coverage) => coverage[at]?.covered).length;
    return turnWords.results.point(named > 0, point, named, given.length);
  });
  return [...(lines.length > 0 ? [lines.join('\n')] : []), points.join('\n')];
}
