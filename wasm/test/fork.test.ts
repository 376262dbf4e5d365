import { describe, expect, it } from 'vitest';
import { type Libsolv, load, type Pool } from '../src/index.js';
import { addPackages, testPool } from './support/pool.js';

const shared = '=Pkg: a 1 1 noarch\n=Req: b\n=Pkg: b 1 1 noarch\n=Pkg: b 2 1 noarch';

/** Everything that an answer is made of, the work that it took included. */
function answer({ libsolv, pool }: { libsolv: Libsolv; pool: Pool }, own: string): unknown {
  const before = libsolv.counters();
  pool.setInstalled(addPackages(pool.addRepo('own'), own));
  pool.createWhatprovides();
  const result = pool.createSolver().solve([{ action: 'install', select: { kind: 'name', name: 'a' } }]);
  if (result.status !== 'solved') throw new Error('unsolvable');
  const { work, heapBytesMax } = libsolv.counters();
  return {
    steps: result.transaction.steps(),
    statistics: pool.statistics(),
    heapBytesMax,
    work: work === null || before.work === null ? null : work - before.work,
  };
}

const many = Array.from({ length: 60_000 }, (_, n) => `=Pkg: some-other-package-${n} 1 1 noarch`).join('\n');
const systems = ['', many, '=Pkg: b 1 1 noarch', '=Pkg: own 1 1 noarch\n=Con: b = 2-1', '=Pkg: b 1 1 noarch'];

describe('a fork', () => {
  it('answers, counts and grows as the instance itself would have, whatever other forks did', async () => {
    const origin = await load({ build: 'counting' });
    const pool = testPool(origin, '', { shared });
    const forked = systems.map((own) => answer(origin.fork(pool), own));
    let last: Libsolv | null = null;
    const inUsedMemory = systems.map((own) => {
      const fork = origin.fork(pool, last);
      last = fork.libsolv;
      return answer(fork, own);
    });
    const apart = [];
    for (const own of systems) {
      const libsolv = await load({ build: 'counting' });
      apart.push(answer({ libsolv, pool: testPool(libsolv, '', { shared }) }, own));
    }
    expect(forked).toEqual(apart);
    expect(inUsedMemory).toEqual(apart);
    expect(forked[2]).not.toEqual(forked[3]);
  });

  it('leaves the instance it came from as it was, and outlives it', async () => {
    const origin = await load();
    const pool = testPool(origin, '', { shared });
    const before = pool.statistics();
    const fork = origin.fork(pool);
    fork.pool.addRepo('more').addTestcase('=Ver: 2.0\n=Pkg: c 1 1 noarch\n');
    expect(pool.statistics()).toEqual(before);
    expect(fork.pool.repos.map(({ name }) => name)).toEqual([...pool.repos.map(({ name }) => name), 'more']);
    origin.dispose();
    fork.pool.createWhatprovides();
    expect(fork.pool.find('c-1-1.noarch')).not.toBeNull();
    fork.libsolv.dispose();
    expect(() => fork.pool.repos).toThrowError(expect.objectContaining({ code: 'disposed' }));
  });

  it('copies a memory that has grown', async () => {
    const origin = await load();
    const many = Array.from({ length: 100_000 }, (_, n) => `=Pkg: package-with-a-name-${n} 1 1 noarch`).join('\n');
    const pool = testPool(origin, '', { many });
    const { libsolv, pool: copy } = origin.fork(pool);
    expect(libsolv.counters()).toEqual(origin.counters());
    expect(libsolv.counters().heapBytesMax).toBeGreaterThan(16 * 2 ** 20);
    expect(copy.find('package-with-a-name-99999-1-1.noarch')).toEqual(
      pool.find('package-with-a-name-99999-1-1.noarch'),
    );
  });

  it('ends the fork whose memory it takes over', async () => {
    const origin = await load();
    const pool = testPool(origin, '', { shared });
    const first = origin.fork(pool);
    const second = origin.fork(pool, first.libsolv);
    expect(() => first.pool.repos).toThrowError(expect.objectContaining({ code: 'disposed' }));
    expect(second.pool.repos.map(({ name }) => name)).toEqual(pool.repos.map(({ name }) => name));
    expect(() => origin.fork(pool, origin)).toThrowError(expect.objectContaining({ code: 'misuse' }));
  });

  it('is refused of another instance\u2019s pool, and of a dead or disposed instance', async () => {
    const [one, other] = [await load(), await load()];
    const pool = testPool(one, '');
    expect(() => other.fork(pool)).toThrowError(expect.objectContaining({ code: 'misuse' }));
    one.dispose();
    expect(() => one.fork(pool)).toThrowError(expect.objectContaining({ code: 'disposed' }));
  });
});
