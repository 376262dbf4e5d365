import { describe, expect, it } from 'vitest';
import { vendorClasses, vendorRepresentatives } from '#solve';

/** Put to zypper itself by scenarios/real/vendor-equivalence.yaml; the finer rules as libzypp's VendorAttr.cc has them. */
describe('vendors are one', () => {
  const one = (groups: readonly (readonly string[])[], a: string, b: string): boolean => {
    const classOf = vendorClasses(groups);
    return classOf(a) === classOf(b);
  };

  it.each([
    ['that differ in capitals', [], 'Acme', 'ACME', true],
    ['that begin with suse', [], 'SUSE LLC <https://www.suse.com/>', 'suse linux products gmbh', true],
    ['but not with a beginning of their own', [], 'Acme', 'Acme Inc.', false],
    ['and openSUSE is not SUSE', [], 'openSUSE', 'SUSE LLC', false],
    ['nor is one openSUSE project another', [], 'openSUSE', 'obs://build.opensuse.org/home:me', false],
    ['unless a group says so, in full', [['suse', 'openSUSE']], 'openSUSE', 'SUSE LLC', true],
    ['and not by its beginning', [['suse', 'openSUSE']], 'openSUSE Tumbleweed', 'SUSE LLC', false],
    ['where others go by their beginning', [['Acme', 'Ajax']], 'ACME Inc.', 'ajax gmbh', true],
    [
      'of the longest entry',
      [
        ['acme', 'ajax'],
        ['acme tools', 'tools'],
      ],
      'Acme Tools Ltd.',
      'Ajax',
      false,
    ],
    [
      'across groups with an entry in common',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['b', 'c'],
      ],
      'a',
      'd',
      true,
    ],
    [
      'and nothing is nothing',
      [
        ['', 'x'],
        ['', 'y'],
      ],
      'x',
      'y',
      false,
    ],
  ] as const)('%s', (_what, groups, a, b, expected) => {
    expect(one(groups, a, b)).toBe(expected);
  });

  it('by the name of the first', () => {
    const representative = vendorRepresentatives([['Acme', 'Ajax']]);
    expect(['Ajax', 'acme', 'SUSE', 'Other', 'suse ag'].map(representative)).toEqual([
      ...['Ajax', 'Ajax', 'SUSE', 'Other', 'SUSE'],
    ]);
  });
});
