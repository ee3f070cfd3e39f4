import type { Finding, Placed } from './finding.js';
import { changedAnswers, type Ids } from './ids.js';
import { brokenLadders } from './ladders.js';
import { leaks } from './leaks.js';
import { type KnownPages, onlyInOneRelease } from './links.js';
import { weakRubrics } from './rubrics.js';
import { unproven } from './unproven.js';
import { oddWords, unnamedVersions, wideOptions } from './words.js';

/** A check of single questions. Its findings are faults of reviewed questions; others are still to be worked off. */
export interface Gate {
  /** What it finds, in the plural, for counts. */
  readonly finds: string;
  readonly findings: readonly Finding[];
}

export interface Known {
  readonly pages: KnownPages;
  readonly ids: Ids | undefined;
}

/** Those that need nothing to be run. */
export function gates(all: readonly Placed[], { pages, ids }: Known): Gate[] {
  return [
    { finds: 'statements without a proof', findings: unproven(all) },
    { finds: 'answers that another question tells', findings: leaks(all) },
    { finds: 'weak rubrics', findings: weakRubrics(all) },
    { finds: 'odd words', findings: oddWords(all) },
    { finds: 'options with wide code', findings: wideOptions(all) },
    { finds: 'stems with a release that `versions` lacks', findings: unnamedVersions(all) },
    { finds: 'links that one release lacks', findings: onlyInOneRelease(all, pages) },
    { finds: 'broken ladders', findings: brokenLadders(all) },
    { finds: 'changed answers', findings: ids ? changedAnswers(all, ids) : [] },
  ];
}

/** Of a gate's findings, the faults; all of them where the plan is strict. */
export const hard = ({ findings }: Gate, strict: boolean): Finding[] =>
  findings.filter(({ question }) => strict || question.reviewed !== undefined);

export const soft = ({ findings }: Gate, strict: boolean): Finding[] =>
  findings.filter(({ question }) => !strict && question.reviewed === undefined);

/** `12 odd words, 3 weak rubrics`; empty where nothing is left. */
export const tally = (some: readonly Gate[], strict: boolean): string =>
  some
    .flatMap((gate) => {
      const { length } = soft(gate, strict);
      return length === 0 ? [] : [`${length} ${gate.finds}`];
    })
    .join(', ');
