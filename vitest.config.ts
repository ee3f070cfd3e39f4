import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Vitest leaves a core free by default; on two cores that would be half of the time.
    maxWorkers: 2,
  },
});
