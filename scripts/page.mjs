// Bundles the sandbox's page into dist/page when its sources have changed. Plain JavaScript, like build.mjs.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const parts = ['src/sandbox/page', 'packages/local-discord/src', 'scripts/page.mjs'];
const copied = ['index.html', 'icon.svg'];

/** Without the bundler, which is a dev dependency, what is built stays as it is. */
export async function buildPage(root) {
  const out = path.join(root, 'dist/page');
  const bundle = path.join(out, 'page.js');
  if (!existsSync(path.join(root, 'node_modules/esbuild'))) return;
  const changedMs = Math.max(...parts.map((part) => newestMs(path.join(root, part))));
  if (existsSync(bundle) && statSync(bundle).mtimeMs > changedMs) return;
  const { build } = await import('esbuild');
  mkdirSync(out, { recursive: true });
  const from = path.join(root, 'src/sandbox/page');
  for (const name of copied) copyFileSync(path.join(from, name), path.join(out, name));
  await build({
    entryPoints: { page: path.join(from, 'main.ts') },
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    conditions: ['source'],
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

function newestMs(file) {
  const found = statSync(file);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(file).map((name) => newestMs(path.join(file, name))));
}
