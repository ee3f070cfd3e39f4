import type { Finding, Placed } from './finding.js';
import { brokenLadders } from './ladders.js';
import { leaks } from './leaks.js';
import { type KnownPages, onlyInOneRelease } from './links.js';
import { weakRubrics } from './rubrics.js';
import { unproven } from './unproven.js';
import { unrunOptions } from './unrun.js';
import { oddWords, unnamedVersions, wideOptions } from './words.js';

/** A check of single questions. Its findings are faults of reviewed questions; others are still to be worked off. */
export interface Gate {
  /** What it finds, in the plural, for counts. */
  readonly finds: string;
  readonly findings: readonly Finding[];
  /** True: no faults of reviewed questions either, until the plan is strict. */
  readonly onlyStrict?: boolean;
}

/** Those that need nothing to be run. */
export function gates(all: readonly Placed[], pages: KnownPages): Gate[] {
  return [
    { finds: 'statements without a proof', findings: unproven(all) },
    { finds: 'options that nothing runs', findings: unrunOptions(all), onlyStrict: true },
    { finds: 'answers that another question tells', findings: leaks(all) },
    { finds: 'weak rubrics', findings: weakRubrics(all) },
    { finds: 'odd words', findings: oddWords(all) },
    { finds: 'options with wide code', findings: wideOptions(all) },
    { finds: 'stems with a release that `versions` lacks', findings: unnamedVersions(all) },
    { finds: 'links that one release lacks', findings: onlyInOneRelease(all, pages) },
    { finds: 'broken ladders', findings: brokenLadders(all) },
  ];
}

const isFault = ({ onlyStrict }: Gate, strict: boolean, { question }: Finding): boolean =>
  strict || (!onlyStrict && question.reviewed !== undefined);

/** Of a gate's findings, the faults; all of them where the plan is strict. */
export const hard = (gate: Gate, strict: boolean): Finding[] =>
  gate.findings.filter((finding) => isFault(gate, strict, finding));

export const soft = (gate: Gate, strict: boolean): Finding[] =>
  gate.findings.filter((finding) => !isFault(gate, strict, finding));

/** `12 odd words, 3 weak rubrics`; empty where nothing is left. */
export const tally = (some: readonly Gate[], strict: boolean): string =>
  some
    .flatMap((gate) => {
      const { length } = soft(gate, strict);
      return length === 0 ? [] : [`${length} ${gate.finds}`];
    })
    .join(', ');
