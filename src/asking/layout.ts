import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import type { Answer, Question, QuestionKind } from '../bank/question.js';
import { type Button, button, text } from '../discord/components.js';
import { bar } from '../discord/figures.js';
import { codeSpan, cut } from '../discord/text.js';
import { type Asked, letters, rightPicks, shownTexts, toShown } from './asked.js';
import { versionsText } from './versions.js';
import { chooseLabel, orderLabel, rightWord, wrongWord } from './words.js';

/** Accents of what tells somebody whether they were right; words say it beside them. No other accent is red or green. */
export const verdictColours = { right: 0x3ba55d, wrong: 0xed4245 } as const;

export const kindNames: Readonly<Record<QuestionKind, string>> = {
  'single-choice': 'single choice',
  'multiple-choice': 'multiple choice',
  'true-false': 'true or false',
  'short-answer': 'short answer',
  ordering: 'ordering',
  open: 'open question',
};

/** `### Query performance · intermediate · single choice`; of the long forms their own name: `… · review`. */
export function heading(question: Question, topicTitle: string, prefix = ''): string {
  const form = 'form' in question ? question.form : undefined;
  return `### ${prefix}${topicTitle} · ${question.level} · ${form ?? kindNames[question.kind]}`;
}

/** The question's prompt, with its code or exhibits. */
export const promptText = (question: Question): string =>
  [question.prompt.trim(), ...piecesOf(question)].join('\n');

/** The question's prompt, code or exhibits, lettered options, and for which releases it holds. */
export function questionText(
  question: Question,
  asked: Asked,
  show: { readonly options: boolean } = { options: true },
): APIComponentInContainer[] {
  const parts = [text(promptText(question))];
  if (!show.options) return parts;
  const options = shownTexts(question, asked);
  // True and false are said by their buttons.
  if (options.length > 0 && question.kind !== 'true-false')
    parts.push(text(options.map((option, index) => `**${letters[index]}**  ${option}`).join('\n')));
  const small = [versionsText(question.versions), hints[question.kind]].filter((each) => each);
  if (small.length > 0) parts.push(text(small.map((each) => `-# ${each}`).join('\n')));
  return parts;
}

/** The code, or the exhibits under their titles, as blocks of code. */
function piecesOf(question: Question): string[] {
  const { code } = question;
  const exhibits = 'exhibits' in question ? (question.exhibits ?? []) : [];
  const block = (language: string, content: string): string =>
    `\`\`\`${language}\n${content.trimEnd()}\n\`\`\``;
  return [
    ...(code ? [block(code.language, code.text)] : []),
    ...exhibits.map(({ title, language, text: content }) => `**${title}**\n${block(language, content)}`),
  ];
}

const hints: Partial<Record<QuestionKind, string>> = {
  'multiple-choice': 'Several options can be right: choose all of them.',
  ordering: 'Put all of them in the right order.',
  'short-answer': 'Answer with a word, a name or a number.',
  open: 'Answer in a few sentences, as you would in an interview.',
};

/** True for kinds that take their answer in a form instead of by letters. */
export const takesText = (kind: QuestionKind): boolean => kind === 'short-answer' || kind === 'open';

/** Custom ids of answer buttons; without `choose`, several letters are pressed one by one. */
export interface AnswerButtonIds {
  letter(shown: number): string;
  readonly choose?: string;
  readonly form: string;
}

/** What stands on the button of an option, and names it: a letter, or True and False. */
export const labelOf = (question: Question, shown: number): string =>
  question.kind === 'true-false' ? (question.options[shown]?.text ?? '') : letters.charAt(shown);

/** The buttons with which a question is answered: letters, or one that opens a picker or a form. */
export function answerButtons(question: Question, asked: Asked, ids: AnswerButtonIds): Button[] {
  const { kind } = question;
  const opens = (label: string, id: string) => [button(label, id, { style: ButtonStyle.Primary })];
  if (takesText(kind)) return opens('Answer', ids.form);
  if (ids.choose && kind === 'multiple-choice') return opens(chooseLabel, ids.choose);
  if (ids.choose && kind === 'ordering') return opens(orderLabel, ids.choose);
  return letterButtons(question, asked, ids);
}

const letterButtons = (question: Question, asked: Asked, ids: AnswerButtonIds): Button[] =>
  asked.order.map((_, shown) => button(labelOf(question, shown), ids.letter(shown)));

/**
 * The letter buttons of a card that takes no answers any more, the right ones in green.
 * @param own the answer of whoever the card is for alone: what is wrong in it is red
 */
export function closedButtons(
  question: Question,
  asked: Asked,
  ids: AnswerButtonIds,
  own?: Answer | undefined,
): Button[] {
  const isOrdering = question.kind === 'ordering';
  const right = new Set(isOrdering ? [] : toShown(asked, rightPicks(question)));
  const chosen = new Set(own && 'picks' in own && !isOrdering ? toShown(asked, own.picks) : []);
  const { letter, form } = ids;
  return answerButtons(question, asked, { letter, form }).map((one, shown) => ({
    ...one,
    disabled: true,
    ...(chosen.has(shown) && { style: ButtonStyle.Danger }),
    ...(right.has(shown) && { style: ButtonStyle.Success }),
  }));
}

/** More of what somebody typed does not help to recognise it. */
const longestTyped = 300;

