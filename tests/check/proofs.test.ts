import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { needs } from '../../scripts/check/machines.js';
import { prove } from '../../scripts/check/proofs.js';
import { type Machine, type Outcome, runSnippets } from '../../scripts/check/runner.js';
import { faultText } from '../../src/bank/faults.js';
import { readBank } from '../../src/bank/load.js';
import { bankDir, head, single } from '../bank/bank-files.js';
import { shippedBank, shippedQuestions } from '../helpers/banks.js';
import { tempDir } from '../helpers/store.js';
import { machinesHere } from './machines.js';

const machines = await machinesHere();
const django = machines.find(({ ground }) => ground === 'django');
const missing = `there is no ${needs.django}`;
if (!django) process.stderr.write(`Proofs are skipped: ${missing}\n`);

afterEach(() => vi.unstubAllEnvs());

/** The first topic of each shipped pack: to read all of them takes longer than to run what these claim. */
async function firstTopics(): Promise<string> {
  const dir = await tempDir();
  for (const pack of await readdir(shippedQuestions, { withFileTypes: true })) {
    if (!pack.isDirectory()) continue;
    const names = (await readdir(join(shippedQuestions, pack.name))).sort();
    const first = names.find((name) => /^[a-z].*\.yaml$/.test(name)) ?? '';
    for (const name of ['_pack.yaml', first])
      await cp(join(shippedQuestions, pack.name, name), join(dir, pack.name, name));
  }
  return dir;
}

test.runIf(process.env['CI'])('there is a Django where everything has to run', () => {
  expect(django, missing).toBeDefined();
});

describe.runIf(django)('on a real Django', () => {
  const reference = django as Machine;

  async function outcomes(codes: Readonly<Record<string, string>>): Promise<Map<string, Outcome>> {
    return runSnippets(
      reference,
      Object.entries(codes).map(([id, code]) => ({ id, setup: '', code })),
    );
  }

  // All of them are run by `npm run check`, which comes first in CI: there they are known by now.
  const which = process.env['CI']
    ? 'every claim of the shipped bank holds'
    : 'claims of each shipped pack hold';
  test(which, { timeout: 120_000 }, async () => {
    const { topics } = process.env['CI'] ? await shippedBank() : await readBank(await firstTopics());
    expect(new Set(topics.map(({ pack }) => pack)).size).toBeGreaterThan(1);
    const { faults, lines } = await prove(topics, machines);
    expect(faults.map(faultText)).toEqual([]);
    expect(lines.join()).toMatch(/: (\d{2,}) of \1 hold/);
  });

  test('the claims of the template hold', async () => {
    const template = await readFile(join(shippedQuestions, '_template.yaml'), 'utf8');
    const { topics } = await readBank(await bankDir({ 'pack/template.yaml': template }));
    const { faults, lines } = await prove(topics, [reference]);
    expect(faults.map(faultText)).toEqual([]);
    expect(lines.join()).toContain('7 of 7 hold');
  });

  describe('a snippet', () => {
    const seen = `
from django.conf import settings
from django.db.models.signals import post_save
from radio.models import Show
Show.objects.create(title="x")
print(Show.objects.count(), Show.objects.get().pk, settings.DEBUG, len(post_save.receivers))
settings.DEBUG = True
post_save.connect(print, weak=False)
`;
    let found: ReadonlyMap<string, Outcome>;

    // Together: starting Django takes most of the time.
    beforeAll(async () => {
      found = await runSnippets(reference, [
        { id: 'printed', setup: 'x = 1\nprint("no")', code: 'print(x)\nprint(2, end="")' },
        { id: 'code', setup: '', code: 'from radio.models import Show\n\nShow.objects.get(title="?")' },
        { id: 'syntax', setup: '', code: 'print(1' },
        { id: 'exit', setup: '', code: 'import sys\nsys.exit(3)' },
        { id: 'setup', setup: '1 / 0', code: 'print(1)' },
        ...['a', 'b', 'c'].map((id) => ({ id, setup: '', code: seen })),
      ]);
    });

    test('says what is printed, and not what its setup prints', () => {
      expect(found.get('printed')).toEqual({ id: 'printed', printed: '1\n2', raised: null, detail: '' });
    });

    test('says what is raised, and in which line', () => {
      expect(found.get('code')).toMatchObject({
        raised: 'DoesNotExist',
        detail: 'Show matching query does not exist. (line 3 of the code)',
      });
      expect(found.get('syntax')).toMatchObject({ raised: 'SyntaxError' });
      expect(found.get('exit')).toMatchObject({ raised: 'SystemExit' });
      expect(found.get('setup')).toMatchObject({ printed: '', raised: 'ZeroDivisionError in its setup' });
    });

    test('does not see what another did', () => {
      for (const id of ['a', 'b', 'c']) expect(found.get(id)?.printed).toBe('1 1 False 0\n');
    });
  });

  test('stops what does not end, takes too much or dies, and goes on', async () => {
    vi.stubEnv('SNIPPET_SECONDS', '1');
    const found = await outcomes({
      loop: 'while True: pass',
      sleep: 'import time\ntime.sleep(60)',
      memory: 'print(len(bytearray(4 << 30)))',
      exit: 'import os\nprint(1)\nos._exit(0)',
      output: 'import os\nos.write(1, b"{}")\nos.write(2, b"no")',
      good: 'print(1)',
    });
    const stopped = 'nothing, it was stopped';
    expect(found.get('loop')).toMatchObject({ raised: stopped });
    expect(found.get('sleep')).toMatchObject({ raised: stopped, detail: 'it ran for 1 s' });
    expect(found.get('memory')).toMatchObject({ raised: 'MemoryError' });
    expect(found.get('exit')).toMatchObject({ printed: '', raised: stopped });
    expect(found.get('output')).toMatchObject({ printed: '', raised: null });
    expect(found.get('good')).toMatchObject({ printed: '1\n' });
  });

  test('names a wrong claim where it stands, and what belongs to other versions', async () => {
    const proof = (id: string, prints: string, versions = ''): string => `${single
      .replace('first', id)
      .replace('How many queries?', 'Why?')}${versions}    verify:
      setup: from radio.models import Show
      code: print(Show.objects.count())
      prints: "${prints}"
`;
    const old = '    versions: { django: "<4.0" }\n';
    const dir = await bankDir({
      'django/queries.yaml': head + proof('right', '0') + proof('other', '1') + proof('old', '1', old),
    });
    const { topics } = await readBank(dir);
    const { faults, lines } = await prove(topics, [reference]);
    expect(faults.map((fault) => faultText(fault).replace(`${dir}/`, ''))).toEqual([
      `django/queries.yaml:32  \`other\`: printed "0"; claimed is "1", on Django ${reference.versions.django} → put the question or its proof right, whichever is wrong`,
    ]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^Proofs on Django [\d.]+, DRF [\d.]+, Python [\d.]+: 1 of 2 hold; 1 are about other versions \(old\)\.$/,
      ),
    ]);
  });
});
