import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // Vitest leaves a core free by default; on two cores that would be half of the time.
    maxWorkers: 2,
  },
});
