import type { ComponentInteraction } from '../discord/command.js';
import { button, buttonRows, plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { showForm } from '../discord/respond.js';
import type { InterviewOutcome } from './events.js';
import {
  buttonOf,
  findView,
  formOf,
  type PressParts,
  requireOwed,
  type SheetPlace,
  sheetOf,
  subjectOf,
  type TurnPlace,
} from './form-place.js';
import * as formWords from './form-words.js';
import { marksForm, pointsForm, readMarks, readPoints } from './forms.js';
import { interviewId } from './ids.js';
import { refuseInterview } from './refusals.js';
import type { InterviewTurn } from './session.js';
import { answerLetterAt, type TurnView } from './view.js';

/** Opens the first page: of the candidate's answer, or of the first one that somebody has still to rate. */
export async function openPoints(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  const view = await findView(parts, place);
  const by = interaction.user.id;
  const subject = subjectFor(view, by);
  const of = subjectOf(view, subject);
  requireOwed(view, by, of);
  const isPanel = view.session.settings.format === 'panel';
  const ofPanel = of === by ? formWords.ownTitle : formWords.pointsTitle;
  await showForm(
    buttonOf(interaction),
    pointsForm(view, {
      subject,
      opening: interaction.id,
      before: sheetOf(view, by, of),
      title: isPanel ? ofPanel : formWords.rateTitle(answerLetterAt(subject), of === by),
      ...(!isPanel && { answer: view.turn.answers[subject]?.text }),
    }),
  );
}

export async function takePointsForm(
  parts: PressParts,
  interaction: ComponentInteraction,
  { id, turn, subject }: SheetPlace,
): Promise<Outgoing> {
  const of = subjectOf(await findView(parts, { id, turn }), subject);
  const member = interaction.user.id;
  const given = readPoints(formOf(interaction));
  const at = interaction.createdTimestamp;
  const event = { kind: 'points', turn, member, of, at, ...given } as const;
  const { outcome, session } = await parts.interviews.act(id, event);
  requireTaken(outcome);
  const isPanel = session.settings.format === 'panel';
  if (!isPanel) return plain(formWords.rateTaken(leftToRate(session.turns[turn], member)));
  return {
    components: [
      ...plain(formWords.pointsTaken).components,
      ...buttonRows([button(formWords.marksLabel, interviewId('mark', id, turn, subject))]),
    ],
  };
}

/** Opens the second page. */
export async function openMarks(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: SheetPlace,
): Promise<void> {
  const view = await findView(parts, place);
  const by = interaction.user.id;
  const of = subjectOf(view, place.subject);
  requireOwed(view, by, of);
  const before = sheetOf(view, by, of);
  if (!before) throw new UserError(formWords.pointsFirst);
  await showForm(
    buttonOf(interaction),
    marksForm(view, { subject: place.subject, opening: interaction.id, before }),
  );
}

export async function takeMarksForm(
  parts: PressParts,
  interaction: ComponentInteraction,
  { id, turn, subject }: SheetPlace,
): Promise<Outgoing> {
  const marks = readMarks(formOf(interaction));
  if (!marks) throw new UserError(formWords.oddForm);
  const of = subjectOf(await findView(parts, { id, turn }), subject);
  const event = { kind: 'marks', turn, member: interaction.user.id, of, marks } as const;
  const { outcome } = await parts.interviews.act(id, event);
  if (outcome === 'early') throw new UserError(formWords.pointsFirst);
  requireTaken(outcome);
  return plain(formWords.handedIn);
}

function requireTaken(outcome: InterviewOutcome): void {
  if (outcome === 'notYours') throw new UserError(formWords.nothingOwed);
  if (outcome === 'late') throw new UserError(formWords.feedbackOver);
  refuseInterview(outcome);
}

/** The place of the first answer that somebody has still to rate, else of the first that they rated. */
function subjectFor({ turn, session }: TurnView, member: string): number {
  if (session.settings.format === 'panel') return 0;
  const own = turn.owed.filter(({ by }) => by === member);
  const of = (own.find((pair) => !isRated(turn, pair)) ?? own[0])?.of;
  if (of === undefined) throw new UserError(formWords.nothingOwed);
  return turn.answers.findIndex((answer) => answer.member === of);
}

const leftToRate = (turn: InterviewTurn | undefined, member: string): number =>
  turn?.owed.filter((pair) => pair.by === member && !isRated(turn, pair)).length ?? 0;

const isRated = ({ sheets }: InterviewTurn, { by, of }: { by: string; of: string }): boolean =>
  sheets.some((sheet) => sheet.by === by && sheet.of === of);
