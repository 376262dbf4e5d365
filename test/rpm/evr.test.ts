import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '#errors';
import { compareEvr, type Evr, formatEvr, parseEvr, rpmvercmp } from '#rpm';
import { version } from '../support/version.js';

describe('rpmvercmp', () => {
  // The cases of rpm's own manual page rpm-version(7) and of its test suite (tests/rpmvercmp.at).
  test.each([
    ['1.0', '1.0', 0],
    ['1.0', '2.0', -1],
    ['2.0.1', '2.0.1a', -1],
    ['5.5p1', '5.5p2', -1],
    ['5.5p10', '5.5p1', 1],
    ['10xyz', '10.1xyz', -1],
    ['xyz10', 'xyz10.1', -1],
    ['xyz.4', '8', -1],
    ['5.5p2', '5.6p1', -1],
    ['6.0.rc1', '6.0', 1],
    ['10b2', '10a1', 1],
    ['1.0aa', '1.0a', 1],
    ['10.0001', '10.1', 0],
    ['20101121', '20101122', -1],
    ['2_0', '2.0', 0],
    ['a', 'a+', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~rc1~git123', '1.0~rc1', -1],
    ['1.0^', '1.0', 1],
    ['1.0^git1', '1.01', -1],
    ['1.0^git1', '1.0^git1~pre', 1],
    ['1.0~rc1^git1', '1.0~rc1', 1],
    ['1b.fc17', '1.fc17', -1],
  ] as const)('puts %s and %s in order %i', (a, b, ordering) => {
    expect(rpmvercmp(a, b)).toBe(ordering);
  });

  test('reads kABI checksums as versions: 1e5 is one and letters and five, not a hundred thousand', () => {
    expect(rpmvercmp('1e5', '100000')).toBe(-1);
    expect(rpmvercmp('5a91', '05a91')).toBe(0);
  });

  test('is antisymmetric', () => {
    fc.assert(fc.property(version, version, (a, b) => rpmvercmp(a, b) + rpmvercmp(b, a) === 0));
  });
});

describe('compareEvr', () => {
  test('lets a missing release stand for any', () => {
    expect(compareEvr(parseEvr('5.14.21'), parseEvr('5.14.21-lp154.1'))).toBe(0);
  });
});

describe('parseEvr', () => {
  test('is the inverse of formatEvr', () => {
    const text = fc.stringMatching(/^[A-Za-z0-9_+~^]{1,12}$/);
    const evr: fc.Arbitrary<Evr> = fc.record({
      epoch: fc.nat(),
      version: text,
      release: fc.option(text, { nil: null }),
    });
    fc.assert(
      fc.property(evr, (value) => {
        expect(parseEvr(formatEvr(value))).toEqual(value);
      }),
    );
  });

  test.each(['', '-', '1-', '-1', '1--2', ':1', 'a:1', '1 2', '1..2', '1-2..3', '99999999999:1', 'ä'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseEvr(text)).toThrow(InputError);
    },
  );
});
