/**
 * Mutation tests: in the rooms that decide what the lab says, each operator, condition and literal is changed, one at a time, and some
 * test must fail. Two variables narrow it: MUTATE, the files that are changed, and TESTS, the test files that must see it.
 */
const decides = [
  'src/audit/**/*.ts',
  'src/solve/**/*.ts',
  'src/analyse/**/*.ts',
  'src/statistics/**/*.ts',
  'src/gate/**/*.ts',
  'src/run/verdict.ts',
  'src/run/history/claims.ts',
  'src/run/history/totals.ts',
];

const listed = (name) => (process.env[name] ?? '').split(/[\s,]+/).filter((pattern) => pattern !== '');
const mutate = listed('MUTATE');

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.config.ts' },
  mutate: mutate.length > 0 ? mutate : decides,
  testFiles: listed('TESTS'),
  // The tests run in a copy of the project; what no quick test reads stays behind.
  ignorePatterns: ['/.cache', '/reports/out', '/wasm/build/src', '/wasm/build/native-*'],
  // A mutant that nobody stops in time counts as seen, so that a busy machine must not be taken for one.
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 30,
  concurrency: 1,
  // What a file makes once, when it is loaded, stays as it was: test files share what is loaded, so that no test could see it changed.
  ignoreStatic: true,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  thresholds: { high: 90, low: 85, break: 85 },
};
