import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Slow tests carry `.slow.` in their name and have make targets of their own.
    include: ['test/**/*.test.ts', 'wasm/test/**/*.test.ts'],
    exclude: ['**/*.slow.test.ts', '**/node_modules/**'],
    // Only what hangs may end here: a busy machine is several times slower.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores are what a small machine has; a test that needs order is a broken test.
    maxWorkers: 2,
    // A worker keeps what it has imported, compiled and unpacked from file to file: anew for each, that took a third of the time.
    isolate: false,
    sequence: { shuffle: { files: true, tests: false } },
    setupFiles: ['test/support/lazy-compilation.ts'],
    env: { TZ: 'UTC' },
  },
});
