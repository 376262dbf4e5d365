import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Adds up vitest's JSON results: names the tests that did not run, and prints the one line that CI reads. No file, or no test in it, is a failure. */
const files = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  totals.passed += result.numPassedTests;
  // A file that could not even be loaded fails no test.
  totals.failed += result.numFailedTests > 0 || result.success ? result.numFailedTests : 1;
  totals.skipped += result.numPendingTests;
  for (const { name, assertionResults } of result.testResults) {
    const skipped = assertionResults.filter(({ status }) => status === 'skipped' || status === 'pending');
    if (skipped.length === 0) continue;
    console.log(`${relative('.', name)}: ${skipped.length} of ${assertionResults.length} tests did not run:`);
    for (const { fullName } of skipped) console.log(`  ${fullName}`);
  }
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.passed > 0 && totals.failed === 0 ? 0 : 1;
