import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '#errors';
import {
  type Dependency,
  type DependencyFlag,
  formatDependency,
  parseDependency,
  parseRichDependency,
  provideMatches,
  rangesIntersect,
  rpmvercmp,
} from '#rpm';

describe('a dependency as text', () => {
  test.each([
    'ksym(default:foo) = 1a2b3c',
    'kernel-uname-r = 6.4.0-150600.21-default',
    'multiversion(kernel)',
    'ehci-hcd-kmp-default(x86-64) = 5.14.21-lp154.23.1.g49db222.0',
    'modalias(kernel-default:pci:v00008086d0000105[EF]sv*sd*bc*sc*i*)',
    'foo >= 1:2.0-3',
    '/bin/sh',
    '(kmod(x.ko) if kernel)',
  ])('reads and prints %s unchanged', (text) => {
    expect(formatDependency(parseDependency(text))).toBe(text);
  });

  test('keeps the checksum as the version, without release', () => {
    expect(parseDependency('ksym(default:__fentry__) = bdfb6dbb')).toEqual({
      name: 'ksym(default:__fentry__)',
      range: { flag: 'EQ', evr: { epoch: 0, version: 'bdfb6dbb', release: null } },
    });
  });

  test.each(['', '= 1', 'foo =', 'foo ~ 1', 'foo = 1 2', '-foo', 'foo = 1-2-'])('refuses "%s"', (text) => {
    expect(() => parseDependency(text)).toThrow(InputError);
  });
});

describe('ranges', () => {
  const range = (text: string) => parseDependency(`x ${text}`).range;

  // Rows 1-13 are what rpm's dependency manual page implies; the last ones are where a release is missing on one side.
  test.each([
    ['= 1.0', '= 1.0', true],
    ['= 1.0', '= 1.1', false],
    ['= 1.0', '>= 0.9', true],
    ['= 1.0', '< 1.0', false],
    ['= 1.0', '<= 1.0', true],
    ['< 1.0', '> 1.0', false],
    ['<= 1.0', '>= 1.0', true],
    ['< 1.0', '< 0.1', true],
    ['> 1.0', '> 2.0', true],
    ['= 1:1.0', '= 1.0', false],
    ['= 1:1.0', '> 9', true],
    ['= 1.0-1', '= 1.0', true],
    ['= 1.0', '= 1.0-1', true],
    ['= 1.0-1', '> 1.0', false],
    ['= 1.0-1', '>= 1.0', true],
    ['= 1.0-1', '< 1.0', false],
    ['< 1.0', '= 1.0-1', false],
  ] as const)('%s and %s have a version in common: %s', (a, b, common) => {
    expect(rangesIntersect(range(a), range(b))).toBe(common);
    expect(rangesIntersect(range(b), range(a))).toBe(common);
  });

  test('agree with trying versions one by one, where every version can be tried', () => {
    // A tiny universe of releases in which every overlap of two ranges over 2..4 has a witness among 1, 1.5, 2, 2.5, … 5.
    const witnesses = ['1', '1.5', '2', '2.5', '3', '3.5', '4', '4.5', '5'];
    const holds = (candidate: string, flag: DependencyFlag, bound: string): boolean => {
      const ordering = rpmvercmp(candidate, bound);
      return { LT: ordering < 0, LE: ordering <= 0, EQ: ordering === 0, GE: ordering >= 0, GT: ordering > 0 }[flag];
    };
    const flag = fc.constantFrom<DependencyFlag>('LT', 'LE', 'EQ', 'GE', 'GT');
    const bound = fc.constantFrom('2', '3', '4');
    fc.assert(
      fc.property(flag, bound, flag, bound, (flagA, a, flagB, b) => {
        const expected = witnesses.some((candidate) => holds(candidate, flagA, a) && holds(candidate, flagB, b));
        const one = { flag: flagA, evr: { epoch: 0, version: a, release: null } };
        const other = { flag: flagB, evr: { epoch: 0, version: b, release: null } };
        expect(rangesIntersect(one, other)).toBe(expected);
      }),
    );
  });

  test('a provide without version meets every version, one of another name none', () => {
    expect(provideMatches(parseDependency('kernel'), parseDependency('kernel >= 6'))).toBe(true);
    expect(provideMatches(parseDependency('kernel = 5'), parseDependency('kernel'))).toBe(true);
    expect(provideMatches(parseDependency('kernel = 5'), parseDependency('kernel-default = 5'))).toBe(false);
  });
});

describe('a rich dependency', () => {
  const parse = (text: string) => parseRichDependency(parseDependency(text));
  const leaf = (text: string) => ({ op: 'leaf', dependency: parseDependency(text) });

  test('with a capability that has parentheses of its own', () => {
    expect(parse('(kmod(x.ko) if kernel)')).toEqual({
      op: 'if',
      subject: leaf('kmod(x.ko)'),
      condition: leaf('kernel'),
      otherwise: null,
    });
  });

  test('with else, versions and nesting', () => {
    expect(parse('((a >= 1:2-3 or b) unless (c and d and e < 5) else f)')).toEqual({
      op: 'unless',
      subject: { op: 'or', operands: [leaf('a >= 1:2-3'), leaf('b')] },
      condition: { op: 'and', operands: [leaf('c'), leaf('d'), leaf('e < 5')] },
      otherwise: leaf('f'),
    });
  });

  test('with and without on one package', () => {
    expect(parse('(a >= 1 with a < 2)')).toEqual({ op: 'with', operands: [leaf('a >= 1'), leaf('a < 2')] });
    expect(parse('(a without b)')).toEqual({ op: 'without', subject: leaf('a'), excluded: leaf('b') });
  });

  test('a simple dependency is a leaf', () => {
    const simple: Dependency = parseDependency('a = 1');
    expect(parseRichDependency(simple)).toEqual({ op: 'leaf', dependency: simple });
  });

  test.each([
    '(a',
    '(a and)',
    '(a and b or c)',
    '(a xor b)',
    '(a if b if c)',
    '()',
    '(a) b',
    `${'('.repeat(200)}a${')'.repeat(200)}`,
  ])('is refused when it is %s', (text) => {
    expect(() => parse(text)).toThrow(InputError);
  });
});
