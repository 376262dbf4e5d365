import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { primaryDocument } from '#repomd';
import { type DependencyRange, formatDependency, provideMatches } from '#rpm';
import { loadLibsolv } from '#solve';
import { packages } from '../support/packages.js';

const libsolv = await loadLibsolv();

const version = fc.constantFrom('1', '1.0', '2', '10', '1a2b', '01a2b', '1e5', '2~rc1', '2^git');
const evr = fc.record({
  epoch: fc.constantFrom(0, 0, 1),
  version,
  release: fc.constantFrom(null, null, '1', '2'),
});
const range: fc.Arbitrary<DependencyRange | null> = fc.option(
  fc.record({ flag: fc.constantFrom('LT', 'LE', 'EQ', 'GE', 'GT'), evr }),
  { nil: null, freq: 8 },
);

describe('provideMatches', () => {
  test('finds the providers that libsolv finds, for any ranges', () => {
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 40, maxLength: 40 }),
        fc.array(range, { minLength: 40, maxLength: 40 }),
        (provided, required) => {
          const provides = provided.map((one) => ({ name: 'x', range: one }));
          const specs = Object.fromEntries(provides.map((_, index) => [`p${index}-1-1`, {}]));
          const providers = packages(specs).map((one, index) => ({
            ...one,
            provides: provides.slice(index, index + 1),
          }));
          const pool = libsolv.createPool({ arch: 'x86_64' });
          pool.addRepo('r').addRpmmd({ primary: primaryDocument(providers) });
          pool.createWhatprovides();
          for (const one of required) {
            const requirement = { name: 'x', range: one };
            const found = pool.packages(pool.whatProvides(formatDependency(requirement))).map(({ name }) => name);
            const expected = provides.flatMap((provide, index) =>
              provideMatches(provide, requirement) ? [`p${index}`] : [],
            );
            expect({ requirement: formatDependency(requirement), found: found.sort() }).toEqual({
              requirement: formatDependency(requirement),
              found: expected.sort(),
            });
          }
          pool.dispose();
        },
      ),
      { numRuns: 20 },
    );
  });
});
