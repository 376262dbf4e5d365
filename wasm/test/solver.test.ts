import { describe, expect, it } from 'vitest';
import type { Job } from '../src/index.js';
import { nevras, testInstance, testPool } from './support/pool.js';
import { fail, install, solve, steps, updateAll } from './support/solve.js';

const libsolv = await testInstance();

describe('a transaction', () => {
  it('installs what is required before what requires it', () => {
    const pool = testPool(libsolv, '', {
      r: '=Pkg: a 1 1 noarch\n=Prq: b\n=Pkg: b 1 1 noarch\n=Prq: c\n=Pkg: c 1 1 noarch',
    });
    expect(steps(pool, solve(pool, [install('a')]).result)).toEqual([
      'install c-1-1.noarch',
      'install b-1-1.noarch',
      'install a-1-1.noarch',
    ]);
  });

  it('names upgrades with what they replace, and erasures', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Pkg: old 1 1 noarch', {
      r: '=Pkg: a 2 1 noarch\n=Pkg: new 1 1 noarch\n=Obs: old',
    });
    expect(steps(pool, solve(pool, [updateAll]).result).sort()).toEqual([
      'obsoletes new-1-1.noarch old-1-1.noarch',
      'upgrade a-2-1.noarch a-1-1.noarch',
    ]);
    const erase: Job = { action: 'erase', select: { kind: 'name', name: 'a' } };
    expect(steps(pool, solve(pool, [erase]).result)).toEqual(['erase a-1-1.noarch']);
  });

  it('keeps multiversion packages side by side', () => {
    const pool = testPool(libsolv, '=Pkg: kernel 5 1 x86_64', { r: '=Pkg: kernel 6 1 x86_64' });
    const multiversion = pool
      .solvables()
      .map((id): Job => ({ action: 'multiversion', select: { kind: 'solvable', id } }));
    const { result } = solve(pool, [...multiversion, install('kernel = 6')]);
    expect(steps(pool, result)).toEqual(['multiinstall kernel-6-1.x86_64']);
    expect(result.status === 'solved' && nevras(pool, result.transaction.installedResult()).sort()).toEqual([
      'kernel-5-1.x86_64',
      'kernel-6-1.x86_64',
    ]);
  });

  it('classifies its steps for a summary, changes of vendor and architecture apart', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Vnd: SUSE\n=Pkg: b 1 1 noarch\n=Pkg: c 1 1 noarch', {
      r: '=Pkg: a 2 1 x86_64\n=Vnd: openSUSE\n=Pkg: d 1 1 noarch\n=Pkg: e 2 1 noarch\n=Obs: c',
    });
    const { result } = solve(
      pool,
      [install('a = 2'), install('d'), { action: 'erase', select: { kind: 'name', name: 'b' } }, install('e')],
      (solver) => {
        solver.setFlag('allowVendorchange', true);
        solver.setFlag('allowArchchange', true);
      },
    );
    const classes = result.status === 'solved' ? result.transaction.classify() : [];
    const summary = classes.map(({ type, from, to, solvables }) =>
      [type, from, to, ...nevras(pool, solvables)].join(' '),
    );
    expect(summary).toEqual(
      expect.arrayContaining([
        'upgraded   a-1-1.noarch c-1-1.noarch',
        'erase   b-1-1.noarch',
        'install   d-1-1.noarch',
        'archchange noarch x86_64 a-1-1.noarch',
        'vendorchange SUSE openSUSE a-1-1.noarch',
      ]),
    );
  });

  it('tells how much more disk space is used', () => {
    const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch' });
    const { result } = solve(pool, [install('a')]);
    expect(result.status === 'solved' && result.transaction.installSizeChange()).toBe(0);
  });
});

describe('jobs', () => {
  const pool = testPool(libsolv, '=Pkg: a 1 1 noarch\n=Req: b\n=Pkg: b 1 1 noarch', {
    r: '=Pkg: a 2 1 noarch\n=Pkg: c 1 1 noarch\n=Prv: virtual\n=Pkg: d 1 1 noarch\n=Prv: virtual',
    s: '=Pkg: e 1 1 noarch',
  });
  const [, , , c, d] = pool.solvables();

  it.each<[string, Job, string[]]>([
    ['a name', install('d'), ['install d-1-1.noarch']],
    ['a solvable', { action: 'install', select: { kind: 'solvable', id: d ?? fail() } }, ['install d-1-1.noarch']],
    [
      'what provides something',
      { action: 'install', select: { kind: 'provides', dep: 'virtual' } },
      ['install c-1-1.noarch'],
    ],
    [
      'one of several',
      { action: 'install', select: { kind: 'oneOf', ids: [d ?? fail(), c ?? fail()] } },
      ['install c-1-1.noarch'],
    ],
    [
      'a repository',
      { action: 'update', select: { kind: 'repo', repo: pool.repos[1] ?? fail() } },
      ['upgrade a-2-1.noarch a-1-1.noarch'],
    ],
    ['everything', updateAll, ['upgrade a-2-1.noarch a-1-1.noarch']],
  ])('select %s', (_what, job, expected) => {
    expect(steps(pool, solve(pool, [job]).result)).toEqual(expected);
  });

  it('take flags: cleandeps removes what only the erased package needed', () => {
    const erase: Job = { action: 'erase', select: { kind: 'name', name: 'a' }, flags: ['cleandeps'] };
    const { solver, result } = solve(pool, [erase, { action: 'userinstalled', select: { kind: 'name', name: 'a' } }]);
    expect(steps(pool, result).sort()).toEqual(['erase a-1-1.noarch', 'erase b-1-1.noarch']);
    expect(nevras(pool, solver.cleandeps())).toEqual(['b-1-1.noarch']);
  });

  it('are refused when they select what is not there in the pool', () => {
    const stranger = testPool(libsolv, '').addRepo('x');
    const job: Job = { action: 'install', select: { kind: 'repo', repo: stranger } };
    expect(() => solve(pool, [job])).toThrowError(expect.objectContaining({ code: 'misuse' }));
  });

  it('can be thousands in one solve', () => {
    const packages = Array.from({ length: 24_000 }, (_, n) => `=Pkg: p${n} 1 1 noarch`).join('\n');
    const big = testPool(libsolv, '', { r: packages });
    const jobs = big.solvables().map((id): Job => ({ action: 'multiversion', select: { kind: 'solvable', id } }));
    expect(steps(big, solve(big, [...jobs, install('p7')]).result)).toEqual(['multiinstall p7-1-1.noarch']);
    big.dispose();
  });
});

