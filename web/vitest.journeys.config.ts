import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/journeys/*.test.ts'],
    globalSetup: 'tests/journeys/browser.ts',
    // One platform and one browser for all of them, one after another.
    fileParallelism: false,
    isolate: false,
    // Of a file's journeys that say so, as many as keep two cores busy.
    maxConcurrency: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
