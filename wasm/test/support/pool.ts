import { afterAll } from 'vitest';
import { type Libsolv, load, type Pool, type PoolOptions, type Repo, type SolvableId } from '../../src/index.js';

/** One instance per test file; every pool of a test is freed with it. */
export async function testInstance(): Promise<Libsolv> {
  const libsolv = await load();
  afterAll(() => libsolv.dispose());
  return libsolv;
}

/** A pool out of testcase texts: what is installed, and further repositories by name. */
export function testPool(
  libsolv: Libsolv,
  installed: string,
  repos: Readonly<Record<string, string>> = {},
  options: Partial<PoolOptions> = {},
): Pool {
  const pool = libsolv.createPool({ arch: 'x86_64', ...options });
  const system = addPackages(pool.addRepo('@System'), installed);
  pool.setInstalled(system);
  for (const [name, packages] of Object.entries(repos)) addPackages(pool.addRepo(name), packages);
  pool.addFileProvides();
  pool.createWhatprovides();
  return pool;
}

/** Testcase packages of version 2.0, where a package provides itself without saying so. */
export function addPackages(repo: Repo, text: string): Repo {
  repo.addTestcase(`=Ver: 2.0\n${text.trim()}\n`);
  return repo;
}

export function nevras(pool: Pool, ids: readonly SolvableId[]): string[] {
  return pool.packages(ids).map(({ nevra }) => nevra);
}
