import type { Fault } from '../../src/bank/faults.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { type Django, runSnippets, type Versions } from './django.js';
import { type Finding, located, type Placed, placed } from './finding.js';
import { claimFaults, type JudgedFault, judge, snippetOf } from './judge.js';
import { inRange } from './versions.js';

export interface Proofs {
  readonly faults: Fault[];
  /** For people: what was run, and what was not. */
  readonly lines: string[];
}

/** Runs what the questions claim on each of these Djangos, one after the other. */
export async function prove(topics: readonly TopicSource[], djangos: readonly Django[]): Promise<Proofs> {
  const claims = placed(topics);
  const faults: Fault[] = [];
  const lines: string[] = [];
  for (const claim of claims) faults.push(...(await located(of(claim, claimFaults(claim.question)))));
  for (const django of djangos) {
    const result = await proveOn(django, claims);
    faults.push(...result.faults);
    lines.push(...result.lines);
  }
  return { faults, lines };
}

async function proveOn(django: Django, claims: readonly Placed[]): Promise<Proofs> {
  const proved = claims.filter(({ question }) => question.verify !== undefined);
  const [meant, others] = parted(proved, ({ question }) => holdsFor(question, django.versions));
  const outcomes = await runSnippets(
    django,
    meant.flatMap(({ question }) => snippetOf(question) ?? []),
  );
  const name = nameOf(django.versions);
  const faults: Fault[] = [];
  let held = 0;
  for (const claim of meant) {
    const outcome = outcomes.get(claim.question.id);
    if (!outcome) throw new Error(`No outcome of ${claim.question.id} on ${name}`);
    const found = judge(claim.question, outcome).map((fault) => ({
      ...fault,
      message: `${fault.message}, on Django ${django.versions.django}`,
    }));
    if (found.length === 0) held++;
    faults.push(...(await located(of(claim, found))));
  }
  const skipped = others.map(({ question }) => question.id).join(', ');
  return {
    faults,
    lines: [
      `Proofs on ${name}: ${held} of ${meant.length} hold${skipped && `; ${others.length} are about other versions (${skipped})`}.`,
    ],
  };
}

const nameOf = ({ django, drf, python }: Versions): string =>
  `Django ${django}, DRF ${drf}, Python ${python}`;

const holdsFor = ({ versions: ranges = {} }: WrittenQuestion, versions: Versions): boolean =>
  Object.entries(ranges).every(([name, range]) => inRange(versions[name as keyof Versions] ?? '0', range));

function parted<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

const of = (claim: Placed, faults: readonly JudgedFault[]): Finding[] =>
  faults.map((fault) => ({ ...claim, ...fault, message: `\`${claim.question.id}\`: ${fault.message}` }));
