import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
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
    await writeFile(
      join(dir, 'index.js'),
      "exports.Client = class {}; exports.Events = { ClientReady: 'clientReady' };",
    );
  }
  await symlink(join(project, 'node_modules/esbuild'), join(root, 'node_modules/esbuild'));
  await cp(join(project, 'scripts'), join(root, 'scripts'), { recursive: true });
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(
    join(root, 'src/index.ts'),
    `import { Client } from 'discord.js'; console.log(typeof Client);
     if (process.argv[2]) process.on('message', async () => process.send((await import('./late.js')).late()));`,
  );
  await writeLate(root, 'old');
  await writeFile(join(root, 'src/bank/load-cached.ts'), 'export const loadBankCached = 1;');
  await writeFile(join(root, 'commands/ask.ts'), 'export const ask = 1;');
  return root;
}

/** A part that is loaded when it is needed; it has a part of its own in common with the start. */
const writeLate = (root: string, word: string): Promise<void> =>
  writeFile(
    join(root, 'src/late.ts'),
    `import { Events } from 'discord.js'; export const late = () => '${word} ' + Events.ClientReady;`,
  );

/** A program that runs, and what it says once it has loaded what it loads late. */
async function running(root: string): Promise<() => Promise<unknown>> {
  const child = spawn(process.execPath, [join(root, 'dist/bundle/src/index.js'), 'waiting'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return async () => {
    const answer = Promise.race([once(child, 'message'), once(child, 'exit')]);
    child.send('load');
    return (await answer)[0];
  };
}

const call = promisify(execFile);

function bundle(root: string): Promise<unknown> {
  const bundler = pathToFileURL(join(root, 'scripts/bundle.mjs')).href;
  const text = `import { bundleProgram } from '${bundler}'; await bundleProgram(${JSON.stringify(root)});`;
  return call(process.execPath, ['--input-type=module', '-e', text]);
}

const start = async (root: string): Promise<string> =>
  (await call(process.execPath, [join(root, 'dist/bundle/src/index.js')])).stdout;

it('two builds at once end well, one that fails leaves the last program as it was, and one that runs finds all its parts after the next', async () => {
  const root = await smallProgram();
  await Promise.all([bundle(root), bundle(root)]);
  const isLoaded = await running(root);
  const index = await readFile(join(root, 'src/index.ts'), 'utf8');
  await writeFile(join(root, 'src/index.ts'), 'this is no program');
  await expect(bundle(root)).rejects.toThrow('index.ts');
  expect(await start(root)).toBe('function\n');
  expect(await readdir(join(root, 'dist'))).toEqual(['bundle']);
  await writeFile(join(root, 'src/index.ts'), index);
  await writeLate(root, 'new');
  await bundle(root);
  expect(await isLoaded(), 'one that was running').toBe('old clientReady');
  expect(await (await running(root))(), 'one that was started since').toBe('new clientReady');
});

it('parts of the last eight builds stay, and no more', async () => {
  const { keepLateParts } = await import(pathToFileURL(join(project, 'scripts/bundle.mjs')).href);
  const folder = await tempDir();
  const last = (): string => join(folder, 'last');
  for (let build = 0; build < 12; build++) {
    const next = join(folder, 'next');
    await mkdir(join(next, 'src'), { recursive: true });
    // One that changes with each build, one that never does, and one whose name tells no content.
    for (const name of [`late-0000000${build.toString(16).toUpperCase()}.js`, 'same-ABCDEFGH.js', 'index.js'])
      await writeFile(join(next, 'src', name), '');
    keepLateParts(last(), next);
    await rm(last(), { recursive: true, force: true });
    await rename(next, last());
  }
  const eight = [...'456789AB'].map((build) => `late-0000000${build}.js`);
  expect((await readdir(join(last(), 'src'))).sort()).toEqual(['index.js', ...eight, 'same-ABCDEFGH.js']);
});
