import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';
import { asksForOutcome, tellsOutcome } from './judge.js';
import { ProofCache } from './proof-cache.js';
import { holdsFor } from './proofs.js';
import { proofsOf } from './proofs-of.js';
import { type Machine, type Outcome, programFolder, type Snippet } from './runner.js';
import { shownText } from './shown.js';

const variantSchema = z.object({
  fact: z.string(),
  name: z.string(),
  value: z.string(),
  setup: z.string(),
  code: z.string(),
});
/** What is run, with one fact changed that is not on show; `name` and `value` are what stood there. */
export type Variant = z.infer<typeof variantSchema>;

const answerSchema = z.object({ id: z.string(), variants: z.array(variantSchema) });

/** A snippet, and whether its code is hidden from the taker as its set-up is. */
type Veiled = Snippet & { readonly hidden: boolean };

/** Variants of each snippet, by the snippet's id. */
export async function variantsOf(
  python: string,
  snippets: readonly Veiled[],
): Promise<Map<string, Variant[]>> {
  const child = spawn(python, [join(programFolder, 'mutate.py')]);
  const exited = once(child, 'close');
  child.stdin.end(JSON.stringify(snippets));
  const [[code], out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`mutate.py ended with ${code}:\n${errors}`);
  const answers = out.split('\n').filter((line) => line !== '');
  return new Map(
    answers.map((line) => answerSchema.parse(JSON.parse(line))).map(({ id, variants }) => [id, variants]),
  );
}

interface Trial {
  readonly place: Placed;
  readonly variant: Variant;
  readonly snippet: Snippet;
}

/**
 * Facts that stand only in the set-up of a proof and decide the answer: with another one, what is run ends otherwise,
 * and neither prompt nor code nor exhibits tell which one it is. Tried on the newest machine of each ground.
 */
export async function hiddenPremises(
  all: readonly Placed[],
  machines: readonly Machine[],
): Promise<Finding[]> {
  const cache = await ProofCache.open();
  const found: Finding[] = [];
  for (const ground of ['django', 'python'] as const) {
    const machine = machines.findLast((each) => each.ground === ground);
    if (machine) found.push(...(await hiddenOn(machine, all, cache)));
  }
  cache.save();
  return found;
}

async function hiddenOn(machine: Machine, all: readonly Placed[], cache: ProofCache): Promise<Finding[]> {
  const answers = all.flatMap((place) => {
    const proof = place.question.verify && proofsOf(place.question)[0];
    return proof && proof.ground === machine.ground && holdsFor(place.question, machine)
      ? [{ place, snippet: { ...proof.snippet, hidden: place.question.verify?.code !== undefined } }]
      : [];
  });
  const variants = await variantsOf(
    machine.python,
    answers.map(({ snippet }) => snippet),
  );
  const trials = answers.flatMap(({ place, snippet }) =>
    (variants.get(snippet.id) ?? [])
      .filter((variant) => !isNeutral(variant, place.question) && !isShown(variant, place.question))
      .map(
        (variant, at): Trial => ({
          place,
          variant,
          snippet: { id: `${snippet.id}/variant-${at}`, setup: variant.setup, code: variant.code },
        }),
      ),
  );
  const tried = [...answers.map(({ snippet }) => snippet), ...trials.map(({ snippet }) => snippet)];
  const outcomes = await cache.run(machine, tried);
  return trials.flatMap(({ place, variant, snippet }) => {
    const [before, after] = [outcomes.get(place.question.id), outcomes.get(snippet.id)];
    if (!before || !after || !isEvidence(variant, place.question, before) || !differs(before, after, variant))
      return [];
    return [findingOf(place, variant, after)];
  });
}

