import type { ErasureMark, ErasureRequest } from './records.js';

const hourMs = 60 * 60_000;
/** So long a wish can be called off. */
export const callOffMs = 24 * hourMs;
/** What was called off in the last moment is on the disk by then, for every process to see. */
export const graceMs = 2 * 60_000;

/** What all shards say to a wish. */
export interface ErasureState {
  readonly request: ErasureRequest;
  /** The shard on whose list it stands. */
  readonly shard: number;
  /** By shard. */
  readonly marks: ReadonlyMap<number, ErasureMark>;
}

/** What a process has to do about a wish now: `erase` in its servers, `drop` it from its list, or nothing. */
export function dutyOf(
  { request, shard, marks }: ErasureState,
  shards: { readonly ids: readonly number[]; readonly count: number },
  nowMs: number,
): 'erase' | 'drop' | undefined {
  const isOurs = shards.ids.includes(shard);
  if (isKept(marks)) return isOurs ? 'drop' : undefined;
  if (nowMs < carriedOutAt(request)) return undefined;
  const isDone = (id: number): boolean => marks.get(id)?.done === true;
  if (!shards.ids.every(isDone)) return 'erase';
  const isAllDone = Array.from({ length: shards.count }, (_, id) => id).every(isDone);
  return isOurs && isAllDone ? 'drop' : undefined;
}

export const carriedOutAt = ({ dueAt }: ErasureRequest): number => dueAt + graceMs;

/** Whether it has been called off. */
export const isKept = (marks: ErasureState['marks']): boolean =>
  [...marks.values()].some(({ kept }) => kept === true);

/** Whether a press that Discord took then still calls it off, as long as that is stored in time. */
export const isCalledOff = ({ dueAt }: ErasureRequest, pressedAtMs: number, nowMs: number): boolean =>
  pressedAtMs < dueAt && nowMs < dueAt + graceMs / 2;

/** The marks of a shard, with one about a wish changed or added. */
export const withMark = (marks: readonly ErasureMark[], mark: ErasureMark): ErasureMark[] => [
  ...marks.filter(({ request }) => request !== mark.request),
  { ...marks.find(({ request }) => request === mark.request), ...mark },
];
