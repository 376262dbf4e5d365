import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { matchModalias } from '#hardware';

/** Random patterns and texts with the answer of fnmatch(pattern, text, 0) in glibc 2.36, as a C program printed them. */
const glibc = z
  .array(z.tuple([z.string(), z.string(), z.boolean()]))
  .parse(JSON.parse(readFileSync(new URL('fnmatch-glibc.golden.json', import.meta.url), 'utf8')));

const e1000e = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';

describe('matchModalias', () => {
  test('agrees with fnmatch of glibc', () => {
    const differing = glibc.filter(([pattern, text, matches]) => matchModalias(pattern, text) !== matches);
    expect(differing).toEqual([]);
    expect(glibc.length).toBeGreaterThan(200);
  });

  test.each([
    ['pci:v00008086d000015BEsv*sd*bc*sc*i*', true],
    ['pci:v00008086d000015B[DEF]sv*sd*bc*sc*i*', true],
    ['pci:v00008086d000015B[!DEF]sv*sd*bc*sc*i*', false],
    ['pci:v00008086d000015BFsv*sd*bc*sc*i*', false],
    ['pci:v*d*sv*sd*bc02sc00i*', true],
    ['pci:v00008086d000015BEsv*sd*bc*sc*', true],
    ['pci:v00008086d000015BE', false],
    ['', false],
  ])('decides %s against an Intel I219-V', (pattern, matches) => {
    expect(matchModalias(pattern, e1000e)).toBe(matches);
  });

  test('a text matches itself when its special characters are escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => matchModalias(text.replace(/[*?[\]\\]/g, '\\$&'), text)),
      { seed: 1 },
    );
  });

  test('a pattern of many stars does not take for ever', () => {
    expect(matchModalias('*a'.repeat(2000), 'a'.repeat(1999))).toBe(false);
    expect(matchModalias('*a'.repeat(2000), 'a'.repeat(2000))).toBe(true);
  });
});
