import type { WrittenQuestion } from '../../src/bank/schema.js';
import { flat } from './claims.js';
import type { Finding, Placed } from './finding.js';
import { proofsOf } from './proofs-of.js';
import { sentencesOf } from './sentences.js';
import { shownText } from './shown.js';

/** What makes a statement one that has to be proven. */
export type Reason = 'code' | 'number' | 'absolute';

export interface Statement {
  readonly path: readonly (string | number)[];
  readonly sentence: string;
  readonly reason: Reason;
}

/**
 * Statements of the explanation and the whys that say what code does, how many, or always, never, only, nothing,
 * and that nothing proves: no claim quotes them, and what is run has neither their calls nor their numbers.
 */
export function unprovenStatements(question: WrittenQuestion): Statement[] {
  const quoted = (question.claims ?? []).map(({ says }) => flat(says));
  const ran = ranText(question);
  const shown = shownText(question);
  return reasonsWithPaths(question).flatMap(({ path, text }) =>
    sentencesOf(text).flatMap((sentence) => {
      const plain = flat(sentence);
      if (quoted.some((says) => plain.includes(says) || says.includes(plain))) return [];
      const reason = reasonFor(sentence, { ran, shown, isWhy: path[0] === 'options' });
      // The explanation of an open question weighs and advises.
      if (question.kind === 'open' && reason !== 'code') return [];
      return reason ? [{ path, sentence, reason }] : [];
    }),
  );
}

export function unproven(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) =>
    unprovenStatements(place.question).map(({ path, sentence, reason }) => ({
      ...place,
      path,
      message: `\`${place.question.id}\` says without a proof (${why[reason]}): "${sentence}"`,
      remedy:
        'add a claim that quotes it and runs it (or `cites` a page, where it cannot be run), or say less',
    })),
  );
}

const why: Readonly<Record<Reason, string>> = {
  code: 'code that is not run',
  number: 'a number',
  absolute: 'always, never, only, nothing',
};

/** A right option's reasons are in the explanation; model answers are opinions. */
function reasonsWithPaths(question: WrittenQuestion): { path: (string | number)[]; text: string }[] {
  const whys =
    'options' in question
      ? question.options.flatMap(({ why: text }, index) =>
          text === undefined ? [] : [{ path: ['options', index, 'why'], text }],
        )
      : [];
  return [{ path: ['explanation'], text: question.explanation }, ...whys];
}

function ranText(question: WrittenQuestion): string {
  const claimed = [question.verify, ...(question.claims ?? [])].flatMap((each) => each?.prints ?? []);
  const run = proofsOf(question).map(({ snippet }) => `${snippet.setup}\n${snippet.code}`);
  return [...run, ...claimed].join('\n');
}

interface Around {
  readonly ran: string;
  readonly shown: string;
  readonly isWhy: boolean;
}

function reasonFor(sentence: string, { ran, shown, isWhy }: Around): Reason | undefined {
  if (callsIn(sentence).some((call) => !ran.includes(call))) return 'code';
  const prose = sentence.replaceAll(/`+[^`]*`+/g, ' ');
  if (numbersIn(prose).some((number) => !new RegExp(`(?<!\\d)${number}(?!\\d)`).test(`${ran}\n${shown}`)))
    return 'number';
  // A why is proven by the run that shows its option to be wrong; the answer's run proves much of the rest.
  if (/\b(?:always|never|only|nothing)\b/i.test(prose) && ran === '') return 'absolute';
  if (/\b(?:always|never)\b/i.test(prose) && !isWhy) return 'absolute';
  return undefined;
}

/** Names that a sentence calls with arguments: `filter(pk=1)`; an empty call is only a name. */
function callsIn(sentence: string): string[] {
  const spans = sentence.match(/`+[^`]*`+/g) ?? [];
  return spans.flatMap((span) =>
    [...span.matchAll(/([\w.]*\w)\((?=[^)])/g)].map(([, name = '']) => name.split('.').at(-1) ?? ''),
  );
}

/** Of two digits at least; neither releases, nor statuses, nor years, nor times of day. */
function numbersIn(prose: string): string[] {
  const plain = prose.replaceAll(
    /\b(?:Django|DRF|Python|PostgreSQL|SQLite|RFC|PEP|HTTP|ticket|since|in|before|until) #?\d[\d.]*/gi,
    ' ',
  );
  return [...plain.matchAll(/(?<![\d.:/-])\d{2,}(?:,\d{3})*(?![\d.:/%-]\d)/g)]
    .map(([number]) => number)
    .filter((number) => !/^[1-5]\d\d$/.test(number) && !/^(?:19|20)\d\d$/.test(number));
}
