import { pickerParts } from '../asking/picker.js';
import { accent, container } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { quizId } from './ids.js';
import type { AskedQuestion } from './views.js';

/** The private message in which several letters are chosen; what is chosen so far is in its custom ids. */
export function pickerCard(
  { id, round }: { readonly id: string; readonly round: number },
  put: AskedQuestion,
  chosen: readonly number[],
): Outgoing {
  const ids = {
    pick: (state: string, shown: number) => quizId('pick', id, round, state, shown),
    done: (state: string) => quizId('done', id, round, state),
  };
  const parts = pickerParts(put, chosen, ids);
  return { components: [container(parts, accent)] };
}
