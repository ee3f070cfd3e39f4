import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { needs } from '../../scripts/check/machines.js';
import { ProofCache } from '../../scripts/check/proof-cache.js';
import { groundsOf, prove } from '../../scripts/check/proofs.js';
import { type Machine, type Outcome, runSnippets, stopRunning } from '../../scripts/check/runner.js';
import { faultText } from '../../src/bank/faults.js';
import { readBank } from '../../src/bank/load.js';
import { bankDir, head, single } from '../bank/bank-files.js';
import { tempDir } from '../helpers/store.js';
import { machinesHere } from './machines.js';

const pythons = await machinesHere(['python']);
const [postgres] = await machinesHere(['postgresql']);
if (!postgres) process.stderr.write(`Proofs in SQL are skipped: they need ${needs.postgresql}\n`);

const run = async (machine: Machine, code: string, setup = '') => {
  const outcome = (await runSnippets(machine, [{ id: 'a', setup, code }])).get('a');
  return outcome?.raised ? `${outcome.printed}${outcome.raised}: ${outcome.detail}` : outcome?.printed;
};

test.runIf(process.env['CI'])('there are a Python and a PostgreSQL where everything has to run', () => {
  expect(pythons, needs.python).not.toEqual([]);
  expect(postgres, needs.postgresql).toBeDefined();
});

describe.each(pythons)('on plain Python $versions.python', (machine) => {
  test('a snippet is a program of its own, without Django', async () => {
    expect(await run(machine, 'import sys\nprint(__name__, "django" in sys.modules)')).toBe(
      '__main__ False\n',
    );
  });

  test('threads, processes, pickles and event loops work', async () => {
    const code = `
import asyncio, inspect, multiprocessing, pickle, threading
class Box: pass
def double(x): return 2 * x
async def main(): return 1
threads = [threading.Thread(target=double, args=(1,)) for _ in range(20)]
for each in threads: each.start()
for each in threads: each.join()
with multiprocessing.get_context("fork").Pool(2) as pool: print(pool.map(double, [1, 2]))
print(type(pickle.loads(pickle.dumps(Box()))).__name__, asyncio.run(main()), inspect.getsource(double), end="")
`;
    expect(await run(machine, code)).toBe('[2, 4]\nBox 1 def double(x): return 2 * x\n');
  });
});

