import { editDistance } from '../../src/bank/nearest.js';

/**
 * How like the others each option is, from 0 to 1. Authors write wrong options by changing one part of the right one
 * each, and then the right one is the one in the middle: whoever counts common parts finds it without a thought.
 */
export function likeness(options: readonly string[]): number[] {
  return towardsOthers(options, (one, two) => {
    const longest = Math.max(one.length, two.length);
    return longest === 0 ? 1 : 1 - editDistance(one, two) / longest;
  });
}

/** The share of words that others have at the same place, from 0 to 1. */
export function likenessByPlace(options: readonly string[]): number[] {
  return towardsOthers(
    options.map((option) => option.toLowerCase().match(/[\p{L}_]+|\d+|[^\s\p{L}\d]/gu) ?? []),
    (one, two) => one.filter((word, at) => word === two[at]).length / Math.max(1, one.length),
  );
}

function towardsOthers<T>(options: readonly T[], like: (one: T, two: T) => number): number[] {
  return options.map((one, at) => {
    const rest = options.filter((_, index) => index !== at);
    return rest.reduce((sum, two) => sum + like(one, two), 0) / Math.max(1, rest.length);
  });
}
