/**
 * Whether a text names what a phrase stands for. All words of the phrase must occur in one sentence of the text, in
 * any order, and none of them negated ("not", "never", "instead of" … within five words before it and in its
 * clause; two negations cancel out). In a phrase `a|b` are alternatives, `word*` stands for its forms, and words that
 * are joined (`select_related`, `status-code`, `manage.py`) must follow each other. Capitals, punctuation, accents of
 * quotes and plain plurals make no difference.
 */
export function names(text: string, phrase: string): boolean {
  const wanted = parse(phrase);
  return wanted.length > 0 && sentencesOf(text).some((sentence) => has(sentence, wanted));
}

/** Of the weights of all key points, the share of those that are matched: 0 to 1. */
export function matchedShare(
  points: readonly { readonly weight: number }[],
  matched: readonly number[],
): number {
  const sum = (all: readonly { readonly weight: number }[]): number =>
    all.reduce((total, { weight }) => total + weight, 0);
  const total = sum(points);
  return total === 0 ? 0 : sum(points.filter((_, at) => matched.includes(at))) / total;
}

/** Tokens in a row. */
type Run = readonly string[];
/** One word of a phrase: any of these runs will do. */
type Word = readonly Run[];

/** A comma or the like, beyond which no negation reaches. */
const pause = ',';

function parse(phrase: string): Word[] {
  return phrase
    .split(/\s+/)
    .map((word) =>
      word
        .split('|')
        .map((each) => tokens(each, true))
        .filter((run) => run.length > 0),
    )
    .filter((word) => word.length > 0);
}

const sentencesOf = (text: string): Run[] =>
  text.split(/[.!?;…]+(?=[\s"')\]]|$)|\n+/).map((sentence) => tokens(sentence, false));

const token = /[\p{L}\p{N}]+(?:[+'][\p{L}\p{N}]+|\+\+|#)*|[,()—:]/gu;
const formsToken = /[\p{L}\p{N}]+(?:[+'][\p{L}\p{N}]+|\+\+|#)*\*?/gu;

const tokens = (text: string, withForms: boolean): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[–]/g, '—')
    .match(withForms ? formsToken : token)
    ?.map((each) => (/[,()—:]/.test(each) ? pause : each)) ?? [];

const pauses = new Set([pause, 'but', 'because', 'so', 'then', 'since', 'although', 'whereas', 'while']);

function has(sentence: Run, wanted: readonly Word[]): boolean {
  const own = new Set(wanted.flat(2));
  return wanted.every((word) =>
    sentence.some(
      (_, at) => word.some((run) => standsAt(sentence, at, run)) && !isNegated(sentence, at, own),
    ),
  );
}

function standsAt(sentence: Run, at: number, run: Run): boolean {
  let place = at;
  return run.every((word) => {
    // An opening parenthesis or the like may stand between joined words: `get(or create)`.
    while (place > at && sentence[place] === pause) place++;
    return isForm(sentence[place++] ?? '', word);
  });
}

function isForm(given: string, word: string): boolean {
  if (word.endsWith('*')) return given.startsWith(word.slice(0, -1));
  if (given === word || given === `${word}s` || given === `${word}es`) return true;
  return word.endsWith('y') && given === `${word.slice(0, -1)}ies`;
}

/** How many words a negation reaches. */
const reach = 5;
const negations = new Set(['not', 'no', 'never', 'without', 'cannot', 'nor', 'neither', 'nothing', 'none']);

function isNegated(sentence: Run, at: number, own: ReadonlySet<string>): boolean {
  let count = 0;
  for (let place = at - 1; place >= Math.max(0, at - reach); place--) {
    const word = sentence[place] ?? '';
    if (pauses.has(word)) break;
    if (negates(sentence, place) && !own.has(word)) count++;
  }
  return count % 2 === 1;
}

function negates(sentence: Run, place: number): boolean {
  const word = sentence[place] ?? '';
  const next = sentence[place + 1] ?? '';
  if (word === 'instead' || word === 'rather') return next === 'of' || next === 'than';
  if (/^avoid|^refus/.test(word)) return true;
  return (negations.has(word) || word.endsWith("n't")) && next !== 'only' && next !== 'just';
}
