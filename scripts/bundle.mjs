// Bundles the program into dist/bundle when its sources, its packages or Node have changed: reading a thousand files
// takes longer than everything else that a start does. Plain JavaScript, like build.mjs.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepCode } from './kept-code.mjs';

const parts = ['src', 'commands', 'package-lock.json', 'scripts/bundle.mjs', 'scripts/kept-code.mjs'];

/** What stays a package: native code, what starts workers or reads files of its own, and what few starts need. */
const packages = [
  'sqlite3',
  '@napi-rs/canvas',
  'pino',
  'pino-pretty',
  'pg',
  '@keyv/postgres',
  '@keyv/redis',
  'prom-client',
  'local-discord',
];
/** What reads the bank, and keeps what it has read beside the bundle. */
const bankReader = 'src/bank/load-cached.ts';
/** discord.js asks for these where they are installed. */
const optional = ['zlib-sync', 'bufferutil', 'utf-8-validate', '@discordjs/opus', 'opusscript', 'erlpack'];

/** Of CommonJS, which esbuild wraps: a start compiles and runs them for longer than all else. */
const keptPackages = ['discord.js', 'undici'];
const keptFile = 'packages.cjs';

/**
 * esbuild gives each file that imports from a package of CommonJS a copy of all of its exports, a getter for each: sixty
 * files and 500 exports are some megabytes, and time. So there is one file in between for each of the kept packages.
 * The packages themselves are a bundle of their own, and run with code that V8 made of it before (`kept-code.mjs`).
 * @param folder of the file that is made: the packages' bundle comes beside it
 */
export const packagesOnce = (root, folder) => ({
  name: 'packages once',
  setup({ onStart, onEnd, onResolve, onLoad }) {
    const own = ['src', 'commands'].map((name) => path.join(root, name) + path.sep);
    const file = path.join(folder, keptFile);
    onResolve({ filter: new RegExp(`^(${keptPackages.join('|')})$`) }, ({ importer, path: name }) =>
      own.some((start) => importer.startsWith(start)) ? { path: name, namespace: 'once' } : undefined,
    );
    onResolve({ filter: /^kept$/, namespace: 'once' }, () => ({ path: 'kept', namespace: 'once' }));
    onLoad({ filter: /^kept$/, namespace: 'once' }, () => {
      const loader = JSON.stringify(path.join(root, 'scripts/kept-code.mjs'));
      const contents = `import { runKept } from ${loader}; import { fileURLToPath } from 'node:url';
        export default runKept(fileURLToPath(new URL('./${keptFile}', import.meta.url)));`;
      return { contents, resolveDir: root };
    });
    onLoad({ filter: /./, namespace: 'once' }, async ({ path: name }) => {
      const { default: all } = await import(name);
      const names = Object.keys(all).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const contents = `import kept from 'kept'; export const { ${names.join(', ')} } = kept['${name}'];`;
      return { contents, resolveDir: root };
    });
    onStart(() => bundleKept(root, file));
    onEnd(() => keepCode(file));
  },
});

async function bundleKept(root, outfile) {
  const { build } = await import('esbuild');
  const contents = keptPackages.map((name) => `exports['${name}'] = require('${name}');`).join('\n');
  await build({
    ...alike,
    format: 'cjs',
    stdin: { contents, resolveDir: root },
    outfile,
    external: optional,
  });
}

