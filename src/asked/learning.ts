import type { Memory } from '../store/held.js';
import type { OutcomeTaker } from './outcomes.js';
import type { PastAsking, PastAskings } from './past.js';
import type { OccasionRow } from './records.js';
import type { AskedIndex } from './service.js';

/** Askings, and answers to them, that are learned from in one change. */
const askingsAtOnce = 32;
const answersAtOnce = 200;

export interface LearningParts {
  readonly memory: Memory;
  readonly asked: AskedIndex;
  readonly takers: readonly OutcomeTaker[];
  readonly sources: () => readonly PastAskings[];
}

export interface LearningWatch {
  /** Whether to stop before the end. */
  isOver(): boolean;
  /** Whether nothing is to be learned of a member any more. */
  isGone(member: string): boolean;
  progress(done: number, of: number): void;
}

type PastRead = NonNullable<Awaited<ReturnType<PastAsking['read']>>>;

/** What the index of a scope has, as far as is known. */
interface Told {
  length: number;
  readonly answered: Map<string, number>;
}

/**
 * Tells those who learn from answers of all askings of a scope that the index lacks, in the order in which they were
 * answered. @returns how many there were; undefined when it was stopped before the end
 */
export async function learnPast(
  parts: LearningParts,
  scope: string,
  watch: LearningWatch,
): Promise<number | undefined> {
  let told: Told = await parts.asked.told(scope);
  const past = await lackingAskings(parts, scope, told);
  for (let done = 0; done < past.length; ) {
    if (watch.isOver()) return undefined;
    told = await refreshed(parts, scope, told);
    done += await learnSome(parts, scope, { some: past.slice(done, done + askingsAtOnce), told, watch });
    watch.progress(done, past.length);
    // What people wait for comes first.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return watch.isOver() ? undefined : past.length;
}

async function lackingAskings(
  { sources }: LearningParts,
  scope: string,
  { answered }: Told,
): Promise<PastAsking[]> {
  const lacking: PastAsking[] = [];
  for (const source of sources())
    for await (const one of source.pastAskings?.(scope) ?? [])
      if (!answered.has(one.id) || one.where === 'daily') lacking.push(one);
  return lacking.sort((a, b) => a.at - b.at);
}

/** With what was told of meanwhile. */
async function refreshed({ memory, asked }: LearningParts, scope: string, told: Told): Promise<Told> {
  const since = await memory.use((change) => asked.toldSince(change, scope, told.length));
  if (!since) return asked.told(scope);
  note(told, since);
  return told;
}

function note(told: Told, rows: readonly Pick<OccasionRow, 'id' | 'answered'>[]): void {
  told.length += rows.length;
  for (const { id, answered } of rows) told.answered.set(id, (told.answered.get(id) ?? 0) + answered);
}

/**
 * Learns from the first of some askings, as many as go into a change.
 * @returns how many are seen to; 0 when answers to them were told of meanwhile, so that they have to be read again
 */
async function learnSome(
  { memory, asked, takers }: LearningParts,
  scope: string,
  { some, told, watch }: { some: readonly PastAsking[]; told: Told; watch: LearningWatch },
): Promise<number> {
  const { read, count } = await readSome(some, told.answered);
  const ids = new Set(read.map(({ occasion }) => occasion.id));
  const learned = await memory.use((change) => {
    if (watch.isOver()) return undefined;
    const since = asked.toldSince(change, scope, told.length);
    if (!since || since.some(({ id }) => ids.has(id))) return undefined;
    const own = read.flatMap(({ occasion, outcomes }) => {
      const wanted = outcomes.filter(({ member }) => !watch.isGone(member));
      if (wanted.length === 0) return [];
      for (const taker of takers) taker.take(change, scope, occasion, wanted);
      return [{ id: occasion.id, answered: wanted.length }];
    });
    return [...since, ...own];
  });
  if (!learned) return 0;
  note(told, learned);
  return count;
}

async function readSome(
  some: readonly PastAsking[],
  answered: ReadonlyMap<string, number>,
): Promise<{ read: PastRead[]; count: number }> {
  const read: PastRead[] = [];
  let answers = 0;
  let count = 0;
  for (const one of some) {
    if (answers >= answersAtOnce) break;
    count += 1;
    const past = await one.read();
    const outcomes = past ? lackingAnswers(past, answered.get(one.id)) : [];
    if (!past || outcomes.length === 0) continue;
    read.push({ ...past, outcomes });
    answers += outcomes.length;
  }
  return { read, count };
}

/**
 * The answers that the index lacks. Those to a daily question are told of one by one, so the index has the last ones
 * of a post that was open when it began; of everything else it has all answers or none.
 */
function lackingAnswers({ occasion, outcomes }: PastRead, known: number | undefined): PastRead['outcomes'] {
  if (known === undefined) return outcomes;
  return occasion.where === 'daily' ? outcomes.slice(0, Math.max(0, outcomes.length - known)) : [];
}
