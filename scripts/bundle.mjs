// Bundles the program into dist/bundle when its sources or packages have changed: reading a thousand files takes longer
// than everything else that a start does. Plain JavaScript, like build.mjs.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const parts = ['src', 'commands', 'package-lock.json', 'scripts/bundle.mjs'];

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

/**
 * Each file that imports from a package of CommonJS gets a copy of all of its exports, a getter for each: sixty files
 * and 500 exports are some megabytes, and time. So they go through one file.
 */
export const discordOnce = (root) => ({
  name: 'discord.js once',
  setup({ onResolve, onLoad }) {
    const own = ['src', 'commands'].map((folder) => path.join(root, folder) + path.sep);
    onResolve({ filter: /^discord\.js$/ }, ({ importer }) =>
      own.some((folder) => importer.startsWith(folder)) ? { path: 'discord', namespace: 'once' } : undefined,
    );
    onLoad({ filter: /^discord$/, namespace: 'once' }, async () => {
      const { default: discord } = await import('discord.js');
      const names = Object.keys(discord).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const contents = `import discord from 'discord.js'; export const { ${names.join(', ')} } = discord;`;
      return { contents, resolveDir: root };
    });
  },
});

/** Without the bundler, which is a dev dependency, what is built stays as it is. */
export async function bundleProgram(root) {
  const out = path.join(root, 'dist/bundle');
  const stamp = path.join(out, '.built');
  if (!existsSync(path.join(root, 'node_modules/esbuild'))) return;
  const changedMs = Math.max(...parts.map((part) => newestMs(path.join(root, part))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > changedMs) return;
  const { build } = await import('esbuild');
  // The bank's cache goes with it: it is made by code that may have changed.
  rmSync(out, { recursive: true, force: true });
  // Each command stays a file of its own, to be found in its folder when the bot starts.
  const commands = readdirSync(path.join(root, 'commands')).map((name) => path.join(root, 'commands', name));
  const { metafile } = await build({
    entryPoints: [path.join(root, 'src/index.ts'), path.join(root, bankReader), ...commands],
    outbase: root,
    outdir: out,
    // Beside index.js, as src/place.ts relies on.
    chunkNames: 'src/[name]-[hash]',
    bundle: true,
    // Less to read; names stay as they are, for whoever reads a stack trace without the maps.
    minifyWhitespace: true,
    minifySyntax: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...packages, ...optional],
    plugins: [discordOnce(root)],
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // For packages that are not ES modules themselves.
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
  });
  leaveMapsOfPackages(metafile.outputs);
  writeFileSync(stamp, '');
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