/** What both bundles have in common. */
const alike = {
  bundle: true,
  // Less to read; names stay as they are, for whoever reads a stack trace without the maps.
  minifyWhitespace: true,
  minifySyntax: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Without the bundler, which is a dev dependency, what is built stays as it is. Built in a folder of its own that then
 * takes the place of the last one: one that fails leaves that, and of two at once neither takes the other's files away.
 */
export async function bundleProgram(root) {
  const out = path.join(root, 'dist/bundle');
  if (!existsSync(path.join(root, 'node_modules/esbuild')) || isFresh(root, out)) return;
  const unfinished = `${out}.${process.pid}`;
  try {
    await bundleInto(root, unfinished);
    // Another may have been quicker; the bank's cache goes with the last one, whose code may have changed.
    if (isFresh(root, out)) return;
    keepLateParts(out, unfinished);
    takePlace(unfinished, out);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * A bot that runs goes on while its program is built anew: what it has not loaded yet it finds in the new folder, under
 * names that tell the content (esbuild's `[hash]`). Those of the last builds stay, but not of all there ever were.
 */
const lateParts = { list: '.parts.json', builds: 8, name: /-[0-9A-Z]{8}\.js(\.map)?$/ };

export function keepLateParts(last, next) {
  const partsOf = (folder) =>
    readdirSync(path.join(folder, 'src')).filter((name) => lateParts.name.test(name));
  const earlier = existsSync(last) ? (readParts(last) ?? [partsOf(last)]).slice(0, lateParts.builds - 1) : [];
  const own = partsOf(next);
  for (const name of new Set(earlier.flat())) {
    const [from, to] = [last, next].map((folder) => path.join(folder, 'src', name));
    if (!existsSync(to) && existsSync(from)) copyFileSync(from, to);
  }
  writeFileSync(path.join(next, lateParts.list), JSON.stringify([own, ...earlier]));
}

function readParts(folder) {
  const list = path.join(folder, lateParts.list);
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : undefined;
}

function isFresh(root, out) {
  const stamp = path.join(out, '.built');
  // Another version of Node would not take the code that is kept of the packages.
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== process.version) return false;
  return statSync(stamp).mtimeMs > Math.max(...parts.map((part) => newestMs(path.join(root, part))));
}

/** Names are all that changes: a start that reads the folder meanwhile finds one or the other, of the same files. */
function takePlace(from, to) {
  const last = `${from}.last`;
  try {
    if (existsSync(to)) renameSync(to, last);
    renameSync(from, to);
  } catch (error) {
    // Another has done it in this moment, which is as good.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
  } finally {
    rmSync(last, { recursive: true, force: true });
  }
}

async function bundleInto(root, out) {
  const { build } = await import('esbuild');
  // Each command stays a file of its own, to be found in its folder when the bot starts.
  const commands = readdirSync(path.join(root, 'commands')).map((name) => path.join(root, 'commands', name));
  const { metafile } = await build({
    ...alike,
    entryPoints: [path.join(root, 'src/index.ts'), path.join(root, bankReader), ...commands],
    outbase: root,
    outdir: out,
    // Beside index.js, as src/place.ts relies on.
    chunkNames: 'src/[name]-[hash]',
    splitting: true,
    format: 'esm',
    external: [...packages, ...optional],
    plugins: [packagesOnce(root, path.join(out, 'src'))],
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    // For packages that are not ES modules themselves.
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
  });
  leaveMapsOfPackages(metafile.outputs);
  writeFileSync(path.join(out, '.built'), process.version);
}

/** Node reads the map of each file that it loads; those of packages are the longest, and nobody looks at them. */
function leaveMapsOfPackages(outputs) {
  for (const [file, { inputs }] of Object.entries(outputs)) {
    const isOurs = Object.keys(inputs).some((input) => !/node_modules\/|^once:/.test(input));
    if (isOurs || !file.endsWith('.js')) continue;
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
    rmSync(`${file}.map`);
  }
}

/**
 * Reads the bank into the bundle's cache: where it is installed the program's folder can often not be written, and
 * every start would read all questions. A bank with faults is left to the start, which tells them.
 */
export async function readBankOnce(root) {
  const reader = path.join(root, 'dist/bundle', bankReader.replace(/ts$/, 'js'));
  if (!existsSync(reader)) return;
  const { loadBankCached } = await import(pathToFileURL(reader).href);
  await loadBankCached(path.join(root, 'questions')).catch((error) => {
    if (error.name !== 'BankError') throw error;
  });
}

function newestMs(file) {
  const found = statSync(file);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(file).map((name) => newestMs(path.join(file, name))));
}
