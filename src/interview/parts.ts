import type { Parts } from '../asking/parts.js';
import type { ThreadMaker } from '../discord/threads.js';

/** What interviews take of the program. */
export interface InterviewParts
  extends Pick<
    Parts,
    | 'memory'
    | 'clock'
    | 'log'
    | 'random'
    | 'bank'
    | 'draws'
    | 'messenger'
    | 'sent'
    | 'edits'
    | 'hidden'
    | 'zoneOf'
  > {
  readonly threads: ThreadMaker;
}
