import type { ClassmateHelp } from '../asking/peek.js';
import { parseCustomId } from '../discord/custom-id.js';
import type { Feature } from './feature.js';

/** What the sandbox's classmates may ask, in this process alone: what it tells must not reach a client. */
export interface ForClassmates {
  /** Whether a button of an open round or card is the right one; undefined when that is not known. */
  isRight(customId: string): Promise<boolean | undefined>;
  /** What can be written or ticked by a button. */
  helpFor(customId: string): Promise<ClassmateHelp | undefined>;
}

export function forClassmates(features: readonly Feature[]): ForClassmates {
  const of = (customId: string): Feature | undefined =>
    features.find(({ name }) => name === parseCustomId(customId).feature);
  return {
    isRight: async (customId) => of(customId)?.isRight?.(customId),
    helpFor: async (customId) => of(customId)?.helpFor?.(customId),
  };
}
