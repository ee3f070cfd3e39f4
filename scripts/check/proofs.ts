import { availableParallelism } from 'node:os';
import type { Fault } from '../../src/bank/faults.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import { grounds, type ProofGround } from '../../src/bank/schema-proofs.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { type Finding, located, type Placed, placed } from './finding.js';
import { claimFaults } from './judge.js';
import type { JudgedFault } from './judged.js';
import { needs } from './machines.js';
import { ProofCache } from './proof-cache.js';
import { type Proof, proofsOf } from './proofs-of.js';
import { type Machine, machineName, type Outcome, type Snippet } from './runner.js';
import { inRange } from './versions.js';

export interface Proofs {
  readonly faults: Fault[];
  /** For people: what was run, and what was not. */
  readonly lines: string[];
}

interface PlacedProof {
  readonly place: Placed;
  readonly proof: Proof;
}

/** The grounds that the questions' proofs need. */
export const groundsOf = (topics: readonly TopicSource[]): Set<ProofGround> =>
  new Set(placed(topics).flatMap(({ question }) => proofsOf(question).map(({ ground }) => ground)));

/**
 * Runs what the questions claim on each machine of the right ground, as many machines at once as processors.
 * @param ended called whenever something has been run: how much of what there is to run
 */
export async function prove(
  topics: readonly TopicSource[],
  machines: readonly Machine[],
  ended: (done: number, of: number) => void = () => {},
): Promise<Proofs> {
  const places = placed(topics);
  const faults: Fault[] = [];
  for (const place of places) faults.push(...(await located(of(place, claimFaults(place.question)))));
  const all = places.flatMap((place) => proofsOf(place.question).map((proof) => ({ place, proof })));
  const cache = await ProofCache.open();
  const busy = machines.filter(({ ground }) => all.some(({ proof }) => proof.ground === ground));
  const total = busy.reduce(
    (sum, { ground }) => sum + all.filter(({ proof }) => proof.ground === ground).length,
    0,
  );
  let done = 0;
  const results = await pooled(busy, (machine, atOnce) =>
    proveOn(machine, all, {
      run: (meant) => cache.run(machine, meant, atOnce, () => ended(++done, total)),
      runAlone: (doubtful) => cache.runAlone(machine, doubtful),
    }),
  );
  cache.save();
  return {
    faults: [...faults, ...results.flatMap((result) => result.faults)],
    lines: [...results.flatMap(({ lines }) => lines), ...unproven(all, machines)],
  };
}

/**
 * In the order of the machines. The one that waits most, PostgreSQL, begins first, so that others run meanwhile; and
 * twice as much runs at once as there are processors, as snippets sleep, or wait for locks and for what they started.
 */
async function pooled<R>(
  machines: readonly Machine[],
  work: (machine: Machine, atOnce: number) => Promise<R>,
): Promise<R[]> {
  const processors = availableParallelism();
  const workers = Math.min(processors, machines.length);
  const results: R[] = [];
  const [first, others] = parted([...machines.entries()], ([, { ground }]) => ground === 'postgresql');
  const waiting = [...first, ...others];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await work(next[1], Math.ceil((2 * processors) / workers));
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

type Run = (snippets: readonly Snippet[]) => Promise<ReadonlyMap<string, Outcome>>;

/**
 * What does not hold beside others is run once more, alone: a busy machine is no fault of a question. What holds only
 * then is told in a line of its own, since it rests on how fast the machine is.
 */
async function proveOn(
  machine: Machine,
  all: readonly PlacedProof[],
  { run, runAlone }: { readonly run: Run; readonly runAlone: Run },
): Promise<Proofs> {
  const mine = all.filter(({ proof }) => proof.ground === machine.ground);
  const [meant, others] = parted(mine, ({ place }) => holdsFor(place.question, machine));
  const name = machineName(machine);
  const outcomes = await run(meant.map(({ proof }) => proof.snippet));
  const [doubtful, firm] = parted(meant, ({ proof }) => faultsIn(proof, outcomes, name).length > 0);
  const second = doubtful.length > 0 ? await runAlone(doubtful.map(({ proof }) => proof.snippet)) : new Map();
  const [failed, late] = parted(doubtful, ({ proof }) => faultsIn(proof, second, name).length > 0);
  const faults = failed.flatMap(({ place, proof }) => of(place, faultsIn(proof, second, name)));
  const skipped = namesOf(others);
  const rest = skipped && `; ${others.length} are about other versions (${skipped})`;
  const lines = [`Proofs on ${name}: ${firm.length + late.length} of ${meant.length} hold${rest}.`];
  if (late.length > 0) lines.push(`On a busy machine these did not hold, alone they did: ${namesOf(late)}.`);
  return { faults: await located(faults), lines };
}

function faultsIn(proof: Proof, outcomes: ReadonlyMap<string, Outcome>, machine: string): JudgedFault[] {
  const outcome = outcomes.get(proof.snippet.id);
  if (!outcome) throw new Error(`No outcome of ${proof.snippet.id} on ${machine}`);
  return proof.faults(outcome).map((fault) => ({
    ...fault,
    message: `${fault.message}, on ${machine.split(',')[0]}`,
  }));
}

const namesOf = (proofs: readonly PlacedProof[]): string =>
  [...new Set(proofs.map(({ place }) => place.question.id))].join(', ');

/** What could not be run here, for want of a machine. */
function unproven(all: readonly PlacedProof[], machines: readonly Machine[]): string[] {
  return grounds.flatMap((ground) => {
    const count = all.filter(({ proof }) => proof.ground === ground).length;
    if (count === 0 || machines.some((machine) => machine.ground === ground)) return [];
    return [`NOT PROVEN: ${count} proofs need ${needs[ground]}.`];
  });
}

/** Ranges of what the machine has not got do not matter to it. */
export const holdsFor = ({ versions: ranges = {} }: WrittenQuestion, { versions }: Machine): boolean =>
  Object.entries(ranges).every(
    ([name, range]) => versions[name] === undefined || inRange(versions[name], range),
  );

function parted<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

const of = (place: Placed, faults: readonly JudgedFault[]): Finding[] =>
  faults.map((fault) => ({ ...place, ...fault, message: `\`${place.question.id}\`: ${fault.message}` }));
