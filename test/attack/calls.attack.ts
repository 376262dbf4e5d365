import { readFileSync } from 'node:fs';
import {
  type Libsolv,
  load,
  type Pool,
  type Repo,
  SolvError,
  type Solver,
  type Transaction,
} from '@opensuse/libsolv-wasm';
import { test } from 'vitest';
import type { Random } from '#statistics';
import { assault, NothingYet, oneOf, timeout } from './assault.js';

const primary = new Uint8Array(readFileSync(new URL('../../wasm/test/seeds/primary.xml', import.meta.url)));

/** Everything that was ever made, disposed of or stale: any of it may be called again. */
interface Objects {
  readonly pools: Pool[];
  readonly repos: Repo[];
  readonly solvers: Solver[];
  readonly transactions: Transaction[];
}

const names = ['a', 'b', 'nosuch', '', '(a or b)', '((', 'a >= 1', '\u0000', 'x'.repeat(5000)];

function call(libsolv: Libsolv, objects: Objects, random: Random): void {
  const pool = (): Pool => oneOf(random, objects.pools);
  const repo = (): Repo => oneOf(random, objects.repos);
  const solver = (): Solver => oneOf(random, objects.solvers);
  const id = (): number => random.below(40) - 5;
  const calls: readonly (() => unknown)[] = [
    () => objects.pools.push(libsolv.createPool({ arch: 'x86_64' })),
    () => objects.repos.push(pool().addRepo(oneOf(random, names))),
    () => repo().addRpmmd({ primary }),
    () => repo().addSolv(repo().toSolv()),
    () => pool().setInstalled(repo()),
    () => pool().addFileProvides(),
    () => pool().createWhatprovides(),
    () => pool().packages(pool().solvables()),
    () => pool().select(oneOf(random, names), ['name', 'rel', 'glob']),
    () => objects.solvers.push(pool().createSolver()),
    () => solver().run([{ action: 'install', select: { kind: 'name', name: oneOf(random, names) } }]),
    () => solver().run([{ action: 'install', select: { kind: 'provides', dep: oneOf(random, names) } }]),
    () => solver().problems(),
    () => solver().statistics(),
    () => objects.transactions.push(solver().transaction()),
    () => oneOf(random, objects.transactions).order(),
    () => oneOf(random, objects.transactions).installedResult(),
    () => Reflect.apply(pool().packages, pool(), [[id()]]),
    () => solver().dispose(),
    () => repo().toSolv(),
    () => (random.below(20) === 0 ? pool().dispose() : undefined),
  ];
  oneOf(random, calls)();
}

/** Calls in any order on objects of any age, in one instance. A typed error is an answer; a trap is none. */
test('calls', { timeout }, async () => {
  await assault('calls', async (random) => {
    const libsolv = await load({ memoryMaxBytes: 512 * 2 ** 20 });
    const objects: Objects = { pools: [], repos: [], solvers: [], transactions: [] };
    objects.pools.push(libsolv.createPool({ arch: 'x86_64' }));
    const came: string[] = [];
    for (let count = 0; count < 100; count += 1) {
      try {
        call(libsolv, objects, random);
        came.push('done');
      } catch (cause) {
        if (!(cause instanceof SolvError || cause instanceof NothingYet)) throw cause;
        if (cause instanceof SolvError && (cause.code === 'trap' || cause.code === 'dead')) throw cause;
        if (cause instanceof SolvError) came.push(`refused as ${cause.code}`);
      }
    }
    libsolv.dispose();
    return came;
  });
});