describe.runIf(postgres)('on a real PostgreSQL', () => {
  const setup = `run(a, "create table stock (id int primary key, n int)")
run(a, "insert into stock values (1, 5), (2, 7)")
a.commit()`;

  const codes = {
    tuples: 'print(run(a, "select n, %s from stock where id = %s", "x%", 2), run(b, "select \'50%\'"))',
    waiting: `run(a, "update stock set n = 6 where id = 1")
print(blocked(b, "update stock set n = 0 where id = 1"), blocked(b, "update stock set n = 0 where id = 2"))
a.commit()
print(blocked(b, "update stock set n = 0 where id = 1"), run(b, "select n from stock order by id"))`,
    neighbours: `import psycopg2, threading
def behind(connection, take):
    thread = threading.Thread(target=run, args=(connection, take), daemon=True)
    thread.start()
    return thread
elsewhere = [psycopg2.connect(host=a.info.host, user="drills", dbname="postgres") for _ in range(2)]
run(elsewhere[0], "select pg_advisory_lock(1)")
behind(elsewhere[1], "select pg_advisory_lock(1)")
until_waiting(elsewhere[1])
run(a, "update stock set n = 6 where id = 1")
watch = threading.Thread(target=until_waiting, args=(b,), daemon=True)
watch.start()
watch.join(0.1)
print(watch.is_alive())
waiting = behind(b, "update stock set n = 0 where id = 1")
watch.join()
a.commit()
waiting.join()
print(run(b, "select n from stock where id = 1"))`,
    twice: 'run(a, "insert into stock values (1, 1)")',
    deadlock: `import threading
run(a, "update stock set n = 0 where id = 1")
run(b, "update stock set n = 0 where id = 2")
ended = []
def cross(connection, id):
    try:
        run(connection, "update stock set n = 0 where id = %s", id)
    except Exception as error:
        ended.append(type(error).__name__)
        connection.rollback()
threads = [threading.Thread(target=cross, args=pair) for pair in ((a, 2), (b, 1))]
for each in threads: each.start()
for each in threads: each.join()
print(ended)`,
    one: 'print(run(a, "select * from stock"))',
    other: 'print(run(a, "select * from stock"))',
    folder: 'print(a.info.host)',
  };
  let outcomes: ReadonlyMap<string, Outcome>;
  const outcomeOf = (id: keyof typeof codes) => outcomes.get(id);

  // One server for all of them: starting it takes most of the time.
  beforeAll(async () => {
    const snippets = Object.entries(codes).map(([id, code]) => ({ id, setup, code }));
    outcomes = await runSnippets(postgres as Machine, snippets);
  });

  test('rows come as tuples, values go in by placeholders', () => {
    expect(outcomeOf('tuples')).toMatchObject({ printed: "[(7, 'x%')] [('50%',)]\n", raised: null });
  });

  test('two sessions wait for each other, and one can say so', () => {
    expect(outcomeOf('waiting')?.printed).toBe('True False\nFalse [(0,), (0,)]\n');
  });

  test('a session is waited for by itself: what waits in another database is not it', () => {
    expect(outcomeOf('neighbours')).toMatchObject({ printed: 'True\n[(0,)]\n', raised: null });
  });

  test('failures carry the class of psycopg2, and a deadlock is found', () => {
    expect(outcomeOf('twice')?.raised).toBe('UniqueViolation');
    expect(outcomeOf('deadlock')?.printed).toBe("['DeadlockDetected']\n");
  });

  test('each snippet finds an empty database', () => {
    for (const id of ['one', 'other'] as const)
      expect(outcomeOf(id)).toMatchObject({ printed: '[(1, 5), (2, 7)]\n', raised: null });
  });

  test('its folder and its server go when all is done', async () => {
    const folder = String(outcomeOf('folder')?.printed).trim();
    expect(folder).toMatch(/^\//);
    await expect(readFile(join(folder, 'log'))).rejects.toThrow('ENOENT');
  });
});

describe('proofs of options and claims', () => {
  const question = (more: string, why = 'It raises KeyError.') =>
    `${head}${single
      .replace(
        '      - wrong: Two\n        why: Nothing asks twice.',
        `      - wrong: Two\n        why: ${why}\n        verify: {code: "given[1]", raises: KeyError}`,
      )
      .replace(
        'How many queries?',
        'Why?',
      )}    verify: {runs: python, setup: "given = {}", code: print(0), prints: "0"}
    claims:
${more}`;
  const claim = (says: string, rest: string): string => `      - {says: ${says}, ${rest}}\n`;
  const proven = async (text: string) => {
    const dir = await bankDir({ 'django/queries.yaml': text });
    const { topics, faults } = await readBank(dir);
    expect(faults).toEqual([]);
    const result = await prove(topics, pythons.slice(0, 1));
    return { ...result, faults: result.faults.map((fault) => faultText(fault).replace(`${dir}/`, '')) };
  };

  test('run on what the answer runs on, after its setup', async () => {
    const { faults, lines } = await proven(
      question(claim('It asks once.', 'code: print(given), prints: "{}"')),
    );
    expect(faults).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/^Proofs on Python 3[\d.]+: 3 of 3 hold\.$/)]);
  });

  test('that fail on a busy machine are run once more, alone, and that is told', async () => {
    const been = join(await tempDir(), 'been');
    const secondTime = `import os; print(os.path.exists("${been}")); open("${been}", "w").close()`;
    const { faults, lines } = await proven(
      question(claim('It asks once.', `code: '${secondTime}', prints: "True"`)),
    );
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      expect.stringContaining('3 of 3 hold.'),
      'On a busy machine these did not hold, alone they did: first.',
    ]);
  });

  test('that fail are named where they stand', async () => {
    const { faults } = await proven(question(claim('It asks once.', 'code: print(given), prints: "1"')));
    expect(faults).toEqual([
      expect.stringMatching(
        /^django\/queries\.yaml:\d+ {2}`first`: printed "\{\}"; claimed is "1", on Python/,
      ),
    ]);
  });

  test('quote what they prove, name what is raised, and say what happens', async () => {
    const { faults } = await proven(
      question(
        claim('It never asks.', 'code: f(), prints: "1"') + claim('It asks', 'code: f()'),
        'It fails.',
      ),
    );
    expect(faults.map((fault) => fault.replace(/^.*?`: /, '')).slice(0, 3)).toEqual([
      'option 2 fails with KeyError, which neither it nor its why says → name `KeyError` in the why',
      'claim 1 quotes "It never asks.", which stands in no explanation or why → quote it word for word, as far as it is proven',
      'the proof claims nothing → add what it `prints`, or the exception that it `raises`',
    ]);
  });

  test('of a ground that is not here are said not to be proven', async () => {
    const text = question(claim('It asks once.', 'on: postgresql, code: print(1), prints: "1"'));
    const { faults, lines } = await proven(text);
    expect(faults).toEqual([]);
    expect(lines.at(-1)).toBe(`NOT PROVEN: 1 proofs need ${needs.postgresql}.`);
    const { topics } = await readBank(await bankDir({ 'django/queries.yaml': text }));
    expect([...groundsOf(topics)]).toEqual(['python', 'postgresql']);
  });
});

describe('outcomes are kept', () => {
  const [python] = pythons;
  const never: Machine = {
    ground: 'python',
    versions: python?.versions ?? {},
    python: '/no',
    path: undefined,
  };
  const snippet = { id: 'a', setup: 'x = 1', code: 'print(x)' };

  test('as long as nothing changes of what is run, and on what', async () => {
    const file = join(await tempDir(), 'deep/proofs.json');
    const first = await ProofCache.open(file);
    await first.run(python as Machine, [snippet]);
    await first.save(file);
    const second = await ProofCache.open(file);
    expect((await second.run(never, [{ ...snippet, id: 'other' }])).get('other')?.printed).toBe('1\n');
    await expect(second.run(never, [{ ...snippet, setup: 'x = 2' }])).rejects.toThrow('/no');
    const newer = { ...never, versions: { python: '3.99' } };
    await expect(second.run(newer, [snippet])).rejects.toThrow('/no');
  });

  test('as they end: a check that is stopped leaves no process, and goes on where it was', async () => {
    const file = join(await tempDir(), 'proofs.json');
    const pidFile = join(await tempDir(), 'pid');
    const slow = { ...snippet, id: 'slow', code: 'import time\ntime.sleep(1.2)\nprint(x)' };
    const endless = {
      ...snippet,
      id: 'endless',
      code: `import os, time\nopen(${JSON.stringify(pidFile)}, "w").write(str(os.getpid()))\ntime.sleep(60)`,
    };
    const cache = await ProofCache.open(file);
    await new Promise<void>((resolve) => {
      let left = 2;
      void cache.run(python as Machine, [snippet, slow, endless], 3, () => --left === 0 && resolve());
    });
    const pid = Number(await readFile(pidFile, 'utf8'));
    await stopRunning();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const { unknown } = (await ProofCache.open(file)).parted(python as Machine, [snippet, slow, endless]);
    expect(unknown).toEqual([endless]);
  });

  test('but not what was stopped', async () => {
    vi.stubEnv('SNIPPET_SECONDS', '1');
    const cache = await ProofCache.open(join(await tempDir(), 'proofs.json'));
    const endless = { ...snippet, code: 'import time\ntime.sleep(9)' };
    await cache.run(python as Machine, [endless]);
    expect(cache.parted(python as Machine, [endless]).unknown).toEqual([endless]);
    vi.unstubAllEnvs();
  });
});
