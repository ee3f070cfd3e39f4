// Compiles what changed, before every start and test. Plain JavaScript, because it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram, readBankOnce } from './bundle.mjs';
import { buildPage } from './page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
requireNode();
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');

if (existsSync(compiler)) {
  // The package first: what is built of the bot is checked against its declarations.
  for (const project of ['packages/local-discord', 'tsconfig.build.json']) compile(project);
  for (const folder of ['src', 'commands', 'bench', 'scripts'])
    removeOrphans(path.join('dist', folder), folder);
  removeOrphans('packages/local-discord/dist', 'packages/local-discord/src');
  await buildPage(root);
  await bundleProgram(root);
  await readBankOnce(root);
} else if (!existsSync(path.join(root, 'dist/bundle/src/index.js'))) {
  process.stderr.write(
    'Nothing is built yet, and the compiler is a dev dependency that this install leaves out.\n' +
      'Run "npm ci && npm run build" first; after that "npm prune --omit=dev --workspaces=false" makes it a production install.\n',
  );
  process.exit(2);
}

/** An older Node fails somewhere in the middle, in words that say nothing. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const numbers = (text) => text.match(/\d+/g).map(Number);
  const [major, minor] = numbers(process.versions.node);
  const [oldestMajor, oldestMinor] = numbers(engines.node);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  process.stderr.write(
    `This needs Node.js ${oldestMajor}.${oldestMinor} or newer, and runs on ${process.versions.node}.\n` +
      'Install a newer one from https://nodejs.org, then run "npm ci" again.\n',
  );
  process.exit(2);
}

/** A compiled command whose source is gone would still be found in its folder, and registered. */
function removeOrphans(built, sources) {
  const from = path.join(root, built);
  if (!existsSync(from)) return;
  for (const file of readdirSync(from, { recursive: true })) {
    const source = /^(.+?)(\.js|\.js\.map|\.d\.ts)$/.exec(file)?.[1];
    if (source && !existsSync(path.join(root, sources, `${source}.ts`))) rmSync(path.join(from, file));
  }
}

function compile(project) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
