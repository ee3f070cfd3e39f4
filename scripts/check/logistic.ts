/** Choices to learn from: the features of each option, and which one is right. */
export interface Choice {
  readonly features: readonly (readonly number[])[];
  /** From 0. */
  readonly right: number;
}

const steps = 60;
const rate = 1;
/** Pulls weights to 0, so that a feature of few choices says little. */
const ridge = 0.01;

/**
 * A conditional logistic model: weights under which the right options of the choices are likeliest, by gradient
 * descent from 0. No chance is in it: the same choices give the same weights.
 */
export function learn(choices: readonly Choice[]): number[] {
  const size = choices[0]?.features[0]?.length ?? 0;
  const weights = Array<number>(size).fill(0);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((weight) => -ridge * weight);
    for (const { features, right } of choices) {
      const chances = likelihoods(features, weights);
      for (const [option, values] of features.entries()) {
        const pull = (Number(option === right) - (chances[option] ?? 0)) / choices.length;
        for (let at = 0; at < size; at++) gradient[at] = (gradient[at] ?? 0) + pull * (values[at] ?? 0);
      }
    }
    for (let at = 0; at < size; at++) weights[at] = (weights[at] ?? 0) + rate * (gradient[at] ?? 0);
  }
  return weights;
}

/** How likely each option is the right one. */
export function likelihoods(features: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const scores = features.map((values) =>
    values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0),
  );
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
