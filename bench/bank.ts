/**
 * A bank of 10,000 questions, made of the shipped ones under other names: load it from its cache, and pick from it with
 * filters and no repeats. Each load is the first thing a fresh process does, as at a start.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import type { Bank } from '../src/bank/bank.js';
import { Draws } from '../src/bank/draws.js';
import { loadBank } from '../src/bank/load.js';
import { loadBankCached } from '../src/bank/load-cached.js';
import { type Filter, levels } from '../src/bank/question.js';
import { Memory } from '../src/store/held.js';
import { openStore } from '../src/store/open.js';

const loadMs = 500;
const smallLoadMs = 60;
const pickMicroseconds = 20;
const checkSeconds = 20;

const self = fileURLToPath(import.meta.url);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Copies of the shipped topics until there are as many questions as wanted, or a few more. */
async function writeBank(dir: string, wanted: number): Promise<void> {
  const paths = (await readdir('questions', { recursive: true })).filter((path) =>
    /\/[a-z][^/]*\.yaml$/.test(path),
  );
  let written = 0;
  for (let copy = 0; written < wanted; copy++) {
    for (const path of paths) {
      const text = await readFile(join('questions', path), 'utf8');
      const file = join(dir, path.replace('.yaml', `-${copy}.yaml`));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text.replace(/^( *- id|topic): ?([\w-]+)/gm, `$1: $2-${copy}`));
      written += text.match(/^ *- id:/gm)?.length ?? 0;
      if (written >= wanted) break;
    }
  }
}

/** Milliseconds from the call to the bank, each in a process of its own; the median of those that find a cache. */
async function timeLoads(dir: string): Promise<{ ms: number; questions: number }> {
  const runs: { ms: number; questions: number }[] = [];
  await promisify(execFile)(process.execPath, [self, '--load', dir]);
  for (let run = 0; run < 5; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, [self, '--load', dir]);
    runs.push(JSON.parse(stdout));
  }
  runs.sort((a, b) => a.ms - b.ms);
  return runs[2] ?? { ms: Number.NaN, questions: 0 };
}

async function printLoad(dir: string): Promise<void> {
  const startedAt = performance.now();
  const { all } = await loadBankCached(dir, dirname(dir));
  print(JSON.stringify({ ms: performance.now() - startedAt, questions: all.length }));
}

/** Microseconds for a pick, over filters in turn, until every question came three times. */
async function timePicks(bank: Bank, dir: string): Promise<number> {
  const store = await openStore(`sqlite://${join(dir, 'bank.sqlite')}`, pino({ level: 'silent' }));
  const memory = new Memory(store);
  const draws = new Draws({ bank, memory, random: Math.random });
  const filters: Filter[] = [
    {},
    ...levels.map((level) => ({ level })),
    ...bank.topics.slice(0, 20).map(({ id }) => ({ topic: id })),
    { level: 'advanced', kinds: ['single-choice', 'true-false'] },
  ];
  const pickAll = async (scope: string, picks: number): Promise<number> => {
    const startedAt = performance.now();
    for (let pick = 0; pick < picks; pick++) {
      const filter = filters[pick % filters.length] ?? {};
      // Decided in memory; the write that follows is measured elsewhere.
      void memory.use((change) =>
        draws.draw(change, { scope, filter, opener: 'bench', nowMs: pick, untilMs: pick + 1 }),
      );
      if (pick % 1_000 === 999) await new Promise(setImmediate);
    }
    return ((performance.now() - startedAt) * 1000) / picks;
  };
  await pickAll('warm', 5_000);
  const microseconds = await pickAll('measured', 3 * bank.all.length);
  await store.close();
  return microseconds;
}

/** All that `npm run questions:check` does, with each Django that it finds. */
async function timeCheck(): Promise<string> {
  const startedAt = performance.now();
  const script = fileURLToPath(new URL('../scripts/questions-check.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const seconds = (performance.now() - startedAt) / 1000;
  const proofs = [...stdout.matchAll(/Proofs on (Django [\d.]+).*: (\d+) of/g)].map(
    ([, django, held]) => `${held} proofs on ${django}`,
  );
  return `check the shipped bank with ${proofs.join(', ') || 'no proofs'}: ${seconds.toFixed(1)} s (at most ${checkSeconds})`;
}

async function bankLines(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-bank-'));
  try {
    await writeBank(join(dir, 'small'), 471);
    await writeBank(join(dir, 'large'), 10_000);
    const small = await timeLoads(join(dir, 'small'));
    const large = await timeLoads(join(dir, 'large'));
    const pick = await timePicks(await loadBank(join(dir, 'large')), dir);
    return [
      `load ${small.questions} questions from the cache: ${small.ms.toFixed(0)} ms (at most ${smallLoadMs})`,
      `load ${large.questions} questions from the cache: ${large.ms.toFixed(0)} ms (at most ${loadMs})`,
      await timeCheck(),
      `pick among ${large.questions} with filters and no repeats: ${pick.toFixed(1)} µs (at most ${pickMicroseconds})`,
    ];
  } finally {
    await rm(dir, { recursive: true });
  }
}

const [mode, dir = 'questions'] = process.argv.slice(2);
if (mode === '--load') await printLoad(dir);
else if (process.argv[1] === self) for (const line of await bankLines()) print(line);
