// Runs a file of CommonJS with the code that V8 made of it before: reading and compiling all of discord.js is a quarter
// of a start. Plain JavaScript, because the build runs it too.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

/**
 * Beside the file: a digest, then the code. V8 takes it only in the version of Node, with the flags, that it was made
 * with; else it compiles anew. But it looks at no more than lengths: of another file of the same length it runs the old
 * code, and of damaged code (a power cut leaves zeros) it crashes. So nothing else than what was kept gets to it.
 */
const codeOf = (file) => `${file}.code`;
const digestBytes = 32;
const digestOf = (source, code) => createHash('sha256').update(source).update(code).digest();

/** @param file of ASCII, as esbuild writes it; what it imports with `import()` is found from the program's own folder */
export function runKept(file) {
  return run(file).exports;
}

/** Keeps the code of what the file does when it is loaded, until the file changes. */
export function keepCode(file) {
  const { source, script } = run(file);
  const code = script.createCachedData();
  writeFileSync(codeOf(file), Buffer.concat([digestOf(source, code), code]));
}

/** Whether V8 takes what is kept. */
export function isTaken(file) {
  return run(file).script.cachedDataRejected === false;
}

function run(file) {
  const source = readFileSync(file);
  const script = new vm.Script(`(function (exports, require) {${source.toString('latin1')}\n})`, {
    filename: file,
    cachedData: kept(file, source),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const exports = {};
  script.runInThisContext()(exports, createRequire(file));
  return { source, script, exports };
}

function kept(file, source) {
  const found = readIfThere(codeOf(file));
  const code = found?.subarray(digestBytes);
  return code && digestOf(source, code).equals(found.subarray(0, digestBytes)) ? code : undefined;
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    // A start is only slower without it.
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(error.code)) return undefined;
    throw error;
  }
}
