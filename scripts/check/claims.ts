import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { JudgedFault, Outcomes } from './judged.js';

/** What is wrong with options' proofs before anything is run. */
export function optionClaimFaults(question: WrittenQuestion): JudgedFault[] {
  if (!('options' in question)) return [];
  return question.options.flatMap(({ wrong, why = '', verify }, index) => {
    if (!verify) return [];
    const path = ['options', index, 'verify'];
    const { raises } = verify;
    if (raises !== undefined && wrong !== undefined && !says(`${wrong} ${why}`, raises)) {
      const message = `option ${index + 1} fails with ${raises}, which neither it nor its why says`;
      return [...emptyFaults(verify, path), { path, message, remedy: `name \`${raises}\` in the why` }];
    }
    return emptyFaults(verify, path);
  });
}

/** What is wrong with claims before anything is run: each quotes what it proves. */
export function statementFaults(question: WrittenQuestion): JudgedFault[] {
  const text = flat(reasonsOf(question).join(' '));
  return (question.claims ?? []).flatMap((claim, index) => {
    const path = ['claims', index];
    if (text.includes(flat(claim.says))) return groundlessFaults(claim, path);
    const message = `claim ${index + 1} quotes "${claim.says}", which stands in no explanation or why`;
    return [{ path: [...path, 'says'], message, remedy: 'quote it word for word, as far as it is proven' }];
  });
}

/** A claim is run, or cites a page; a page is no proof of what could be run and is not both. */
function groundlessFaults(
  claim: Outcomes & { readonly code?: string | undefined; readonly cites?: string | undefined },
  path: readonly (string | number)[],
): JudgedFault[] {
  if (claim.code !== undefined) return emptyFaults(claim, path);
  if (claim.cites !== undefined) return [];
  const remedy = 'add `code:` with what it prints, or `cites:` with a page for what cannot be run here';
  return [{ path: [...path], message: 'the claim has neither code nor a page', remedy }];
}

function emptyFaults({ prints, raises }: Outcomes, path: readonly (string | number)[]): JudgedFault[] {
  if (prints !== undefined || raises !== undefined) return [];
  const remedy = 'add what it `prints`, or the exception that it `raises`';
  return [{ path, message: 'the proof claims nothing', remedy }];
}

/** The explanation, the whys of wrong options, and what a model answer says. */
export function reasonsOf(question: WrittenQuestion): string[] {
  const whys = 'options' in question ? question.options.flatMap(({ why }) => why ?? []) : [];
  return [question.explanation, ...whys, ...(question.kind === 'open' ? [question.modelAnswer] : [])];
}

export const flat = (text: string): string => text.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim();

const says = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
