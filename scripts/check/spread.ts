import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Imbalance } from './balance.js';
import { mostByChance } from './guesser.js';

/** What single choices offer again and again, and a guesser would learn to take or to leave. */
const offers: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'that it works, or nothing happens',
    /^(?:it |they |both |all )?(?:works?|runs|passes|succeeds|nothing)\b|^no error|\bno effect\b|\bis fine\b/i,
  ],
  [
    'an exception',
    /\b[A-Z]\w*(?:Error|Exception|DoesNotExist|Denied)\b|^(?:it |they )?(?:raises?|fails?|crashes)\b|^(?:an|the) error\b/i,
  ],
  ['a hedge', /\b(?:can|may|might|usually|often|sometimes|depends)\b/i],
  ['always, never, only, all', /\b(?:always|never|only|every|all)\b/i],
];

/**
 * Answers that are right more or less often than they are offered, multiple choices with always the same number of
 * right options, and true/false questions that lean to one side.
 */
export function leanings(questions: readonly WrittenQuestion[]): Imbalance[] {
  const singles = questions.flatMap((question) =>
    question.kind === 'single-choice' ? [question.options] : [],
  );
  return [
    ...offers.flatMap(([name, pattern]) => offerLeaning(singles, name, pattern)),
    ...countLeanings(questions),
    ...truthLeaning(questions),
  ];
}

type Options = Extract<WrittenQuestion, { kind: 'single-choice' }>['options'];

function offerLeaning(singles: readonly Options[], name: string, pattern: RegExp): Imbalance[] {
  const offered = singles.flatMap((options) => {
    const matching = options.filter(({ right, wrong = '' }) => pattern.test(right ?? wrong));
    if (matching.length === 0 || matching.length === options.length) return [];
    return [
      {
        chance: matching.length / options.length,
        isRight: matching.some(({ right }) => right !== undefined),
      },
    ];
  });
  const right = offered.filter(({ isRight }) => isRight).length;
  const most = mostByChance(offered.map(({ chance }) => chance));
  const least = offered.length - mostByChance(offered.map(({ chance }) => 1 - chance));
  if (right >= least && right <= most) return [];
  return [
    {
      message: `where single choices offer ${name}, it is right in ${right} of ${offered.length}; chance allows ${least} to ${most}`,
      remedy:
        right < least
          ? 'make it the right answer more often, or offer it less'
          : 'offer it as a wrong answer too',
    },
  ];
}

/** From so many on, each number of right options has to occur. */
const fewest = 20;
const leastShare = 0.1;

function countLeanings(questions: readonly WrittenQuestion[]): Imbalance[] {
  const multiples = questions.flatMap((question) =>
    question.kind === 'multiple-choice' ? [question.options] : [],
  );
  if (multiples.length < fewest) return [];
  const rights = multiples.map((options) => options.filter(({ right }) => right !== undefined).length);
  const wanted: readonly (readonly [name: string, found: number])[] = [
    ['one option is right', rights.filter((count) => count === 1).length],
    ['all options are right', rights.filter((count, at) => count === multiples[at]?.length).length],
  ];
  return wanted.flatMap(([name, found]) =>
    found >= Math.floor(leastShare * multiples.length)
      ? []
      : [
          {
            message: `${name} in ${found} of ${multiples.length} multiple choices, at least ${Math.floor(leastShare * multiples.length)} should be so`,
            remedy: 'vary how many are right, from one to all',
          },
        ],
  );
}

function truthLeaning(questions: readonly WrittenQuestion[]): Imbalance[] {
  const answers = questions.flatMap((question) => (question.kind === 'true-false' ? [question.answer] : []));
  const right = answers.filter((answer) => answer).length;
  const share = right / answers.length;
  if (answers.length < fewest || (share >= 0.45 && share <= 0.55)) return [];
  return [
    {
      message: `${right} of ${answers.length} true/false questions are true, which is not between 45 and 55 %`,
      remedy: 'turn some statements round',
    },
  ];
}
