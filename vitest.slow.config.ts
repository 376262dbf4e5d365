import { defineConfig } from 'vitest/config';
import quick from './vitest.config.js';

/**
 * The slow tests, by kind: `browser` and `clients` in their names are what the make targets filter by. Not `mergeConfig`, which
 * would join the lists: the quick tests would run too, and what they exclude are the slow ones.
 */
export default defineConfig({
  ...quick,
  test: {
    ...quick.test,
    include: ['test/**/*.slow.test.ts', 'wasm/test/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
