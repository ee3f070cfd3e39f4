import { complain, type Issues } from './complain.js';
import { limits } from './limits.js';
import type { Form } from './question.js';
import type { WrittenOption } from './schema-parts.js';

interface Exhibit {
  readonly title: string;
  readonly text: string;
}

interface Choice {
  readonly form?: Form | undefined;
  readonly code?: string | undefined;
  readonly options: readonly WrittenOption[];
  readonly exhibits?: readonly Exhibit[] | undefined;
}

/** What a card shows of a question of each kind, besides what every question has. */
type OwnParts =
  | (Choice & { readonly kind: 'single-choice' | 'multiple-choice' })
  | { readonly kind: 'true-false' }
  | { readonly kind: 'short-answer'; readonly accepted: readonly string[] }
  | { readonly kind: 'ordering'; readonly steps: readonly string[] }
  | {
      readonly kind: 'open';
      readonly modelAnswer: string;
      readonly keyPoints: readonly { readonly point: string }[];
      readonly redFlags?: readonly { readonly flag: string }[] | undefined;
    };

type Shown = OwnParts & {
  readonly id: string;
  readonly prompt: string;
  readonly code?: string | undefined;
  readonly explanation: string;
  readonly sources: readonly string[];
};

export const optionTexts = (list: readonly WrittenOption[]): string[] =>
  list.map(({ right, wrong }) => right ?? wrong ?? '');

const plainForm = (value: string): string => value.replaceAll('`', '').replace(/[.!]$/, '').trim();

/** Texts that differ in nothing but case, backticks and a full stop are the same to a reader; in code, case counts. */
function readsTheSame(one: string, two: string): boolean {
  const [a, b] = [plainForm(one), plainForm(two)];
  const areCode = one.includes('`') && two.includes('`');
  return areCode ? a === b : a.toLowerCase() === b.toLowerCase();
}

export function checkDistinct<T>(context: Issues<T>, key: string, texts: readonly string[]): void {
  for (const [index, each] of texts.entries()) {
    const first = texts.findIndex((other, at) => at < index && readsTheSame(each, other));
    if (first < 0) continue;
    complain(context, [key, index], {
      message: `number ${index + 1} of \`${key}\` says the same as number ${first + 1}`,
      remedy: 'reword or remove one of the two',
    });
  }
}

export function checkRight<T>(context: Issues<T>, list: readonly WrittenOption[], most: number): void {
  const right = list.filter((each) => each.right !== undefined).length;
  if (right === 0) {
    complain(context, ['options'], {
      message: 'no option is right',
      remedy: 'write the right one as `- right: text`',
    });
  } else if (right > most) {
    complain(context, ['options'], {
      message: `${right} options are right, in a single choice`,
      remedy: 'leave one right option, or make it `kind: multiple-choice`',
    });
  }
}

/** Exhibits belong to the long forms, take the place of code, and fit a card together. */
export function checkExhibits(context: Issues<Choice>): void {
  const { form, exhibits, code } = context.value;
  if (exhibits && form === undefined) {
    complain(context, ['exhibits'], {
      message: 'there are exhibits, but no `form`',
      remedy: 'add `form: review` or `form: incident`, or show one piece as `code`',
    });
  }
  if (exhibits && code !== undefined) {
    complain(context, ['code'], {
      message: 'there are both `code` and `exhibits`',
      remedy: 'make the code one of the exhibits',
    });
  }
  if (form !== undefined && !exhibits && code === undefined) {
    complain(context, ['form'], {
      message: `there is nothing to look at in the ${form}`,
      remedy: 'add `exhibits:` with `title`, `language` and `text`, or `code:`',
    });
  }
  const lines = exhibits?.reduce((sum, { text }) => sum + text.split('\n').length, 0) ?? 0;
  if (lines > limits.exhibitLines) {
    complain(context, ['exhibits'], {
      message: `the exhibits have ${lines} lines together`,
      remedy: `cut what the question does not need: at most ${limits.exhibitLines} lines`,
    });
  }
}

export function checkCard(context: Issues<Shown>): void {
  const { id, prompt, code, explanation, sources } = context.value;
  let length = prompt.length + (code?.length ?? 0) + explanation.length;
  for (const each of sources) length += each.length;
  for (const each of ownTexts(context.value)) length += each?.length ?? 0;
  if (length > limits.card) {
    complain(context, ['id'], {
      message: `the texts of \`${id}\` have ${length} characters together, at most ${limits.card} fit a card`,
      remedy: 'shorten the explanation, the options or the code',
    });
  }
}

/** What a revealed card shows besides the texts that every question has; right options come twice. */
function* ownTexts(value: OwnParts): Generator<string | undefined> {
  switch (value.kind) {
    case 'single-choice':
    case 'multiple-choice':
      for (const { right, wrong, why } of value.options) yield* [right, right, wrong, why];
      for (const { title, text } of value.exhibits ?? []) yield* [title, text];
      break;
    case 'true-false':
      break;
    case 'short-answer':
      yield* value.accepted;
      break;
    case 'ordering':
      yield* [...value.steps, ...value.steps];
      break;
    case 'open':
      yield value.modelAnswer;
      for (const { point } of value.keyPoints) yield point;
      for (const { flag } of value.redFlags ?? []) yield flag;
  }
}
