import { describe, expect, it } from 'vitest';
import { systemSolvable } from '../src/index.js';
import { addPackages, nevras, testInstance, testPool } from './support/pool.js';

const libsolv = await testInstance();

describe('packages', () => {
  it('are read with name, evr, arch, vendor, repository and sizes', () => {
    const pool = testPool(libsolv, '=Pkg: a 1:2 3 noarch\n=Vnd: openSUSE', { r: '=Pkg: b 1 1 x86_64\n=Dsz: 5' });
    const [a, b] = pool.packages(pool.solvables());
    expect(a).toMatchObject({
      name: 'a',
      evr: '1:2-3',
      arch: 'noarch',
      nevra: 'a-1:2-3.noarch',
      vendor: 'openSUSE',
      installed: true,
    });
    expect(b).toMatchObject({ name: 'b', vendor: '', installed: false });
    expect(b?.repo.name).toBe('r');
    expect(b?.repo).toBe(pool.repos[1]);
  });

  it('keep sizes beyond 32 bits', () => {
    const pool = libsolv.createPool({ arch: 'x86_64' });
    const bytes = 5_000_000_000;
    const primary = `<metadata xmlns="http://linux.duke.edu/metadata/common" packages="1"><package type="rpm"><name>big</name>
      <arch>noarch</arch><version epoch="0" ver="1" rel="1"/><size package="${bytes}" installed="${bytes * 2}" archive="0"/>
      </package></metadata>`;
    pool.addRepo('r').addRpmmd({ primary: new TextEncoder().encode(primary) });
    expect(pool.packages(pool.solvables())[0]).toMatchObject({ downloadBytes: bytes, installedBytes: bytes * 2 });
  });

  it('keep names outside ASCII and of 65,536 bytes', () => {
    const long = 'x'.repeat(65_536);
    const pool = testPool(libsolv, `=Pkg: größe-字 1 1 noarch\n=Pkg: ${long} 1 1 noarch`);
    expect(pool.packages(pool.solvables()).map(({ name }) => name)).toEqual(['größe-字', long]);
    expect(nevras(pool, pool.whatProvides('größe-字 = 1'))).toEqual(['größe-字-1-1.noarch']);
    expect(pool.whatProvides(long)).toHaveLength(1);
  });

  it('are found by NEVRA in bulk', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch', { r: '=Pkg: b 1:2 3 x86_64' });
    const [a, b] = pool.solvables();
    expect(pool.findMany(['b-1:2-3.x86_64', 'c-1-1.noarch', 'a-1-1.noarch@@System'])).toEqual([b, null, a]);
    expect(pool.findMany([])).toEqual([]);
  });

  it('are found by NEVRA, with or without the repository', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch', { r: '=Pkg: a 1 1 noarch' });
    const [installed, available] = pool.solvables();
    expect(pool.find('a-1-1.noarch@@System')).toBe(installed);
    expect(pool.find('a-1-1.noarch@r')).toBe(available);
    expect(pool.find('a-2-1.noarch')).toBeNull();
  });
});

describe('dependencies', () => {
  it('are listed by kind, as libsolv prints them', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Req: b >= 2\n=Req: ksym(default:x) = 1a\n=Con: c\n=Sup: d');
    const ids = pool.solvables();
    expect(pool.dependencies(ids, 'requires')).toEqual([['b >= 2', 'ksym(default:x) = 1a']]);
    expect(pool.dependencies(ids, 'provides')).toEqual([['a = 1-1']]);
    expect(pool.dependencies(ids, 'conflicts')).toEqual([['c']]);
    expect(pool.dependencies(ids, 'supplements')).toEqual([['d']]);
    expect(pool.dependencies(ids, 'suggests')).toEqual([[]]);
  });

  it('compare versions as rpm does', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Prv: ksym(default:x) = 0abc', { r: '=Pkg: b 10 1 noarch' });
    expect(pool.whatProvides('b > 9')).toHaveLength(1);
    expect(pool.whatProvides('b > 10-1')).toHaveLength(0);
    // The segment that starts with a digit is a number: leading zeros do not count.
    expect(pool.whatProvides('ksym(default:x) = 00abc')).toHaveLength(1);
    expect(pool.whatProvides('ksym(default:x) = abc')).toHaveLength(0);
  });

  it('may be rich', () => {
    const pool = testPool(
      libsolv,
      '=Pkg: a 1 1 noarch\n=Pkg: b 1 1 noarch\n=Prv: both\n=Pkg: c 1 1 noarch\n=Prv: both',
    );
    expect(nevras(pool, pool.whatProvides('(both without c)'))).toEqual(['b-1-1.noarch']);
    expect(nevras(pool, pool.whatProvides('(a or b)'))).toEqual(['a-1-1.noarch', 'b-1-1.noarch']);
  });

  it('that are none are refused', () => {
    const pool = testPool(libsolv, '');
    expect(() => pool.whatProvides('a >= ) 1')).toThrowError(expect.objectContaining({ code: 'invalidInput' }));
  });
});

