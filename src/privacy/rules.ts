import type { Shards } from '../discord/shards.js';
import { dayMs, minuteMs } from '../time/spans.js';
import type { Wish, WishMark } from './records.js';

/** So long an erasure can be called off. */
export const callOffMs = dayMs;
/** What was called off in the last moment is on the disk by then, for every process to see. */
const graceMs = 2 * minuteMs;
/** Nobody waits any more for what should have been told by then. */
const tellWithinMs = 5 * minuteMs;

/** What all shards say to a wish. */
export interface WishState {
  readonly wish: Wish;
  /** The shard on whose list it stands. */
  readonly shard: number;
  /** By shard. */
  readonly marks: ReadonlyMap<number, WishMark>;
}

/** What a process has to do about a wish now: carry it out in its servers, `drop` it from its list, or nothing. */
export function dutyOf(
  { wish, shard, marks }: WishState,
  shards: Shards,
  nowMs: number,
): 'carry out' | 'drop' | undefined {
  const isOurs = shards.ids.includes(shard);
  const isOver = isKept(marks) || (wish.kind === 'tell' && nowMs >= wish.askedAt + tellWithinMs);
  if (isOver) return isOurs ? 'drop' : undefined;
  if (nowMs < carriedOutAt(wish)) return undefined;
  if (!shards.ids.every((id) => marks.get(id)?.done)) return 'carry out';
  // What is told is dropped by whoever reads it.
  return isOurs && wish.kind !== 'tell' && isAllDone(marks, shards.count) ? 'drop' : undefined;
}

export const isAllDone = (marks: WishState['marks'], count: number): boolean =>
  Array.from({ length: count }, (_, id) => marks.get(id)?.done).every((done) => done === true);

export const carriedOutAt = ({ kind, dueAt }: Wish): number => (kind === 'erase' ? dueAt + graceMs : dueAt);

/** Whether it has been called off. */
export const isKept = (marks: WishState['marks']): boolean =>
  [...marks.values()].some(({ kept }) => kept === true);

/** Whether a press that Discord took then still calls it off, as long as that is stored in time. */
export const isCalledOff = ({ dueAt }: Wish, pressedAtMs: number, nowMs: number): boolean =>
  pressedAtMs < dueAt && nowMs < dueAt + graceMs / 2;

/** The marks of a shard, with one about a wish changed or added. */
export const withMark = (marks: readonly WishMark[], mark: WishMark): WishMark[] => [
  ...marks.filter(({ wish }) => wish !== mark.wish),
  { ...marks.find(({ wish }) => wish === mark.wish), ...mark },
];