describe('a solved problem', () => {
  const pool = testPool(libsolv, '=Pkg: a 1 1 noarch', {
    r: `=Pkg: app 1 1 noarch\n=Req: mta\n=Rec: docs\n=Sug: extra\n=Pkg: postfix 1 1 noarch\n=Prv: mta\n=Pkg: exim 1 1 noarch\n=Prv: mta
=Pkg: docs 1 1 noarch\n=Pkg: extra 1 1 noarch`,
  });
  const decided = solve(pool, [install('app')], (solver) => solver.setFlag('ignoreRecommended', true));

  it('explains why a package is there, causes first', () => {
    const chosen = pool.find('exim-1-1.noarch') ?? fail();
    const why = decided.solver.why([chosen]);
    expect(why.map(({ solvable }) => solvable)).toEqual([pool.find('app-1-1.noarch'), chosen]);
    expect(why[0]).toMatchObject({
      install: true,
      reason: 'unitRule',
      infos: [{ type: 'job', job: 0, dependency: 'app' }],
    });
    expect(why[1]).toMatchObject({
      install: true,
      reason: 'resolve',
      infos: [{ type: 'pkgRequires', dependency: 'mta' }],
    });
  });

  it('lists every decision in the order it was made', () => {
    const decisions = decided.solver.decisions();
    expect(decisions).toHaveLength(decided.solver.statistics().decisions);
    expect(decisions.filter(({ install: taken }) => taken).map(({ solvable }) => solvable)).toEqual(
      expect.arrayContaining([pool.find('app-1-1.noarch'), pool.find('exim-1-1.noarch')]),
    );
  });

  it('lists where it could have chosen otherwise', () => {
    expect(decided.solver.alternatives()).toMatchObject([
      {
        type: 'rule',
        from: null,
        chosen: pool.find('exim-1-1.noarch'),
        choices: [pool.find('exim-1-1.noarch'), pool.find('postfix-1-1.noarch')],
        infos: [{ type: 'pkgRequires', source: pool.find('app-1-1.noarch'), dependency: 'mta' }],
      },
    ]);
  });

  it('tells what was taken of what is recommended from what was left', () => {
    const recommended = (ignore: boolean): readonly string[][] => {
      const other = testPool(libsolv, '', {
        r: '=Pkg: app 1 1 noarch\n=Rec: one\n=Pkg: one 1 1 noarch\n=Pkg: extra 1 1 noarch\n=Sup: app',
      });
      const { solver } = solve(other, [install('app')], (one) => one.setFlag('ignoreRecommended', ignore));
      return [solver.recommended(), solver.recommended({ taken: true })].map((ids) => [...nevras(other, ids)].sort());
    };
    const both = ['extra-1-1.noarch', 'one-1-1.noarch'];
    expect(recommended(false)).toEqual([[], both]);
    expect(recommended(true)).toEqual([both, both]);
  });

  it('lists what is recommended and suggested and was not taken', () => {
    expect(nevras(pool, decided.solver.recommended())).toEqual(['docs-1-1.noarch']);
    expect(nevras(pool, decided.solver.suggested())).toEqual(['extra-1-1.noarch']);
  });

  it('lists orphaned and unneeded packages', () => {
    const { solver } = solve(pool, [updateAll]);
    expect(nevras(pool, solver.orphaned())).toEqual(['a-1-1.noarch']);
    expect(nevras(pool, solver.unneeded())).toEqual(['a-1-1.noarch']);
    expect(solver.userinstalled()).toEqual([]);
    expect(nevras(pool, solver.userinstalled({ inverted: true }))).toEqual(['a-1-1.noarch']);
  });

  it('counts rules by class', () => {
    const { rules } = decided.solver.statistics();
    const { total, ...classes } = rules;
    expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(total);
    // app requires mta, and may not be installed without; one job; the installed package keeps its feature and update rule.
    expect(rules).toMatchObject({ pkg: 1, job: 1, feature: 1, update: 1, learnt: 0 });
  });
});

describe('flags', () => {
  it('have libsolv’s defaults and can be set', () => {
    const solver = testPool(libsolv, '').createSolver();
    expect(solver.getFlag('allowUninstall')).toBe(false);
    expect(solver.getFlag('dupAllowDowngrade')).toBe(true);
    solver.setFlag('allowUninstall', true);
    expect(solver.getFlag('allowUninstall')).toBe(true);
  });

  it('change results: allowUninstall lets a conflicting package go', () => {
    const pool = testPool(libsolv, '=Pkg: a 1 1 noarch', { r: '=Pkg: b 1 1 noarch\n=Con: a' });
    expect(solve(pool, [install('b')]).result.status).toBe('unsolvable');
    const allowed = solve(pool, [install('b')], (solver) => solver.setFlag('allowUninstall', true));
    expect(steps(pool, allowed.result).sort()).toEqual(['erase a-1-1.noarch', 'install b-1-1.noarch']);
  });
});
