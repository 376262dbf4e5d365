import { describe, expect, it } from 'vitest';
import { type Driver, fitOf, flavorsOf } from '../../src/audit/support/fit.js';
import { type StatedPackage, symbolsIn } from '../../src/audit/support/package.js';

type Lists = Partial<Pick<StatedPackage, 'provides' | 'requires'>>;

const stated = (name: string, { provides = [], requires = [] }: Lists): StatedPackage => ({
  nevra: `${name}-1-1.x86_64`,
  name,
  evr: '1-1',
  arch: 'x86_64',
  vendor: null,
  provides,
  requires,
  files: null,
});

const driver = (name: string, lists: Lists): Driver => {
  const one = stated(name, lists);
  return { stated: one, kernelModules: [name], wanted: symbolsIn(one.requires), provided: symbolsIn(one.provides) };
};

const six = stated('kernel-default', {
  provides: [
    'multiversion(kernel)',
    'kernel-default = 6-1',
    'kernel-uname-r = 6-1-default',
    'kernel-abi = 7',
    'ksym(default:printk) = a1',
    'ksym(default:kfree) = a2',
    'ksym(default:unversioned)',
  ],
});
const five = stated('kernel-default', {
  provides: ['multiversion(kernel)', 'kernel-default = 5-1', 'kernel-uname-r = 5-1-default', 'kernel-abi = 7'],
});

/** What a package that states this is to kernel 6, beside kernel 5. */
function fits(lists: Lists, others: readonly Driver[] = []) {
  const asked = driver('asked', lists);
  const { fitting, unmet } = fitOf(six, [five, six], [asked, ...others]);
  return fitting.has(asked) ? 'fits' : (unmet.get(asked) ?? 'is not looked at');
}

describe('a package without symbols', () => {
  it.each([
    [['kernel-uname-r = 6-1-default'], 'fits'],
    [['kernel-uname-r = 5-1-default'], 'is not looked at'],
    [['kernel-uname-r = 5-1-default', 'kernel-default = 6-1'], 'fits'],
    [['kernel-default = 6-1', 'kernel-uname-r = 5-1-default'], 'fits'],
    [[], 'is not looked at'],
    // Both kernels have these, so that they say nothing of either.
    [['kernel-abi = 7'], 'is not looked at'],
    [['multiversion(kernel)'], 'is not looked at'],
    // No tie to one kernel: a range, a name alone, and what no kernel is.
    [['kernel-default >= 6-1'], 'is not looked at'],
    [['kernel-default'], 'is not looked at'],
    [['kernel-default = 4-1'], 'is not looked at'],
  ])('that requires %j: %s', (requires, answer) => {
    expect(fits({ requires })).toBe(answer);
  });
});

describe('a package that requires symbols', () => {
  it.each([
    [['ksym(default:printk) = a1'], 'fits'],
    [['ksym(default:printk) = a1', 'ksym(default:kfree) = a2'], 'fits'],
    // What says nothing of a checksum goes with all, on either side.
    [['ksym(default:printk)'], 'fits'],
    [['ksym(default:unversioned) = a9'], 'fits'],
    [['ksym(default:printk) = b1'], [{ symbol: 'ksym(default:printk)', wanted: 'b1', found: 'a1' }]],
    [['ksym(default:gone) = a1'], [{ symbol: 'ksym(default:gone)', wanted: 'a1', found: null }]],
    [
      ['ksym(default:printk) = a1', 'ksym(default:gone)'],
      [{ symbol: 'ksym(default:gone)', wanted: null, found: null }],
    ],
  ])('%j: %j', (requires, answer) => {
    expect(fits({ requires })).toEqual(answer);
  });

  it('is held to them where it names this kernel, and passed by where it names another', () => {
    const requires = ['ksym(default:printk) = b1'];
    const refused = [{ symbol: 'ksym(default:printk)', wanted: 'b1', found: 'a1' }];
    expect(fits({ requires: [...requires, 'kernel-uname-r = 6-1-default'] })).toEqual(refused);
    expect(fits({ requires: [...requires, 'kernel-uname-r = 5-1-default'] })).toBe('is not looked at');
    expect(fits({ requires: ['ksym(default:printk) = a1', 'kernel-uname-r = 5-1-default'] })).toBe('is not looked at');
  });

  it('meets what it provides itself, with the same checksum only', () => {
    const requires = ['ksym(default:own) = c1'];
    expect(fits({ requires, provides: ['ksym(default:own) = c1'] })).toBe('fits');
    expect(fits({ requires, provides: ['ksym(default:own)'] })).toBe('fits');
    expect(fits({ requires, provides: ['ksym(default:own) = c2'] })).toEqual([
      { symbol: 'ksym(default:own)', wanted: 'c1', found: 'c2' },
    ]);
  });
});

describe('a chain of packages', () => {
  const provides = (symbol: string, requires: readonly string[]) =>
    driver(symbol, { provides: [`ksym(default:${symbol}) = d1`], requires });
  const first = provides('first', ['ksym(default:printk) = a1']);
  const second = provides('second', ['ksym(default:first) = d1']);
  const third = provides('third', ['ksym(default:second) = d1']);

  it('fits whatever the order in which it is listed', () => {
    for (const drivers of [
      [first, second, third],
      [third, second, first],
      [second, third, first],
    ]) {
      const { fitting, unmet } = fitOf(six, [six], drivers);
      expect([...fitting].map(({ stated: { name } }) => name).sort()).toEqual(['first', 'second', 'third']);
      expect([...unmet]).toEqual([]);
    }
  });

  it('ends where one does not fit: what it provides does not count', () => {
    const broken = provides('first', ['ksym(default:printk) = b1']);
    const { fitting, unmet } = fitOf(six, [six], [broken, second, third]);
    expect([...fitting]).toEqual([]);
    expect(unmet.get(second)).toEqual([{ symbol: 'ksym(default:first)', wanted: 'd1', found: null }]);
    expect(unmet.get(third)).toEqual([{ symbol: 'ksym(default:second)', wanted: 'd1', found: null }]);
  });

  it('is met by any of several that provide a symbol', () => {
    const other = driver('other', {
      provides: ['ksym(default:first) = d2'],
      requires: ['ksym(default:printk) = a1'],
    });
    const { fitting } = fitOf(six, [six], [other, first, second]);
    expect(fitting.has(second)).toBe(true);
  });

  it('starts with a package that has no symbols and names the kernel', () => {
    const tied = driver('tied', {
      requires: ['kernel-default = 6-1'],
      provides: ['ksym(default:tied) = e1'],
    });
    const user = driver('user', { requires: ['ksym(default:tied) = e1'] });
    expect(fitOf(six, [five, six], [user, tied]).fitting).toEqual(new Set([tied, user]));
  });
});

describe('the flavors of symbols', () => {
  it.each([
    [
      ['ksym(default:printk) = a1', 'ksym(rt:printk) = a2', 'ksym(default:kfree)'],
      ['default', 'rt'],
    ],
    [['kernel(printk) = a1'], []],
    [['ksym(printk) = a1'], []],
    // Red Hat's have none, colon or not.
    [['kernel(default:printk) = a1'], []],
    [[], []],
  ])('%j: %j', (dependencies, flavors) => {
    expect([...flavorsOf(symbolsIn(dependencies))]).toEqual(flavors);
  });
});
