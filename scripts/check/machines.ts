import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { grounds, type ProofGround } from '../../src/bank/schema-proofs.js';
import { askMachine, type Machine } from './runner.js';
import { compare } from './versions.js';

/** The oldest release that the bank's answers are about. */
const oldestDjango = '5.2';
/** Plain Python must say the same in all of these; newer ones count only where none of them is here. */
const pythonSeries = ['3.11', '3.12', '3.13'];

/** What is needed to run proofs on a ground, for people who have not got it. */
export const needs: Readonly<Record<ProofGround, string>> = {
  django: `Django ${oldestDjango} or newer (scripts/verify/django.sh gets one)`,
  python: `Python ${pythonSeries[0]} or newer`,
  postgresql: "PostgreSQL and a Python with psycopg2 (Debian's postgresql and python3-psycopg2)",
};

/** All that is here to run proofs on, oldest first on each ground. */
export async function findMachines(wanted: Iterable<ProofGround> = grounds): Promise<Machine[]> {
  const found = await Promise.all([...new Set(wanted)].map((ground) => finders[ground]()));
  return found.flat();
}

const finders: Readonly<Record<ProofGround, () => Promise<Machine[]>>> = {
  django: findDjangos,
  python: findPlainPythons,
  postgresql: findPostgres,
};

/** One Django of each series from {@link oldestDjango} on: those of scripts/verify/django.sh, else installed ones. */
async function findDjangos(): Promise<Machine[]> {
  const pythons = await findPythons();
  const found = new Map<string, Machine>();
  for (const path of [...(await unpacked()), undefined]) {
    if (path === undefined && found.size > 0) break;
    for (const python of pythons) {
      const django = await askMachine('django', python, path);
      const series = django && seriesOf(django, 'django');
      if (!django || !series || compare(series, oldestDjango) < 0) continue;
      if (!found.has(series)) found.set(series, django);
      if (path !== undefined) break;
    }
  }
  return inOrder(found, 'django');
}

async function findPlainPythons(): Promise<Machine[]> {
  const found = new Map<string, Machine>();
  for (const python of await findPythons()) {
    const machine = await askMachine('python', python, undefined);
    const series = machine && seriesOf(machine, 'python');
    if (machine && series && compare(series, pythonSeries[0] ?? '') >= 0 && !found.has(series))
      found.set(series, machine);
  }
  const meant = new Map([...found].filter(([series]) => pythonSeries.includes(series)));
  return inOrder(meant.size > 0 ? meant : found, 'python').slice(0, pythonSeries.length);
}

async function findPostgres(): Promise<Machine[]> {
  for (const python of await findPythons()) {
    const machine = await askMachine('postgresql', python, undefined);
    if (machine) return [machine];
  }
  return [];
}

const seriesOf = ({ versions }: Machine, product: string): string =>
  (versions[product] ?? '').split('.', 2).join('.');

const inOrder = (found: ReadonlyMap<string, Machine>, product: string): Machine[] =>
  [...found.values()].sort((a, b) => compare(a.versions[product] ?? '', b.versions[product] ?? ''));

async function unpacked(): Promise<string[]> {
  const series = await namesIn('.django');
  return series
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => resolve('.django', name, 'usr/lib/python3/dist-packages'));
}

/** Debian's own first: its packages are made for it. */
async function findPythons(): Promise<string[]> {
  const versions = join(homedir(), '.pyenv/versions');
  const others = (await namesIn(versions)).filter((name) => /^3\.1[1-9]\./.test(name));
  return [
    '/usr/bin/python3',
    'python3',
    ...[11, 12, 13, 14, 15].map((minor) => `python3.${minor}`),
    ...others.sort(compare).map((name) => join(versions, name, 'bin/python3')),
  ];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
