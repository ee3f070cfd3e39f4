// Packs this package, installs it into an empty project beside discord.js, and tests a bot there that knows nothing
// of it. Needs a build of the package, and a registry or a cache that has its dependencies.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(path.join(tmpdir(), 'empty-project-'));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const packed = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], here));
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const tarball = `./${Object.values(packed)[0].filename}`;
  run(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      tarball,
      'discord.js@14.28.1',
    ],
    project,
  );
  cpSync(path.join(here, 'examples'), project, { recursive: true });
  run(process.execPath, ['--test', 'coin.test.mjs'], project);
  process.stdout.write('A bot in an empty project was tested with the packed package.\n');
} finally {
  rmSync(project, { recursive: true, force: true });
}