describe('hardware', () => {
  const pattern = 'namespace:modalias(pci:v00008086d0000105[EF]sv*sd*bc*sc*i*)';

  it('is matched by fnmatch', () => {
    const pool = testPool(libsolv, '');
    pool.setHardware(['pci:v00008086d0000105Esv00001043sd0000bc02sc00i00']);
    expect(pool.whatProvides(pattern)).toEqual([systemSolvable]);
    pool.setHardware(['pci:v00008086d0000105Dsv00001043sd0000bc02sc00i00']);
    expect(pool.whatProvides(pattern)).toEqual([]);
  });

  it('is matched after the escapes of the pattern were decoded', () => {
    const pool = testPool(libsolv, '');
    pool.setHardware(['of:NethernetT<NULL>Cfsl,etsec2', 'acpi:PNP0501:%', 'dmi:x y']);
    expect(pool.whatProvidesMany(['namespace:modalias(of:N*T*Cfsl%2Cetsec2*)'])).toEqual([[systemSolvable]]);
    expect(pool.whatProvides('namespace:modalias(of:N*T*Cfsl%2cetsec3*)')).toEqual([]);
    // A percent sign without two hexadecimal digits stands for itself.
    expect(pool.whatProvides('namespace:modalias(acpi*:PNP0501:%)')).toEqual([systemSolvable]);
    expect(pool.whatProvides('namespace:modalias(dmi:x%20y)')).toEqual([systemSolvable]);
  });

  it('is nothing when none is set', () => {
    const pool = testPool(libsolv, '');
    expect(pool.whatProvides('namespace:modalias(*)')).toEqual([]);
  });

  it('decides about supplements that SUSE packages write as modalias(package:alias)', () => {
    const driver = '=Pkg: nic 1 1 noarch\n=Sup: modalias(kernel-default:pci:v00008086d*)';
    const pool = testPool(libsolv, '=Pkg: kernel-default 1 1 noarch', { r: driver });
    pool.setHardware(['pci:v00008086d0000100Esv0']);
    const solver = pool.createSolver();
    solver.setFlag('addAlreadyRecommended', true);
    const result = solver.solve([]);
    expect(
      result.status === 'solved' &&
        nevras(
          pool,
          result.transaction.steps().map(({ id }) => id),
        ),
    ).toEqual(['nic-1-1.noarch']);
  });
});

describe('select', () => {
  const packages =
    '=Pkg: kernel-default 5 1 x86_64\n=Pkg: kernel-default 6 1 x86_64\n=Pkg: kernel-vanilla 6 1 x86_64\n=Prv: kernel = 6';

  it('understands names with ranges', () => {
    const pool = testPool(libsolv, '', { r: packages });
    const selection = pool.select('kernel-default >= 6', ['name', 'provides', 'rel']);
    expect(selection.matched).toEqual(['name', 'rel']);
    expect(nevras(pool, selection.solvables)).toEqual(['kernel-default-6-1.x86_64']);
    expect(selection.selects).toEqual([{ select: { kind: 'name', name: 'kernel-default >= 6' }, flags: [] }]);
  });

  it('understands globs, provides and canonical names', () => {
    const pool = testPool(libsolv, '', { r: packages });
    expect(pool.select('kernel-*', ['name', 'glob']).solvables).toHaveLength(3);
    expect(nevras(pool, pool.select('kernel', ['provides']).solvables)).toEqual(['kernel-vanilla-6-1.x86_64']);
    const canon = pool.select('kernel-default-5-1.x86_64', ['canon', 'dotarch']);
    expect(nevras(pool, canon.solvables)).toEqual(['kernel-default-5-1.x86_64']);
    expect(pool.select('nothing', ['name']).matched).toEqual([]);
  });

  it('gives jobs that install what was meant', () => {
    const pool = testPool(libsolv, '', { r: packages });
    const jobs = pool
      .select('kernel-default', ['name'])
      .selects.map((select) => ({ action: 'install' as const, ...select }));
    const result = pool.createSolver().solve(jobs);
    expect(
      result.status === 'solved' &&
        nevras(
          pool,
          result.transaction.steps().map(({ id }) => id),
        ),
    ).toEqual(['kernel-default-6-1.x86_64']);
  });
});

