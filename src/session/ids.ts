import { letters } from '../asking/asked.js';
import { customId } from '../discord/custom-id.js';
import type { Session, Sureness } from './records.js';

export const sessionFeature = 'session';

/** Custom ids of what is shown of a session; they name the question by its place. What is chosen so far is in them. */
export const sessionIds = ({ id, at }: Pick<Session, 'id' | 'at'>) => ({
  pick: (chosen: readonly number[], shown: number) =>
    customId(sessionFeature, 'pick', id, at, stateOf(chosen), shown),
  say: (chosen: readonly number[], sure: Sureness) =>
    customId(sessionFeature, 'say', id, at, stateOf(chosen), sure),
  form: customId(sessionFeature, 'form', id, at),
  /** @param opening a phone shows under the same id what was typed before */
  text: (opening: string) => customId(sessionFeature, 'text', id, at, opening),
  next: customId(sessionFeature, 'next', id, at),
  forget: customId(sessionFeature, 'forget', id, at),
  stop: customId(sessionFeature, 'stop', id, at),
});

const stateOf = (chosen: readonly number[]): string => chosen.map((shown) => letters[shown]).join('');
