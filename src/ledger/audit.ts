import type { HeldBoard } from './held-board.js';
import { MemberIndex } from './member-index.js';
import type { StoredRow } from './rows.js';

/** What the rows of a ledger say, and where boards say otherwise. */
export interface Audit {
  readonly rows: number;
  readonly points: number;
  readonly members: number;
  /** Answers that were recorded more than once: each row too many. */
  readonly duplicates: readonly { readonly source: string; readonly member: string }[];
  /** For each board in memory that is not what its rows say, in words. */
  readonly differences: readonly string[];
  /** True when there are neither duplicates nor differences. */
  readonly sound: boolean;
}

/** Lines that are compared at once. */
const linesAtOnce = 1_000;

/**
 * Reads the whole ledger again and builds every board anew beside the one in memory.
 * @param copies each board and an empty one for the same rows, which takes new rows from now on too
 * @param isCurrent false for a copy that no longer takes them: nothing can be said of its board then
 */
export async function audit(
  segments: AsyncIterable<readonly StoredRow[]>,
  copies: ReadonlyMap<HeldBoard, HeldBoard>,
  isCurrent: (copy: HeldBoard) => boolean,
): Promise<Audit> {
  const bySource = new Map<string, MemberIndex>();
  const duplicates: { source: string; member: string }[] = [];
  const everybody = new MemberIndex();
  let count = 0;
  let sum = 0;
  for await (const rows of segments) {
    for (const row of rows) {
      const [source, member, points] = row;
      count++;
      sum += points;
      everybody.intern(member);
      if (!isFirst(bySource, source, member)) duplicates.push({ source, member });
      for (const copy of copies.values()) copy.takeStored(row);
    }
  }
  const differences = [...copies].flatMap(([held, copy]) =>
    isCurrent(copy) ? (difference(held, copy) ?? []) : [],
  );
  const sound = duplicates.length === 0 && differences.length === 0;
  return { rows: count, points: sum, members: everybody.size, duplicates, differences, sound };
}

function isFirst(bySource: Map<string, MemberIndex>, source: string, member: string): boolean {
  const members = bySource.get(source) ?? new MemberIndex();
  bySource.set(source, members);
  const before = members.size;
  members.intern(member);
  return members.size > before;
}

function difference(held: HeldBoard, copy: HeldBoard): string | undefined {
  const name = `The board of ${held.topic ?? 'all topics'} from ${held.span.startMs} to ${held.span.endMs}`;
  if (held.board.size !== copy.board.size)
    return `${name} has ${held.board.size} members, its rows have ${copy.board.size}`;
  for (let start = 0; start < held.board.size; start += linesAtOnce) {
    const expected = copy.board.slice(start, linesAtOnce);
    for (const [index, line] of held.board.slice(start, linesAtOnce).entries()) {
      const shown = JSON.stringify(line);
      const right = JSON.stringify(expected[index]);
      if (shown !== right) return `${name} says ${shown} in line ${start + index + 1}, its rows say ${right}`;
    }
  }
  return undefined;
}
