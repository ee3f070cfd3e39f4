import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WaitingApart } from './tests/file-order.js';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    globalSetup: 'tests/helpers/one-run.ts',
    include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // What is waited for comes when it comes: a second is nothing on a machine that does other things too.
    expect: { poll: { timeout: 20_000 } },
    // Loading discord.js and what else a file needs took a third of the time; now each worker does it once. So a
    // test leaves nothing behind: what it stubs is put back (see below), what it starts it stops.
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    // Vitest leaves a core free by default, which on two cores would be half of the time; and some tests wait.
    maxWorkers: Math.max(3, availableParallelism()),
    execArgv: sparing(),
    sequence: { sequencer: WaitingApart },
    // What a run has transformed, the next one finds, as long as the file is the same.
    experimental: { fsModuleCache: true },
    env: { TMPDIR: quickestTemp() },
  },
});

/**
 * Code that runs for seconds is not worth what V8 spends on it beside: a third of all CPU went into threads that compile
 * ever better and collect garbage together. So it compiles better later, collects less often, and alone.
 */
function sparing(): string[] {
  const collecting = ['--single-threaded-gc', '--min-semi-space-size=32', '--max-semi-space-size=64'];
  // V8 has had other names for it since.
  return process.version.startsWith('v20.') ? ['--interrupt-budget=1000000', ...collecting] : collecting;
}

/** Memory, where there is plenty: the databases of tests sync after each commit, and nobody cuts the power here. */
function quickestTemp(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize > 2 ** 30) return '/dev/shm';
  } catch {
    // No such thing on this machine.
  }
  return tmpdir();
}
