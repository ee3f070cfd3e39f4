import type { WrittenQuestion } from '../../src/bank/schema.js';
import { type Finding, type Placed, textsOf } from './finding.js';

/** Words to avoid, and what the field says. */
const avoided: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bdearer\b/i, 'more expensive, or slower'],
  [/\bCPU lock\b/i, 'GIL'],
  [
    /\b(?:HTTP|server's|view's|API|error|empty|late|JSON) answers?\b(?! (?:with|every|all|the|each|only|to|is|are))/i,
    'response',
  ],
  [/\banswers? (?:with )?(?:a )?(?:status )?[2-5]\d\d\b/i, 'responds with, returns'],
  [/\bround brackets?\b|\bbrackets\b(?= around the call)/i, 'parentheses'],
  [/\bquery ?sets? asks?\b|\bit asks the database\b/i, 'is evaluated, runs a query'],
  [
    /\b(?:Pick|Choose|Select|Mark|Tick) all\b|\b(?:pick|choose|select) (?:all|every one|everything) that appl(?:y|ies)\b/,
    'nothing: the card says so',
  ],
  [/\ball of the above\b|\bnone of the above\b/i, 'the facts themselves'],
  [/\bdata base\b/i, 'database'],
];

/** Words that the field does not use. */
export function oddWords(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) =>
    [...textsOf(place.question)].flatMap(({ path, text }) =>
      avoided.flatMap(([word, instead]) => {
        const found = word.exec(withoutCode(text))?.[0];
        if (found === undefined) return [];
        const message = `\`${place.question.id}\` says "${found}"`;
        return [{ ...place, path, message, remedy: `say ${instead}` }];
      }),
    ),
  );
}

const withoutCode = (text: string): string => text.replaceAll(/`[^`]*`/g, '`');

/** A phone shows so many columns of code in a line. */
const mostColumns = 48;

/** Code in options that breaks in the middle on a phone. */
export function wideOptions(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) =>
    answersOf(place.question).flatMap(({ path, text }) => {
      const wide = [...text.matchAll(/`([^`]+)`/g)].find(([, code = '']) => code.length > mostColumns)?.[1];
      if (wide === undefined) return [];
      const message = `\`${place.question.id}\` has ${wide.length} columns of code in an option`;
      const remedy = `at most ${mostColumns}: shorten names, show what is common as \`code\`, or name the parts`;
      return [{ ...place, path, message, remedy }];
    }),
  );
}

function answersOf(question: WrittenQuestion): { path: (string | number)[]; text: string }[] {
  if ('options' in question)
    return question.options.map(({ right, wrong = '' }, index) => ({
      path: ['options', index],
      text: right ?? wrong,
    }));
  if ('steps' in question) return question.steps.map((text, index) => ({ path: ['steps', index], text }));
  return [];
}

/** A stem that speaks of one release, in a question for all of them. */
export function unnamedVersions(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => {
    const { prompt, versions, id } = place.question;
    const named = /\b(Django|DRF|Python|PostgreSQL) (\d+(?:\.\d+)?)\b/.exec(prompt);
    if (!named || versions !== undefined) return [];
    const [release, product = '', version = ''] = named;
    const message = `the prompt of \`${id}\` speaks of ${release}, but the question is for all releases`;
    const remedy = `add \`versions: { ${product.toLowerCase()}: ">=${version}" }\`, or leave the release out`;
    return [{ ...place, path: ['prompt'], message, remedy }];
  });
}
