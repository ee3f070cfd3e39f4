import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { ProofGround } from '../../src/bank/schema-proofs.js';
import { judge } from './judge.js';
import { claimedFault, type JudgedFault, type Outcomes } from './judged.js';
import type { Outcome, Snippet } from './runner.js';

/** Something of a question that is run. */
export interface Proof {
  readonly ground: ProofGround;
  /** Its id is the question's, and a suffix for options and claims: `some-question/option-2`. */
  readonly snippet: Snippet;
  /** What the outcome shows to be wrong. */
  faults(outcome: Outcome): JudgedFault[];
}

/** All that is run of a question: its answer, options with a proof of their own, and claims. */
export function proofsOf(question: WrittenQuestion): Proof[] {
  return [...answerProof(question), ...optionProofs(question), ...claimProofs(question)];
}

const groundOf = ({ verify }: WrittenQuestion): ProofGround => verify?.runs ?? 'django';

function answerProof(question: WrittenQuestion): Proof[] {
  const { id, code = '', verify } = question;
  if (!verify) return [];
  const snippet = { id, setup: verify.setup ?? '', code: verify.code ?? code };
  return [{ ground: groundOf(question), snippet, faults: (outcome) => judge(question, outcome) }];
}

function optionProofs(question: WrittenQuestion): Proof[] {
  if (!('options' in question)) return [];
  return question.options.flatMap(({ verify }, index) => {
    if (!verify) return [];
    const ground = verify.runs ?? groundOf(question);
    const setup = joined(ground === groundOf(question) ? question.verify?.setup : undefined, verify.setup);
    const snippet = { id: `${question.id}/option-${index + 1}`, setup, code: verify.code };
    return [own(ground, snippet, ['options', index, 'verify'], verify)];
  });
}

function claimProofs(question: WrittenQuestion): Proof[] {
  return (question.claims ?? []).flatMap((claim, index) => {
    if (claim.code === undefined) return [];
    const ground = claim.on ?? groundOf(question);
    const inherited = ground === groundOf(question) ? question.verify?.setup : undefined;
    const snippet = {
      id: `${question.id}/claim-${index + 1}`,
      setup: claim.setup ?? inherited ?? '',
      code: claim.code,
    };
    return [own(ground, snippet, ['claims', index], claim)];
  });
}

function own(
  ground: ProofGround,
  snippet: Snippet,
  path: readonly (string | number)[],
  claimed: Outcomes,
): Proof {
  return {
    ground,
    snippet,
    faults: (outcome) => {
      const fault = claimedFault(claimed, outcome, path);
      return fault ? [fault] : [];
    },
  };
}

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('\n');