function findingOf(place: Placed, { fact, name, value }: Variant, after: Outcome): Finding {
  const what =
    fact === 'no ordering'
      ? 'that no model has an ordering, which'
      : `\`${name}\`${value && ` (${value})`}, a ${fact} that`;
  const ends = after.raised ?? JSON.stringify(after.printed.trim());
  return {
    ...place,
    path: ['verify'],
    message: `\`${place.question.id}\`: the answer hangs on ${what} only the proof has; otherwise it is ${ends}`,
    remedy: `say it in the prompt or show it in the code; if it is only part of the experiment, \`neutral: [${name}]\``,
  };
}

/**
 * The outcome is what is asked for, or what the right option tells. Where it is only evidence, as in most multiple
 * choices, other numbers would change it and not the answer.
 */
function isEvidence({ fact }: Variant, question: WrittenQuestion, outcome: Outcome): boolean {
  if (!fact.startsWith('number')) return true;
  if (asksForOutcome(question)) return true;
  if (question.kind !== 'single-choice') return false;
  return question.options.some(({ right }) => right !== undefined && tellsOutcome(right, outcome));
}

/** A variant that only breaks what is run shows nothing. */
const broken = /setup|stopped|^(?:NameError|ImproperlyConfigured|FieldError|SyntaxError)$/;

const brokenElsewhere = /^(?:TypeError|AttributeError|KeyError)$/;

const differs = (before: Outcome, after: Outcome, { fact }: Variant): boolean =>
  !broken.test(after.raised ?? '') &&
  (fact === 'field option' || !brokenElsewhere.test(after.raised ?? '')) &&
  (before.raised !== after.raised || before.printed !== after.printed);

const synonyms: Readonly<Record<string, RegExp>> = {
  ordering: /\border|\bsorted|\bnewest|\blatest|\boldest/i,
  order_by: /\border|\bsorted|\bnewest|\blatest|\boldest/i,
  null: /\bnull|\boptional|\bmay be empty|\bwithout a\b|\bno\b/i,
  blank: /\bblank|\bempty|\boptional/i,
  unique: /\bunique|\btwice|\bduplicate|\bsame\b/i,
  required: /\brequired|\boptional|\bleft out|\bmissing/i,
  default: /\bdefault/i,
  max_length: /\blength|\blong|\bcharacters/i,
  enforce_csrf_checks: /\bbrowser|enforce_csrf_checks|\bCSRF checks/i,
};

const numberWords = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The proof's author says that it is no premise, but part of what is tried. */
const isNeutral = ({ name }: Variant, { verify }: WrittenQuestion): boolean =>
  verify?.neutral?.includes(name) ?? false;

/** Whether prompt, code, exhibits or options tell the fact: by name, by words for it or of it, or by the number. */
export function isShown({ fact, name, value }: Variant, question: WrittenQuestion): boolean {
  const shown = `${shownText(question)}\n${optionsText(question)}`;
  // The test's own client is a browser to the taker, unless it is on show.
  if (fact === 'client') return synonyms[name]?.test(shown) || !/\bclient\b/i.test(shownText(question));
  if (synonyms[name]?.test(shown)) return true;
  if (fact !== 'number of rows' && saysWords(shown, name)) return true;
  if (fact === 'setting' && (value.match(/[A-Za-z_]{6,}/g) ?? []).some((word) => saysWords(shown, word)))
    return true;
  if (!/^\d+$/.test(value)) return false;
  // A number on offer tells nothing: it is what has to be found out.
  const told = shown.replaceAll(/^`?-?\d[\d., ]*`?$/gm, '');
  const word = numberWords[Number(value)];
  return new RegExp(
    `(?<![\\d.])${value}(?!\\d|\\.\\d)${word === undefined ? '' : `|\\b${word}\\b`}`,
    'i',
  ).test(told);
}

function saysWords(shown: string, name: string): boolean {
  const lower = shown.toLowerCase();
  return name
    .toLowerCase()
    .split('_')
    .every((word) => lower.includes(word));
}

function optionsText(question: WrittenQuestion): string {
  if (!('options' in question)) return '';
  return question.options.map(({ right, wrong = '' }) => right ?? wrong).join('\n');
}
