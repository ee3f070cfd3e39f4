import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { promptText } from '../asking/layout.js';
import { clip } from '../discord/components.js';
import { typedLines } from '../discord/text.js';
import * as formWords from './form-words.js';
import { interviewId } from './ids.js';
import { type InterviewSheet, type Marks, markNames } from './session.js';
import type { TurnView } from './view.js';
import { longestAnswer, longestShown } from './written-cards.js';

/** Discord's limit of an option's label, and of its description. */
const longestOption = 100;
export const longestRemark = 300;
const fields = { points: 'points', strength: 'strength', next: 'next', answer: 'answer' } as const;

const label = (title: string, component: APIComponentInLabel, description?: string): APILabelComponent => ({
  type: ComponentType.Label,
  label: title,
  ...(description && { description }),
  component,
});

/**
 * First page of the feedback on an answer; four marks more do not fit into one form.
 * @param subject whose answer, as the id says it: 0 in a panel, the answer's place in the written format
 * @param opening of the form, so that a phone does not show what stood in an older one
 */
export function pointsForm(
  { session, index, question, turn }: TurnView,
  { subject, opening, title, before, answer }: PointsForm,
): APIModalInteractionResponseCallbackData {
  const remark = (name: 'strength' | 'next'): APILabelComponent =>
    label(
      formWords.remarks[name],
      {
        type: ComponentType.TextInput,
        custom_id: fields[name],
        style: TextInputStyle.Paragraph,
        max_length: longestRemark,
        required: false,
        ...(before?.[name] && { value: before[name] }),
      },
      formWords.remarkHints[name],
    );
  return {
    custom_id: interviewId('points', session.id, index, subject, opening),
    title,
    components: [
      ...(answer === undefined
        ? []
        : [{ type: ComponentType.TextDisplay as const, content: typedLines(answer, longestShown) }]),
      label(formWords.pointsLabel, {
        type: ComponentType.CheckboxGroup,
        custom_id: fields.points,
        required: false,
        min_values: 0,
        max_values: turn.points,
        options: question.keyPoints.map(({ point }, at) => ({
          ...optionTexts(point),
          value: String(at),
          ...(before?.points.includes(at) && { default: true }),
        })),
      }),
      remark('strength'),
      remark('next'),
    ],
  };
}

export interface PointsForm {
  readonly subject: number;
  readonly opening: string;
  readonly title: string;
  /** What they handed in before. */
  readonly before: InterviewSheet | undefined;
  /** Shown above, in the written format. */
  readonly answer?: string | undefined;
}

/** A longer point goes on in the description. */
function optionTexts(point: string): { label: string; description?: string } {
  const text = point.replaceAll('`', '');
  if (text.length <= longestOption) return { label: text };
  const space = text.lastIndexOf(' ', longestOption);
  const at = space > 0 ? space : longestOption;
  return { label: text.slice(0, at), description: clip(text.slice(at).trim(), longestOption) };
}

/** Second page: four marks from 1 to 4, each with what it means. */
export function marksForm(
  { session, index }: TurnView,
  { subject, opening, before }: Pick<PointsForm, 'subject' | 'opening' | 'before'>,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: interviewId('marks', session.id, index, subject, opening),
    title: formWords.marksTitle,
    components: markNames.map((name) =>
      label(formWords.marks[name].label, {
        type: ComponentType.RadioGroup,
        custom_id: name,
        required: true,
        options: formWords.marks[name].values.map((text, at) => ({
          label: text,
          value: String(at + 1),
          ...(before?.marks?.[name] === at + 1 && { default: true }),
        })),
      }),
    ),
  };
}

/** An answer in words, below the question. */
export function answerForm(
  { session, index, question }: TurnView,
  { opening, before }: { opening: string; before: string | undefined },
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: interviewId('text', session.id, index, opening),
    title: formWords.answerTitle,
    components: [
      { type: ComponentType.TextDisplay, content: promptText(question) },
      label(formWords.answerLabel, {
        type: ComponentType.TextInput,
        custom_id: fields.answer,
        style: TextInputStyle.Paragraph,
        min_length: 1,
        max_length: longestAnswer,
        required: true,
        ...(before !== undefined && { value: before }),
      }),
    ],
  };
}

export function readPoints({ fields: given }: ModalSubmitInteraction) {
  return {
    points: given.getCheckboxGroup(fields.points).map(Number),
    strength: given.getTextInputValue(fields.strength).trim(),
    next: given.getTextInputValue(fields.next).trim(),
  };
}

/** Undefined for a form that a client has made up. */
export function readMarks({ fields: given }: ModalSubmitInteraction): Marks | undefined {
  const entries = markNames.map((name) => [name, Number(given.getRadioGroup(name))] as const);
  const isMark = ([, value]: readonly [string, number]): boolean => [1, 2, 3, 4].includes(value);
  return entries.every(isMark) ? (Object.fromEntries(entries) as unknown as Marks) : undefined;
}

export const readAnswer = ({ fields: given }: ModalSubmitInteraction): string =>
  given.getTextInputValue(fields.answer).trim();