describe('what a pool is told of the machine', () => {
  it('may be any namespace: a language, whose packages are then recommended', () => {
    const pool = testPool(libsolv, '', {
      r: '=Pkg: app-de 1 1 noarch\n=Sup: namespace:language(de)\n=Pkg: app-fr 1 1 noarch\n=Sup: namespace:language(fr)',
    });
    const recommended = () => {
      const solver = pool.createSolver();
      solver.setFlag('addAlreadyRecommended', true);
      const result = solver.solve([]);
      return result.status === 'solved' ? nevras(pool, result.transaction.installedResult()) : [];
    };
    expect(recommended()).toEqual([]);
    pool.setNamespace('namespace:language', 'de');
    expect(pool.whatProvides('namespace:language(de)')).toEqual([systemSolvable]);
    expect(recommended()).toEqual(['app-de-1-1.noarch']);
    pool.setNamespace('namespace:language', 'de', []);
    expect(recommended()).toEqual([]);
    expect(() =>
      pool.setNamespace(
        'namespace:language',
        'de',
        pool.solvables().map((id) => (id + 99) as never),
      ),
    ).toThrowError(expect.objectContaining({ code: 'misuse' }));
  });

  it('may be packages to ignore', () => {
    const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch\n=Pkg: a 2 1 noarch' });
    const installed = () => {
      const result = pool.createSolver().solve([{ action: 'install', select: { kind: 'name', name: 'a' } }]);
      return result.status === 'solved' ? nevras(pool, result.transaction.installedResult()) : result.status;
    };
    expect(installed()).toEqual(['a-2-1.noarch']);
    pool.setDisabled([pool.find('a-2-1.noarch') ?? systemSolvable]);
    expect(() => pool.repos[1]?.addTestcase('=Ver: 2.0\n=Pkg: late 1 1 noarch\n')).toThrowError(
      expect.objectContaining({ code: 'misuse' }),
    );
    pool.createWhatprovides();
    expect(installed()).toEqual(['a-1-1.noarch']);
    pool.setDisabled([]);
    pool.createWhatprovides();
    expect(installed()).toEqual(['a-2-1.noarch']);
  });

  it('may be vendors that take each other’s place', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Vnd: SUSE LLC', { r: '=Pkg: a 2 1 noarch\n=Vnd: openSUSE' });
    const updates = () => {
      const result = pool.createSolver().solve([{ action: 'update', select: { kind: 'all' } }]);
      return result.status === 'solved' ? result.transaction.steps().length : -1;
    };
    expect(updates()).toBe(0);
    pool.setVendorClasses([['red hat*'], ['suse*', 'opensuse*']]);
    expect(updates()).toBe(1);
    pool.setVendorClasses([['suse*'], ['opensuse*']]);
    expect(updates()).toBe(0);
    pool.setVendorClasses([['!openSUSE', '*suse*']]);
    expect(updates()).toBe(0);
    pool.setVendorClasses([]);
    expect(updates()).toBe(0);
    expect(() => pool.setVendorClasses(Array.from({ length: 33 }, () => ['x']))).toThrowError(
      expect.objectContaining({ code: 'limit' }),
    );
  });

  it('may be a distribution type, by whose rules versions compare', () => {
    const rpm = libsolv.createPool({ arch: 'x86_64' });
    // man rpm-version: a tilde sorts before everything, also before nothing.
    expect([
      rpm.compareVersions('1.0~rc1-1', '1.0-1'),
      rpm.compareVersions('1:0-1', '2-1'),
      rpm.compareVersions('1.01-1', '1.1-1'),
    ]).toEqual([-1, 1, 0]);
    // deb-version(7): letters sort before other characters; rpm leaves those out.
    const deb = libsolv.createPool({ arch: 'amd64', distType: 'deb' });
    expect([deb.compareVersions('1.0a', '1.0+'), rpm.compareVersions('1.0a', '1.0+')]).toEqual([-1, 1]);
  });
});

describe('statistics', () => {
  it('tell entries and bytes by table', () => {
    const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch\n=Req: b >= 2\n=Pkg: c 1 1 noarch' });
    const before = pool.statistics();
    expect(before).toMatchObject({ solvables: 2, repos: 2 });
    // A relation is three ids; each table is at least as large as what it holds.
    expect(before.bytes.relations).toBe(before.relations * 12);
    expect(before.bytes.strings).toBeGreaterThan(before.strings * 4);
    expect(before.bytes.whatprovides).toBeGreaterThanOrEqual(before.whatprovidesEntries * 4);
    addPackages(pool.addRepo('more'), Array.from({ length: 100 }, (_, n) => `=Pkg: p${n} 1 1 noarch`).join('\n'));
    pool.createWhatprovides();
    const after = pool.statistics();
    expect(after.bytes.solvables).toBeGreaterThan(before.bytes.solvables);
    expect(after.bytes.dependencies - before.bytes.dependencies).toBeGreaterThanOrEqual(100 * 2 * 4);
  });
});

describe('order of calls', () => {
  it('is checked: looking up before the index was built is a mistake of the caller', () => {
    const pool = libsolv.createPool({ arch: 'x86_64' });
    const misuse = expect.objectContaining({ code: 'misuse' });
    expect(() => pool.whatProvides('a')).toThrowError(misuse);
    expect(() => pool.createSolver()).toThrowError(misuse);
    pool.createWhatprovides();
    const solver = pool.createSolver();
    addPackages(pool.addRepo('late'), '=Pkg: a 1 1 noarch');
    expect(() => solver.solve([])).toThrowError(misuse);
    expect(() => pool.createSolver()).toThrowError(misuse);
    pool.createWhatprovides();
    expect(pool.createSolver().solve([]).status).toBe('solved');
  });

  it('is checked: a repository of another pool is refused', () => {
    const pool = testPool(libsolv, '');
    const other = testPool(libsolv, '').addRepo('r');
    expect(() => pool.setInstalled(other)).toThrowError(expect.objectContaining({ code: 'misuse' }));
  });
});
