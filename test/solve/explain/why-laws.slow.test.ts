import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nevra } from '#rpm';
import { type Libsolv, loadLibsolv, solve, solveAndTellWhy } from '#solve';
import { fullRequest, smallMachine } from '../../support/machine.js';
import { packageNames, smallWorld } from '../../support/random-packages.js';
import { statements } from '../../support/reasons.js';
import { answered } from '../../support/why.js';
import { breaches, isTrue, sentences, type Truth } from '../../support/why-truth.js';

describe('laws of why', () => {
  it('every chain ends in a request, a lock, an installed package or hardware, every link holds, and none is a sentence', {
    timeout: 240_000,
  }, async () => {
    const libsolv: Libsolv = await loadLibsolv();
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(smallWorld, ({ installed, repository, modaliases, verb, names, noRecommends, locks }) => {
        const named = verb === 'in' || verb === 'rm';
        const {
          input,
          installed: old,
          offered,
        } = smallMachine({ installed, repository, modaliases, machine: { locks } });
        const request = fullRequest({ verb, names: named ? names : [], noRecommends });
        const solved = solve(libsolv, input, request);
        const truth: Truth = {
          all: new Map([...offered, ...old].map((pkg) => [nevra(pkg), pkg])),
          before: new Set(old.map(nevra)),
          after: new Set(solved.result?.map((pkg) => pkg.nevra)),
          asked: names,
          locks,
          modaliases,
        };
        const problems = solved.outcome.status === 'unsolvable' ? solved.outcome.problems : [];
        const untrue = problems.flatMap(({ reasons }) => reasons).filter((reason) => !isTrue(reason, truth));
        expect(untrue).toEqual([]);
        expect(sentences(solved.outcome, truth)).toEqual([]);
        for (const name of packageNames) {
          const { why, solved: isSolved } = answered(solveAndTellWhy(libsolv, input, request, name));
          expect(isSolved).toBe(solved.outcome.status === 'solved');
          for (const told of why.packages) {
            expect(breaches(told, truth)).toEqual([]);
            expect(sentences(told, truth)).toEqual([]);
            if (verb === 'in' && told.would !== null && ![...truth.before].some((one) => one.startsWith(`${name}-`))) {
              const wanted = `${name} = ${told.nevra.slice(name.length + 1).replace('.x86_64', '')}`;
              const again = solve(libsolv, input, { ...request, names: [...request.names, wanted] });
              expect(again.result?.map((pkg) => pkg.nevra)).toContain(told.nevra);
              seen.set('asked again', (seen.get('asked again') ?? 0) + 1);
            }
            for (const { kind } of statements(told.reasons)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          }
        }
      }),
      { numRuns: 150, seed: 6 },
    );
    libsolv.dispose();
    // A law about nothing proves nothing.
    for (const kind of [
      'asked',
      'requires',
      'supplements',
      'hardware',
      'kept',
      'nothingProvides',
      'conflicts',
      'locked',
      'recommends',
      'asked again',
    ]) {
      expect([kind, seen.get(kind) ?? 0]).not.toEqual([kind, 0]);
    }
  });
});
