import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { stackOf } from '../../src/app/stack.js';

const source = `
export function fails(): never {
  throw new Error('on purpose');
}
`;

async function built(): Promise<{ dir: string; file: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'stack-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, 'out/program.js');
  await writeFile(join(dir, 'program.ts'), source);
  const options = { bundle: true, minifyWhitespace: true, format: 'esm', sourcemap: 'linked' } as const;
  await build({ ...options, entryPoints: [join(dir, 'program.ts')], outfile: file, logLevel: 'error' });
  return { dir, file };
}

async function thrownBy(file: string): Promise<Error> {
  const { fails } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  try {
    return fails();
  } catch (error) {
    return error as Error;
  }
}

it('a stack names the place in the source', async () => {
  const { dir, file } = await built();
  expect(stackOf(await thrownBy(file))).toContain(`${join(dir, 'program.ts')}:3:9`);
});

it.each([
  ['missing', (map: string) => rm(map)],
  ['damaged', (map: string) => writeFile(map, '{')],
  ['of something else', (map: string) => writeFile(map, '[]')],
])('where the map is %s, it stays as it is', async (_, spoil) => {
  const { dir, file } = await built();
  const other = join(dir, 'out/other.js');
  await copyFile(file, other);
  await copyFile(`${file}.map`, `${other}.map`);
  await spoil(`${other}.map`);
  const error = await thrownBy(other);
  expect(stackOf(error)).toBe(error.stack);
});

it.each(['file://elsewhere/x.js:1:1', 'file:///%2F.js:1:1'])(
  'words like %s in a message are no place',
  (words) => {
    const error = new Error(words);
    expect(stackOf(error)).toBe(error.stack);
  },
);
