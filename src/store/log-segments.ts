import { z } from 'zod';
import { segmentRows, Tail } from './log-tail.js';
import { type RecordType, recordType, type Store } from './store.js';

/** Segments that are read at once. */
const segmentsAtOnce = 32;

/** A kind of append-only list. */
export interface LogType<R> {
  readonly head: RecordType<Head>;
  readonly segment: RecordType<R[]>;
  readonly row: z.ZodType<R>;
}

/** How many rows there were at least when the last segment was begun: so it tells which one that is. */
const headSchema = z.object({ rows: z.int().nonnegative() });
export type Head = z.infer<typeof headSchema>;

/** @param migrations as in {@link recordType}, each turning *one row* of version n into one of version n + 1 */
export function logType<R>(
  name: string,
  row: z.ZodType<R>,
  version = 1,
  migrations: RecordType<R>['migrations'] = {},
): LogType<R> {
  const ofSegment = Object.entries(migrations).map(([from, migrate]) => [
    from,
    (data: unknown) => z.array(z.unknown()).parse(data).map(migrate),
  ]);
  return {
    head: recordType(name, headSchema),
    segment: recordType(name, z.array(row), version, Object.fromEntries(ofSegment)),
    row,
  };
}

/** The end of a log as it is on the disk. */
export async function readTail<R>(store: Store, type: LogType<R>, id: string): Promise<Tail<R>> {
  const head = await store.get(type.head, `${id}:head`);
  const index = head ? Math.floor(head.rows / segmentRows) : await lastSegment(store, type, id);
  return new Tail(index, await store.get(type.segment, `${id}:${index}`));
}

/** The segments from `from` up to but without `until`, oldest first; undefined for those that are damaged or gone. */
export async function* readSegments<R>(
  store: Store,
  type: LogType<R>,
  id: string,
  [from, until]: readonly [from: number, until: number],
): AsyncGenerator<R[] | undefined> {
  for (let start = from; start < until; start += segmentsAtOnce) {
    yield* await readSome(store, type, id, [start, Math.min(start + segmentsAtOnce, until)]);
  }
}

/** The first `count` segments, newest first. */
export async function* readSegmentsBackwards<R>(
  store: Store,
  type: LogType<R>,
  id: string,
  count: number,
): AsyncGenerator<R[] | undefined> {
  for (let end = count; end > 0; end -= segmentsAtOnce) {
    yield* (await readSome(store, type, id, [Math.max(0, end - segmentsAtOnce), end])).reverse();
  }
}

/** The rows of a log that another process may write, as they stand on the disk; oldest first. */
export async function* readRows<R>(store: Store, type: LogType<R>, id: string): AsyncGenerator<R> {
  const tail = await readTail(store, type, id);
  for await (const rows of readSegments(store, type, id, [0, tail.index])) yield* rows ?? [];
  yield* tail.rows;
}

async function readSome<R>(
  store: Store,
  type: LogType<R>,
  id: string,
  [from, until]: readonly [from: number, until: number],
): Promise<(R[] | undefined)[]> {
  const keys = Array.from({ length: until - from }, (_, offset) => `${id}:${from + offset}`);
  const found = await store.getMany(type.segment, keys);
  return keys.map((key) => found.get(key));
}

/** For a log whose head was damaged: doubles until there is no segment, then halves the gap. */
async function lastSegment<R>(store: Store, type: LogType<R>, id: string): Promise<number> {
  const exists = async (index: number): Promise<boolean> =>
    (await store.get(type.segment, `${id}:${index}`)) !== undefined;
  let above = 1;
  while (await exists(above)) above *= 2;
  let last = Math.floor(above / 2);
  while (above - last > 1) {
    const middle = Math.floor((above + last) / 2);
    if (await exists(middle)) last = middle;
    else above = middle;
  }
  return last;
}