/** The right answer in words, with its letters where it has some: `**B**  One query`. */
export function rightAnswerText(question: Question, asked: Asked): string {
  switch (question.kind) {
    case 'short-answer':
      // Accepted answers are plain text, e.g. `__init__`, which Markdown would underline.
      return codeSpan(question.accepted[0] ?? '', longestTyped);
    case 'open':
      return question.modelAnswer.trim();
    default:
      return answerText(question, asked, { picks: rightPicks(question) });
  }
}

/** An answer in words, as it stood on the card. */
export function answerText(question: Question, asked: Asked, answer: Answer): string {
  if ('text' in answer) return codeSpan(answer.text, longestTyped);
  const texts = shownTexts(question, asked);
  const shown = toShown(asked, answer.picks);
  if (question.kind === 'ordering') return shown.map((index) => `**${letters[index]}**`).join(' → ');
  if (question.kind === 'true-false') return shown.map((index) => `**${texts[index] ?? ''}**`).join('\n');
  return [...shown]
    .sort((a, b) => a - b)
    .map((index) => `**${letters[index]}**  ${texts[index] ?? ''}`)
    .join('\n');
}

/** Why the wrong options of an answer are wrong, a line each where the bank says so; empty otherwise. */
export function whyWrongText(question: Question, asked: Asked, answer: Answer): string {
  if (!('options' in question) || !('picks' in answer)) return '';
  return answer.picks
    .flatMap((pick) => {
      const why = question.options[pick]?.why;
      return why ? [`**${labelOf(question, asked.order.indexOf(pick))}**: ${why}`] : [];
    })
    .join('\n');
}

/** Why the wrong option that was chosen most is wrong; undefined where nobody chose one, or the bank does not say. */
export function commonMistakeText(
  question: Question,
  asked: Asked,
  answers: Iterable<Answer>,
): string | undefined {
  if (!('options' in question)) return undefined;
  const counts = question.options.map(() => 0);
  for (const answer of answers)
    if ('picks' in answer)
      for (const pick of answer.picks)
        if (!question.options[pick]?.right) counts[pick] = (counts[pick] ?? 0) + 1;
  const most = Math.max(...counts);
  return most > 0 ? whyWrongText(question, asked, { picks: [counts.indexOf(most)] }) || undefined : undefined;
}

/**
 * Whether an answer was right, with why its wrong options are wrong.
 * @param as.alone where the question does not stand above: with the texts of what was chosen
 */
export function verdictText(
  question: Question,
  asked: Asked,
  { answer, right }: { readonly answer: Answer; readonly right: boolean },
  as: { readonly alone: boolean } = { alone: false },
): string {
  const own = as.alone
    ? cut(answerText(question, asked, answer), longestTyped)
    : answerLetters(question, asked, answer);
  const why = right ? '' : whyWrongText(question, asked, answer);
  return `${right ? rightWord : wrongWord} Your answer: ${own}${why && `\n${why}`}`;
}

/** Only the letters of an answer, e.g. `A, C` or `B → A → C`. */
export function answerLetters(question: Question, asked: Asked, answer: Answer): string {
  if ('text' in answer) return answerText(question, asked, answer);
  const shown = toShown(asked, answer.picks);
  if (question.kind === 'ordering') return shown.map((index) => letters[index]).join(' → ');
  return [...shown]
    .sort((a, b) => a - b)
    .map((index) => labelOf(question, index))
    .join(', ');
}

/** The steps of an ordering in their right order, each with the letter that it had on the card. */
function orderedSteps(question: Question, asked: Asked): string | undefined {
  if (question.kind !== 'ordering') return undefined;
  return question.steps
    .map((step, index) => `${index + 1}. **${letters[asked.order.indexOf(index)]}**  ${step}`)
    .join('\n');
}

/** The answer, why, where to read on, and in small print the question's id, so that people can speak of it. */
export function solutionText(question: Question, asked: Asked): APIComponentInContainer[] {
  const parts = [text(`**Answer**\n${orderedSteps(question, asked) ?? rightAnswerText(question, asked)}`)];
  if (question.kind === 'open')
    parts.push(text(question.keyPoints.map(({ point }) => `- ${point}`).join('\n')));
  parts.push(text(`${question.explanation.trim()}\n${sourceLinks(question)}\n-# ${question.id}`));
  return parts;
}

export function sourceLinks(question: Question): string {
  return question.sources
    .map((url, index) => `[Source${index ? ` ${index + 1}` : ''}](<${url}>)`)
    .join(' · ');
}

/** How the answers were spread over the letters, one bar a letter: `**A** ▰▰▱▱▱ 2`. */
export function spreadText(question: Question, asked: Asked, answers: Iterable<Answer>): string | undefined {
  const counts = asked.order.map(() => 0);
  let total = 0;
  for (const answer of answers) {
    total++;
    if (!('picks' in answer)) continue;
    for (const shown of toShown(asked, answer.picks)) counts[shown] = (counts[shown] ?? 0) + 1;
  }
  if (total === 0 || question.kind === 'ordering' || counts.length === 0) return undefined;
  const widest = Math.max(...counts.map((_, shown) => labelOf(question, shown).length));
  return counts
    .map(
      (count, shown) =>
        `\`${labelOf(question, shown).padEnd(widest)} ${bar(count / total, barCells)}\` ${count}`,
    )
    .join('\n');
}

const barCells = 10;
