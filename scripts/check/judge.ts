import type { WrittenQuestion } from '../../src/bank/schema.js';
import { optionClaimFaults, statementFaults } from './claims.js';
import { claimedFault, type JudgedFault, shown } from './judged.js';
import type { Outcome } from './runner.js';

/** What is wrong with a claim before anything is run. */
export function claimFaults(question: WrittenQuestion): JudgedFault[] {
  return [
    ...answerClaimFaults(question),
    ...optionClaimFaults(question),
    ...statementFaults(question),
    ...versionFaults(question),
  ];
}

function answerClaimFaults({ verify, code, language = 'python' }: WrittenQuestion): JudgedFault[] {
  if (!verify) return [];
  const faults: JudgedFault[] = [];
  const add = (message: string, remedy: string): void =>
    void faults.push({ path: ['verify'], message, remedy });
  if (verify.prints === undefined && verify.raises === undefined) {
    add('the proof claims nothing', 'add what it `prints`, or the exception that it `raises`');
  }
  if (verify.code === undefined && (code === undefined || language !== 'python')) {
    add('the proof has nothing to run', 'add `code:` in Python to `verify`');
  }
  return faults;
}

const versionNames = ['django', 'drf', 'python', 'postgresql'];

function versionFaults(question: WrittenQuestion): JudgedFault[] {
  return Object.keys(question.versions ?? {}).flatMap((name) =>
    versionNames.includes(name)
      ? []
      : [
          {
            path: ['versions', name],
            message: `nothing is known of versions of ${name}`,
            remedy: `use ${versionNames.join(', ')}`,
          },
        ],
  );
}

/** What a run shows to be wrong: the claim itself, and options that say something else than what happened. */
export function judge(question: WrittenQuestion, outcome: Outcome): JudgedFault[] {
  const wrongClaim = claimedFault(question.verify ?? {}, outcome, ['verify']);
  return wrongClaim ? [wrongClaim] : optionFaults(question, outcome);
}

/**
 * A question that runs the code that it shows, or asks what is printed, has options that tell an outcome: the
 * right one and no other must tell the true one. In other questions, no wrong one may.
 */
function optionFaults(question: WrittenQuestion, outcome: Outcome): JudgedFault[] {
  const faults: JudgedFault[] = [];
  const asks = asksForOutcome(question);
  if (question.kind === 'short-answer') {
    const tells = question.accepted.some((text) => tellsOutcome(text, outcome));
    if (asks && !tells) faults.push(untold('accepted', outcome));
  } else if (question.kind === 'single-choice') {
    for (const [index, { right, wrong }] of question.options.entries()) {
      if (wrong !== undefined && (asks ? tellsOutcome(wrong, outcome) : isOutcome(wrong, outcome))) {
        faults.push({
          path: ['options', String(index)],
          message: `option ${index + 1} is marked wrong but tells what happens (${shown(told(outcome))})`,
          remedy: 'reword or replace it',
        });
      } else if (right !== undefined && asks && !tellsOutcome(right, outcome)) {
        faults.push(untold('options', outcome));
      }
    }
  }
  return faults;
}

const untold = (field: string, outcome: Outcome): JudgedFault => ({
  path: [field],
  message: `the right answer does not tell what happens (${shown(told(outcome))})`,
  remedy: 'write it as it is printed, lines joined by spaces or " / ", or name the exception',
});

const told = ({ printed, raised }: Outcome): string => raised ?? printed;

export const asksForOutcome = ({ prompt, verify }: WrittenQuestion): boolean =>
  verify?.code === undefined || /\bwhat\b[^.?!]*\bprint(?:s|ed)?\b/i.test(prompt);

/** Output is told word for word ("1 2", "It prints 1: …"), an exception by its name in any sentence. */
export function tellsOutcome(option: string, { printed, raised }: Outcome): boolean {
  if (raised !== null) return new RegExp(`\\b${raised}\\b`).test(option);
  const output = flat(printed);
  return flat(option) === output || flat(option).startsWith(`It prints ${output}:`);
}

const isOutcome = (option: string, outcome: Outcome): boolean => flat(option) === flat(told(outcome));

const flat = (text: string): string =>
  text
    .replaceAll('`', '')
    .replace(/\s+\/\s+|\s+/g, ' ')
    .trim();
