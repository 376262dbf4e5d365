import { defineConfig } from 'vitest/config';
import quick from './vitest.config.js';

/** Seeded attacks on every door, one file each: see test/attack/assault.ts for how to choose seeds and time. */
export default defineConfig({
  ...quick,
  test: {
    ...quick.test,
    include: ['test/attack/**/*.attack.ts'],
    exclude: ['**/node_modules/**'],
    maxWorkers: 1,
  },
});
