import type { WrittenQuestion } from '../../src/bank/schema.js';

/**
 * Signs by which a test-wise member could guess: where the right option stands in the file, whether it is the
 * longest or the shortest, how many myths are true. (Cards shuffle the options, so the first is about authors who
 * put the right one first and then invent others.) Each is a fault when chance alone would do it in less than
 * one bank of a hundred.
 */
export interface Imbalance {
  readonly message: string;
  readonly remedy: string;
}

const oneInHundred = 2.326;

export function imbalances(questions: readonly WrittenQuestion[]): Imbalance[] {
  const choices = questions.flatMap((question) => {
    if (question.kind !== 'single-choice') return [];
    const lengths = question.options.map(({ right, wrong }) => (right ?? wrong ?? '').length);
    return [{ lengths, right: question.options.findIndex(({ right }) => right !== undefined) }];
  });
  const myths = questions.flatMap((question) => (question.kind === 'true-false' ? [question.answer] : []));
  return [...positions(choices), ...lengths(choices), ...truths(myths)];
}

interface Choice {
  /** Characters of each option. */
  readonly lengths: readonly number[];
  /** The place of the right one, from 0. */
  readonly right: number;
}

function positions(choices: readonly Choice[]): Imbalance[] {
  const bySize = new Map<number, number[]>();
  for (const { lengths, right } of choices) {
    const counts = bySize.get(lengths.length) ?? lengths.map(() => 0);
    counts[right] = (counts[right] ?? 0) + 1;
    bySize.set(lengths.length, counts);
  }
  const found: Imbalance[] = [];
  for (const [size, counts] of bySize) {
    const expected = counts.reduce((sum, count) => sum + count, 0) / size;
    // The approximation by chi-square holds from about five in each place.
    if (expected < 5) continue;
    const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    const most = chiSquareBound(size - 1);
    if (statistic <= most) continue;
    found.push({
      message: `the right one of ${size} options is the first, second … ${counts.join(', ')} times (chi-square ${statistic.toFixed(1)}, at most ${most.toFixed(1)})`,
      remedy: 'move right options to the places that are rare',
    });
  }
  return found;
}

/** Exceeded by chance in one of a hundred cases (Wilson and Hilferty's approximation). */
export function chiSquareBound(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + oneInHundred * Math.sqrt(spread)) ** 3;
}

function lengths(choices: readonly Choice[]): Imbalance[] {
  const found: Imbalance[] = [];
  const chances = choices.map(({ lengths: { length } }) => 1 / length);
  for (const [word, extreme] of [
    ['longest', Math.max],
    ['shortest', Math.min],
  ] as const) {
    const stands = choices.filter(({ lengths: all, right }) => {
      const most = extreme(...all);
      return all[right] === most && all.filter((each) => each === most).length === 1;
    });
    const most = mostByChance(chances);
    if (stands.length <= most) continue;
    found.push({
      message: `the right option is the ${word} in ${stands.length} of ${choices.length} single choices; chance allows ${Math.floor(most)}`,
      remedy: 'make options of a question alike in length and form',
    });
  }
  return found;
}

function mostByChance(chances: readonly number[]): number {
  const mean = chances.reduce((sum, chance) => sum + chance, 0);
  const variance = chances.reduce((sum, chance) => sum + chance * (1 - chance), 0);
  return mean + oneInHundred * Math.sqrt(variance);
}

function truths(answers: readonly boolean[]): Imbalance[] {
  const right = answers.filter((answer) => answer).length;
  const most = mostByChance(answers.map(() => 0.5));
  if (Math.max(right, answers.length - right) <= most) return [];
  return [
    {
      message: `${right} of ${answers.length} true/false questions are true; chance allows ${Math.floor(most)} of one answer`,
      remedy: 'turn some statements round',
    },
  ];
}
