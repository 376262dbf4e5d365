import { describe, expect, test } from 'vitest';
import { packageSet } from '#packaging';
import { nevra } from '#rpm';
import { packages } from '../support/packages.js';

const shared = { files: ['/lib/modules/1/a.ko'] };

describe('a package set', () => {
  test('is in order of NEVRA, whatever order the packages came in', () => {
    const set = packageSet('test', ['1'], packages({ 'b-1-1': {}, 'a-10-1': {}, 'a-9-1': {} }));
    expect(set.packages.map(nevra)).toEqual(['a-10-1.x86_64', 'a-9-1.x86_64', 'b-1-1.x86_64']);
  });

  test('has no file in two packages that can be installed together', () => {
    const overlap = packages({ 'a-1-1': shared, 'b-1-1': shared });
    expect(() => packageSet('test', [], overlap)).toThrow(
      /a-1-1.x86_64 and b-1-1.x86_64 both hold \/lib\/modules\/1\/a.ko/,
    );
    const exclusive = packages({ 'a-1-1': shared, 'b-1-1': { ...shared, conflicts: ['a'] } });
    expect(packageSet('test', [], exclusive).packages).toHaveLength(2);
  });
});
