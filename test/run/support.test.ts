import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/run/support/rpm-database.js';
import { parseRpmList } from '../../src/run/support/rpm-list.js';

describe('a list of packages', () => {
  it('is what rpm -qa prints, with epoch and vendor where they are given', () => {
    expect(
      parseRpmList(
        'bash-5.2-1.x86_64\nvim-2:9.1-3.noarch\tSUSE LLC <https://www.suse.com/>\nx-1-1.i586 (none)\n',
        'list',
      ),
    ).toEqual([
      { name: 'bash', epoch: null, versionRelease: '5.2-1', arch: 'x86_64', vendor: null },
      { name: 'vim', epoch: 2, versionRelease: '9.1-3', arch: 'noarch', vendor: 'SUSE LLC <https://www.suse.com/>' },
      { name: 'x', epoch: null, versionRelease: '1-1', arch: 'i586', vendor: null },
    ]);
  });

  it.each(['bash', 'bash-5.2', '-1-1.x86_64', 'a-1-1', 'a-b:1-1.x86_64', 'x'.repeat(100_000), 'a-1.'.repeat(50_000)])(
    'refuses a line such as %.20s',
    (line) => {
      expect(() => parseRpmList(`ok-1-1.noarch\n${line}\n`, 'list')).toThrow(/list:2: this is no package/);
    },
  );

  it('of more lines than a system has packages is refused', () => {
    expect(() => parseRpmList('a-1-1.noarch\n'.repeat(200_001), 'list')).toThrow(/lines/);
  });
});

describe('what rpm prints of its database', () => {
  it('is read fact by fact, without signing keys', () => {
    const printed = [
      'P\ta\t1:1-1\tx86_64\tSUSE LLC',
      'V\ta = 1:1-1',
      'R\tksym(default:printk) = 27e1a049',
      'F\t/lib/modules/1/a.ko',
      'P\tgpg-pubkey\t39db7c82-5f68629b\t(none)\t(none)',
      '',
    ];
    expect(parseQuery(printed.join('\n'), 'database')).toEqual([
      {
        nevra: 'a-1:1-1.x86_64',
        name: 'a',
        evr: '1:1-1',
        arch: 'x86_64',
        vendor: 'SUSE LLC',
        provides: ['a = 1:1-1'],
        requires: ['ksym(default:printk) = 27e1a049'],
        files: ['/lib/modules/1/a.ko'],
      },
    ]);
  });

  it('is refused where it holds anything else', () => {
    expect(() => parseQuery('P\ta\t1-1\tx86_64\tx\nF\t/a\nb\n', 'database')).toThrow(/not asked for/);
  });
});
