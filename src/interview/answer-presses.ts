import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { showForm } from '../discord/respond.js';
import { isBlank } from '../discord/text.js';
import { buttonOf, findView, formOf, type PressParts, type TurnPlace } from './form-place.js';
import * as formWords from './form-words.js';
import { answerForm, readAnswer } from './forms.js';
import { refuseInterview } from './refusals.js';
import * as words from './words.js';

/** Opens the form in which the candidate, or in the written format anybody, answers in words. */
export async function openAnswer(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  const view = await findView(parts, place);
  const { phase, settings } = view.session;
  const member = interaction.user.id;
  if (phase.name === 'over') throw new UserError(words.isOver);
  if (phase.name !== 'answering' || phase.turn !== place.turn)
    throw new UserError(phase.name === 'asking' ? words.tooEarly : words.tooLate);
  const { candidate = '' } = view.turn;
  if (settings.format === 'panel' && candidate !== member)
    throw new UserError(formWords.notCandidate(candidate));
  const before = view.turn.answers.find((answer) => answer.member === member)?.text;
  await showForm(buttonOf(interaction), answerForm(view, { opening: interaction.id, before }));
}

/** @returns what to say, when the answer is stored */
export async function takeAnswerForm(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  { id, turn }: TurnPlace,
): Promise<string> {
  const text = readAnswer(formOf(interaction));
  if (isBlank(text)) throw new UserError(formWords.blankAnswer);
  const member = interaction.user.id;
  const at = interaction.createdTimestamp;
  const done = await interviews.act(id, { kind: 'answer', turn, member, text, at });
  if (done.outcome === 'again') return formWords.answerAgain;
  if (done.outcome === 'notYours')
    throw new UserError(formWords.notCandidate(done.session.turns[turn]?.candidate ?? ''));
  refuseInterview(done.outcome);
  return formWords.answerTaken;
}
