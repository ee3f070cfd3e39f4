import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempDir } from '../helpers/store.js';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A program of a few lines, with what builds it, and packages of a line each: of how many does not matter here. */
async function smallProgram(): Promise<string> {
  const root = await tempDir();
  await Promise.all(
    ['src/bank', 'commands', 'dist'].map((dir) => mkdir(join(root, dir), { recursive: true })),
  );
  for (const name of ['discord.js', 'undici']) {
    const dir = join(root, 'node_modules', name);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    await writeFile(join(dir, 'index.js'), 'exports.Client = class {};');
  }
  await symlink(join(project, 'node_modules/esbuild'), join(root, 'node_modules/esbuild'));
  await cp(join(project, 'scripts'), join(root, 'scripts'), { recursive: true });
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(
    join(root, 'src/index.ts'),
    "import { Client } from 'discord.js'; console.log(typeof Client);",
  );
  await writeFile(join(root, 'src/bank/load-cached.ts'), 'export const loadBankCached = 1;');
  await writeFile(join(root, 'commands/ask.ts'), 'export const ask = 1;');
  return root;
}

const call = promisify(execFile);

function bundle(root: string): Promise<unknown> {
  const bundler = pathToFileURL(join(root, 'scripts/bundle.mjs')).href;
  const text = `import { bundleProgram } from '${bundler}'; await bundleProgram(${JSON.stringify(root)});`;
  return call(process.execPath, ['--input-type=module', '-e', text]);
}

const start = async (root: string): Promise<string> =>
  (await call(process.execPath, [join(root, 'dist/bundle/src/index.js')])).stdout;

it('two builds at once end well, and one that fails leaves the last program as it was', async () => {
  const root = await smallProgram();
  await Promise.all([bundle(root), bundle(root)]);
  expect(await start(root)).toBe('function\n');
  await writeFile(join(root, 'src/index.ts'), 'this is no program');
  await expect(bundle(root)).rejects.toThrow('index.ts');
  expect(await start(root)).toBe('function\n');
  expect(await readdir(join(root, 'dist'))).toEqual(['bundle']);
});
