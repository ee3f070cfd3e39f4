import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  type Machine,
  machineName,
  type Outcome,
  programFolder,
  runSnippets,
  type Snippet,
} from './runner.js';

/** Goes with the packages, so that a fresh install proves everything anew. */
export const cacheFile = resolve('node_modules/.cache/interview-drills/proofs.json');
/** More than two banks on all grounds; what was not used in the last run goes first. */
const mostKept = 20_000;

const saveEveryMs = 1_000;

type Kept = Omit<Outcome, 'id'>;

/** Outcomes of earlier runs, by what was run and on what: text, releases, and the runner's own code. */
export class ProofCache {
  readonly #known: Map<string, Kept>;
  readonly #used = new Set<string>();
  readonly #runner: string;

  readonly #file: string;
  #savedAtMs = performance.now();

  private constructor(file: string, known: Map<string, Kept>, runner: string) {
    this.#file = file;
    this.#known = known;
    this.#runner = runner;
  }

  static async open(file = cacheFile): Promise<ProofCache> {
    return new ProofCache(file, await readKept(file), await digestOfRunner());
  }

  /** What is known already, and what has to be run. */
  parted(
    machine: Machine,
    snippets: readonly Snippet[],
  ): { known: Map<string, Outcome>; unknown: Snippet[] } {
    const known = new Map<string, Outcome>();
    const unknown: Snippet[] = [];
    for (const snippet of snippets) {
      const key = this.#keyOf(machine, snippet);
      const kept = this.#known.get(key);
      this.#used.add(key);
      if (kept) known.set(snippet.id, { id: snippet.id, ...kept });
      else unknown.push(snippet);
    }
    return { known, unknown };
  }

  /**
   * Runs what is not known. What was stopped is not remembered: it may have been the machine's
   * load. Outcomes are saved as they come, so that a check that was ended goes on where it was.
   * @param ended called for each snippet whose outcome is there
   */
  async run(
    machine: Machine,
    snippets: readonly Snippet[],
    atOnce?: number,
    ended: () => void = () => {},
  ): Promise<Map<string, Outcome>> {
    const { known, unknown } = this.parted(machine, snippets);
    for (const _ of known) ended();
    if (unknown.length === 0) return known;
    const keys = new Map(unknown.map((snippet) => [snippet.id, this.#keyOf(machine, snippet)]));
    await runSnippets(machine, unknown, atOnce, (outcome) => {
      known.set(outcome.id, outcome);
      this.#remember(keys.get(outcome.id), outcome);
      ended();
    });
    const lost = unknown.find(({ id }) => !known.has(id));
    if (lost) throw new Error(`No outcome of ${lost.id} on ${machineName(machine)}`);
    return known;
  }

  /** Runs them one after another, whatever is known of them, and remembers that instead. */
  async runAlone(machine: Machine, snippets: readonly Snippet[]): Promise<Map<string, Outcome>> {
    const keys = new Map(snippets.map((snippet) => [snippet.id, this.#keyOf(machine, snippet)]));
    return runSnippets(machine, snippets, 1, (outcome) => this.#remember(keys.get(outcome.id), outcome));
  }

  #remember(key: string | undefined, { id: _, ...kept }: Outcome): void {
    if (key === undefined || kept.raised?.includes('stopped')) return;
    this.#known.set(key, kept);
    if (performance.now() - this.#savedAtMs > saveEveryMs) this.save();
  }

  /** At once and in one piece, so that two cannot cross. */
  save(file = this.#file): void {
    this.#savedAtMs = performance.now();
    const all = [...this.#known];
    const kept = all.length <= mostKept ? all : all.filter(([key]) => this.#used.has(key));
    mkdirSync(dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(Object.fromEntries(kept)));
    renameSync(unfinished, file);
  }

  #keyOf({ ground, versions }: Machine, { setup, code }: Snippet): string {
    const parts = JSON.stringify([this.#runner, ground, versions, setup, code]);
    return createHash('sha256').update(parts).digest('base64').slice(0, 22);
  }
}

async function readKept(file: string): Promise<Map<string, Kept>> {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, Kept>));
  } catch (error) {
    // Absent, or cut off in the middle: everything is run again.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return new Map();
    throw error;
  }
}

async function digestOfRunner(): Promise<string> {
  const names = (await readdir(programFolder, { recursive: true })).filter((name) => name.endsWith('.py'));
  const hash = createHash('sha256');
  for (const name of names.sort()) hash.update(name).update(await readFile(join(programFolder, name)));
  return hash.digest('hex');
}
