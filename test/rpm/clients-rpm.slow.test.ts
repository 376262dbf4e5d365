import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEvr, formatEvr, rpmvercmp } from '#rpm';
import { version } from '../support/version.js';

/** Asks the machine's rpm for many pairs in one process. */
function askRpm(pairs: readonly (readonly [string, string])[]): number[] {
  const calls = pairs.map(([a, b]) => `rpm.vercmp("${a}","${b}")`).join(',');
  const printed = execFileSync('rpm', ['--eval', `%{lua:for _, r in ipairs({${calls}}) do print(r) end}`], {
    encoding: 'utf8',
  });
  return (printed.match(/-?\d/g) ?? []).map(Number);
}

describe('the rpm of this machine', () => {
  const evr = fc.record({ epoch: fc.nat({ max: 2 }), version, release: version });

  test('agrees on the order of any two versions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(version, version), { minLength: 300, maxLength: 300 }), (pairs) => {
        expect(pairs.map(([a, b]) => rpmvercmp(a, b))).toEqual(askRpm(pairs));
      }),
      { numRuns: 8 },
    );
  });

  test('agrees on epoch, version and release', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(evr, evr), { minLength: 200, maxLength: 200 }), (pairs) => {
        const texts = pairs.map(([a, b]) => [formatEvr(a), formatEvr(b)] as const);
        expect(pairs.map(([a, b]) => compareEvr(a, b))).toEqual(askRpm(texts));
      }),
      { numRuns: 5 },
    );
  });
});
