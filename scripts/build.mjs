// Compiles what changed, before every start and test. Plain JavaScript, because it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');

if (existsSync(compiler)) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  for (const folder of ['src', 'commands', 'bench', 'scripts']) removeOrphans(folder);
  await buildPage(root);
} else if (!existsSync(path.join(root, 'dist/src/index.js'))) {
  process.stderr.write(
    'Nothing is built yet, and the compiler is a dev dependency that this install leaves out.\n' +
      'Run "npm ci && npm run build" first; after that "npm prune --omit=dev" makes it a production install.\n',
  );
  process.exit(2);
}

/** A compiled command whose source is gone would still be found in its folder, and registered. */
function removeOrphans(folder) {
  const built = path.join(root, 'dist', folder);
  if (!existsSync(built)) return;
  for (const file of readdirSync(built, { recursive: true })) {
    const source = /^(.+)\.js(\.map)?$/.exec(file)?.[1];
    if (source && !existsSync(path.join(root, folder, `${source}.ts`))) rmSync(path.join(built, file));
  }
}
