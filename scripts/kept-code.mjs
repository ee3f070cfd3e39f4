// Runs a file of CommonJS with the code that V8 made of it before: reading and compiling all of discord.js is a quarter
// of a start. Plain JavaScript, because the build runs it too.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

/** Beside the file. V8 takes it only in the version of Node, and with the flags, that it was made with; else it compiles. */
const codeOf = (file) => `${file}.code`;

/** @param file of ASCII, as esbuild writes it; what it imports with `import()` is found from the program's own folder */
export function runKept(file) {
  return run(file).exports;
}

/** Keeps the code of what the file does when it is loaded. V8 knows another file by its length only: keep it anew with it. */
export function keepCode(file) {
  writeFileSync(codeOf(file), run(file).script.createCachedData());
}

/** Whether V8 takes what is kept. */
export function isTaken(file) {
  return run(file).script.cachedDataRejected === false;
}

function run(file) {
  const script = new vm.Script(`(function (exports, require) {${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    cachedData: kept(file),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const exports = {};
  script.runInThisContext()(exports, createRequire(file));
  return { script, exports };
}

function kept(file) {
  try {
    return readFileSync(codeOf(file));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
