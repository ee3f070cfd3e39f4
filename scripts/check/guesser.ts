import type { WrittenQuestion } from '../../src/bank/schema.js';
import { featureNames, formFeatures } from './form-features.js';
import { type Choice, learn, likelihoods } from './logistic.js';

/** A single choice, or a true/false question as a choice of two. */
export interface Guessable extends Choice {
  readonly id: string;
  readonly topic: string;
}

export interface Guesses {
  readonly topic: string;
  readonly asked: number;
  readonly hit: number;
  /** So many hits chance exceeds in one of a hundred cases. */
  readonly most: number;
  /** The questions that were guessed, the surest first. */
  readonly ids: readonly string[];
}

export function guessable(topic: string, question: WrittenQuestion): Guessable | undefined {
  if (question.kind !== 'single-choice') return undefined;
  const options = question.options.map(({ right, wrong = '' }) => right ?? wrong);
  const right = question.options.findIndex((option) => option.right !== undefined);
  return { id: question.id, topic, features: formFeatures(question.prompt, options), right };
}

/** So many times it learns, each time without another part of the topics: for each topic anew takes too long. */
const mostParts = 10;

/**
 * How often a guesser is right that sees nothing but form. It learns from other topics only, so it knows the habits of
 * the authors and none of the answers.
 */
export function guessAll(choices: readonly Guessable[]): Guesses[] {
  const topics = [...new Set(choices.map(({ topic }) => topic))];
  const partOf = new Map(topics.map((topic, at) => [topic, at % mostParts]));
  const learnt = new Map<number | undefined, number[]>();
  const parts = topics.map((topic) => {
    const part = partOf.get(topic);
    const weights = learnt.get(part) ?? learn(choices.filter((choice) => partOf.get(choice.topic) !== part));
    learnt.set(part, weights);
    const own = choices.filter((choice) => choice.topic === topic);
    return { topic, guesses: own.map((choice) => ({ choice, ...guess(choice, weights) })) };
  });
  const whole = { topic: 'all', guesses: parts.flatMap(({ guesses }) => guesses) };
  return [...parts, whole].map(({ topic, guesses }) => {
    const hits = guesses.filter(({ isRight }) => isRight).sort((a, b) => b.sureness - a.sureness);
    return {
      topic,
      asked: guesses.length,
      hit: hits.length,
      most: mostByChance(guesses.map(({ choice }) => 1 / choice.features.length)),
      ids: hits.map(({ choice }) => choice.id),
    };
  });
}

/** What the guesser goes by, the heaviest first. */
export function habits(choices: readonly Guessable[]): { name: string; weight: number }[] {
  return learn(choices)
    .map((weight, at) => ({ name: featureNames[at] ?? '', weight }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function guess({ features, right }: Choice, weights: readonly number[]) {
  const chances = likelihoods(features, weights);
  const sureness = Math.max(...chances);
  return { isRight: chances.indexOf(sureness) === right, sureness };
}

/** The least number that independent events of these chances exceed at most once in a hundred cases. */
export function mostByChance(chances: readonly number[]): number {
  let spread = [1];
  for (const chance of chances) {
    const next = [...spread, 0].map((hold, at) => hold * (1 - chance) + (spread[at - 1] ?? 0) * chance);
    spread = next;
  }
  let tail = 1;
  for (const [count, chance] of spread.entries()) {
    tail -= chance;
    if (tail <= 0.01) return count;
  }
  return chances.length;
}
