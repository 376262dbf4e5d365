import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Libsolv, load } from '../src/index.js';
import { addPackages, nevras, testPool } from './support/pool.js';

const packages = Array.from({ length: 50 }, (_, n) => `=Pkg: p${n} 1 1 noarch\n=Req: p${(n * 7 + 1) % 50}`).join('\n');

function cycle(libsolv: Libsolv): void {
  const pool = testPool(libsolv, '', { r: packages });
  const solver = pool.createSolver();
  const result = solver.solve([{ action: 'install', select: { kind: 'name', name: 'p3' } }]);
  if (result.status !== 'solved') throw new Error('unsolvable');
  result.transaction.order();
  result.transaction.steps();
  pool.dispose();
}

describe('an instance', () => {
  it('gives all memory back: the heap stays flat over 10,000 cycles', async () => {
    const libsolv = await load();
    for (let n = 0; n < 100; n++) cycle(libsolv);
    const before = libsolv.counters();
    for (let n = 0; n < 9_900; n++) cycle(libsolv);
    const after = libsolv.counters();
    expect(after.heapBytes).toBe(before.heapBytes);
    expect(after.heapBytesMax).toBe(before.heapBytesMax);
    libsolv.dispose();
  }, 120_000);

  it('counts work only in the counting build, and the same work each time', async () => {
    const release = await load();
    expect(release.counters().work).toBeNull();
    const work = async () => {
      const counting = await load({ build: 'counting' });
      cycle(counting);
      return counting.counters().work;
    };
    const first = await work();
    expect(first).toBeGreaterThan(10_000);
    expect(await work()).toBe(first);
  });

  it('begins as new in memory that an ended instance has used', async () => {
    const of = async () => {
      const libsolv = await load({ build: 'counting' });
      const begun = libsolv.counters();
      cycle(libsolv);
      return { libsolv, counters: [begun, libsolv.counters()] };
    };
    const { counters } = await of();
    const used = await load({ build: 'counting' });
    const many = Array.from({ length: 40_000 }, (_, n) => `=Pkg: q${n} 1 1 noarch`).join('\n');
    testPool(used, '', { many });
    used.dispose();
    const again = await of();
    expect(again.counters).toEqual(counters);
    // What an instance has is its own: ending one twice gives nothing away.
    used.dispose();
    const [one, other] = [await load(), await load()];
    const pool = testPool(one, '', { many });
    testPool(other, '', { r: packages });
    expect(pool.find('q39999-1-1.noarch')).not.toBeNull();
  });

  it('counts one number in five processes', () => {
    const script = fileURLToPath(new URL('./support/work.mjs', import.meta.url));
    const counts = Array.from({ length: 5 }, () =>
      Number(execFileSync(process.execPath, [script], { encoding: 'utf8' })),
    );
    expect(counts[0]).toBeGreaterThan(100_000);
    expect(new Set(counts)).toEqual(new Set([counts[0]]));
    // Each of the processes compiles the module.
  }, 120_000);

  it('says what it is made of', async () => {
    const version = (await load()).version();
    expect(version.build).toBe('release');
    expect(version.sources.map(({ name }) => name)).toEqual(['libsolv', 'expat', 'zlib', 'zstd']);
    expect(version.sources.find(({ name }) => name === 'libsolv')?.version).toBe(version.libsolv);
    expect(version.moduleSha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('disposing', () => {
  it('may be done twice, in any order', async () => {
    const libsolv = await load();
    const pool = testPool(libsolv, '');
    const solver = pool.createSolver();
    const result = solver.solve([]);
    solver.dispose();
    solver.dispose();
    if (result.status === 'solved') result.transaction.dispose();
    pool.dispose();
    pool.dispose();
    solver.dispose();
    libsolv.dispose();
    libsolv.dispose();
    pool.dispose();
  });

  it('makes every later use throw, for the object and what belongs to it', async () => {
    const libsolv = await load();
    const disposed = expect.objectContaining({ name: 'SolvError', code: 'disposed' });
    const pool = testPool(libsolv, '');
    const solver = pool.createSolver();
    pool.dispose();
    expect(() => pool.solvables()).toThrowError(disposed);
    expect(() => solver.solve([])).toThrowError(disposed);
    libsolv.dispose();
    expect(() => libsolv.createPool({ arch: 'x86_64' })).toThrowError(disposed);
    expect(() => libsolv.counters()).toThrowError(disposed);
  });
});

describe('forgetting', () => {
  it('leaks nothing for good: what was collected is freed in C', () => {
    const script = fileURLToPath(new URL('./support/forget.mjs', import.meta.url));
    const printed = execFileSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
    const { kept, forgotten, after } = JSON.parse(printed);
    // Each of the 200 pools had a solver and a transaction.
    expect(forgotten).toBeGreaterThan(kept + 200 * 1000);
    expect(after).toBe(kept);
  });
});

describe('running out of memory', () => {
  it('is a typed error, kills the instance and nothing else', async () => {
    const small = await load({ memoryMaxBytes: 20 * 2 ** 20 });
    const other = await load();
    const repo = small.createPool({ arch: 'x86_64' }).addRepo('r');
    const provides = Array.from({ length: 100 }, (_, n) => `=Prv: some-longer-name-${n}`);
    const packages = Array.from({ length: 4000 }, (_, n) => [`=Pkg: p${n} 1 1 noarch`, ...provides].join(`-${n}\n`));
    const huge = `=Ver: 2.0\n${packages.join('\n')}\n`;
    expect(() => repo.addTestcase(huge)).toThrowError(expect.objectContaining({ code: 'outOfMemory' }));
    expect(small.dead).toBe(true);
    expect(() => small.createPool({ arch: 'x86_64' })).toThrowError(expect.objectContaining({ code: 'dead' }));
    expect(() => small.dispose()).not.toThrow();
    cycle(other);
    cycle(await load({ memoryMaxBytes: 20 * 2 ** 20 }));
  });

  it('is refused beforehand when the limit is below what the module starts with', async () => {
    await expect(load({ memoryMaxBytes: 1000 })).rejects.toThrowError(expect.objectContaining({ code: 'misuse' }));
  });
});

describe('a limit on the addresses of the process', () => {
  it.runIf(process.platform === 'linux')(
    'makes load() reject with a typed error, and the process ends as it wants to',
    () => {
      const script = fileURLToPath(new URL('./support/load.mjs', import.meta.url));
      const { status, stdout } = spawnSync(
        'bash',
        ['-c', `ulimit -v 3000000; exec "${process.execPath}" "${script}"`],
        {
          encoding: 'utf8',
        },
      );
      expect(stdout).toBe('SolvError outOfMemory\n');
      expect(status).toBe(7);
    },
    60_000,
  );
});

describe('a trap', () => {
  it('is a typed error and leaves a dead instance that says so', async () => {
    const libsolv = await load();
    const pool = testPool(libsolv, '');
    // libsolv's reader of testcases recurses for each parenthesis, beyond its own stack or the engine's.
    const deep = `=Ver: 3.0\n=Pkg: a 1 1 noarch\n=Req: ${'('.repeat(200_000)}\n`;
    expect(() => pool.addRepo('r').addTestcase(deep)).toThrowError(
      expect.objectContaining({ name: 'SolvError', code: 'trap' }),
    );
    expect(libsolv.dead).toBe(true);
    expect(() => pool.solvables()).toThrowError(expect.objectContaining({ code: 'dead' }));
    expect(() => pool.dispose()).not.toThrow();
    expect(() => libsolv.dispose()).not.toThrow();
    cycle(await load());
  });
});

describe('loading', () => {
  it('takes modules from their URLs, several in one process, and each says what it is', async () => {
    const release = new URL('../dist/libsolv.wasm', import.meta.url);
    const counting = new URL('../dist/libsolv-counting.wasm', import.meta.url);
    const loaded = await Promise.all([load({ module: release }), load({ module: counting }), load()]);
    expect(loaded.map((libsolv) => libsolv.version().build)).toEqual(['release', 'counting', 'release']);
    expect(loaded.map((libsolv) => libsolv.version().patches)).toEqual([[], [], []]);
    expect(loaded.map((libsolv) => libsolv.counters().work === null)).toEqual([true, false, true]);
    for (const libsolv of loaded) cycle(libsolv);
    const nowhere = load({ module: new URL('./nothing.wasm', import.meta.url) });
    await expect(nowhere).rejects.toThrowError(expect.objectContaining({ code: 'moduleMissing' }));
  });

  it('takes a module that is not found beside the package', async () => {
    await expect(load({ module: new Uint8Array([0, 97, 115, 109]) })).rejects.toThrowError(
      expect.objectContaining({ code: 'moduleInvalid' }),
    );
    const foreign = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    await expect(load({ module: foreign })).rejects.toThrowError(expect.objectContaining({ code: 'moduleInvalid' }));
  });
});

describe('size', () => {
  it('may be 200,000 solvables', async () => {
    const libsolv = await load();
    const pool = libsolv.createPool({ arch: 'x86_64' });
    const many = Array.from(
      { length: 200_000 },
      (_, n) => `=Pkg: p${n} 1 1 noarch\n=Req: p${n + 1 < 200_000 ? n + 1 : 0}`,
    ).join('\n');
    const repo = addPackages(pool.addRepo('r'), many);
    pool.createWhatprovides();
    expect(repo.solvables()).toHaveLength(200_000);
    expect(nevras(pool, pool.whatProvides('p199999'))).toEqual(['p199999-1-1.noarch']);
    const last = pool.createSolver().solve([{ action: 'install', select: { kind: 'name', name: 'p199990' } }]);
    expect(last.status).toBe('solved');
    libsolv.dispose();
  });
});
