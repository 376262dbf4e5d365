/**
 * The promise about the patch order-index: ordering the update of 16,000 kernel modules, each a package of its own, takes at most a twentieth of
 * the work that it takes without, which grows by at most n^1.1, and every step keeps its place. Transactions: synthetic kernels under `modular`, and
 * packages tied to the exact version of one base. Work is executed code edges, the same on every machine. SIZES= for others than these.
 */
import { createHash } from 'node:crypto';
import { evolveKernel, type KernelBuild, synthesizeKernel } from '#kernel';
import { shapes } from '#limits';
import { packageBuilds } from '#packaging';
import { primaryDocument } from '#repomd';
import { provideLibsolv } from '#run';
import { type Libsolv, type LibsolvModules, loadLibsolv } from '#solve';
import { report } from './promise.js';

const version = '0.7.32';
const sizes = (process.env['SIZES'] ?? '4000,8000,16000').split(',').map(Number);
const shareMax = 1 / 20;
const exponentMax = 1.1;

type Repo = ReturnType<ReturnType<Libsolv['createPool']>['addRepo']>;

/** Fills a repository of a pool. */
type Fill = (repo: Repo) => unknown;

/** An update of everything. */
interface Update {
  readonly installed: Fill;
  readonly offered: Fill;
}

const updates: Readonly<Record<string, (size: number) => Promise<Update>>> = {
  async 'synthetic kernels'(modules) {
    const build = await synthesizeKernel({ modules, seed: 1 });
    const next = await evolveKernel(build, { regime: 'security-fix', seed: 1 });
    const fill = (one: KernelBuild): Fill => {
      const primary = primaryDocument(packageBuilds('modular', [one], { patterns: false }).packages);
      return (repo) => repo.addRpmmd({ primary });
    };
    return { installed: fill(build), offered: fill(next) };
  },
  'packages tied to a base'(size) {
    const shape = shapes.find(({ name }) => name === 'tied-updates');
    if (shape === undefined) throw new Error('no shape of tied updates');
    const { installed, offered } = shape.of(size);
    const fill =
      (lines: readonly string[]): Fill =>
      (repo) =>
        repo.addTestcase(`${['=Ver: 3.0', ...lines].join('\n')}\n`);
    return Promise.resolve({ installed: fill(installed), offered: fill(offered) });
  },
};

interface Ordered {
  readonly work: number;
  readonly steps: number;
  readonly sha256: string;
}

async function ordered(modules: LibsolvModules, { installed, offered }: Update): Promise<Ordered> {
  const libsolv = await loadLibsolv({ modules, build: 'counting' });
  try {
    const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
    const system = pool.addRepo('@System');
    installed(system);
    pool.setInstalled(system);
    offered(pool.addRepo('offered'));
    pool.addFileProvides();
    pool.createWhatprovides();
    const solver = pool.createSolver();
    solver.run([{ action: 'update', select: { kind: 'all' } }]);
    const transaction = solver.transaction();
    const edges = (): number => libsolv.counters().work ?? Number.NaN;
    const before = edges();
    transaction.order();
    const work = edges() - before;
    const steps = transaction.steps();
    return { work, steps: steps.length, sha256: createHash('sha256').update(JSON.stringify(steps)).digest('hex') };
  } finally {
    libsolv.dispose();
  }
}

const million = (edges: number): string => `${(edges / 1e6).toFixed(2)} M`;

const [plain, patched] = [
  await provideLibsolv(version, console.error),
  await provideLibsolv(`${version}+order-index`, console.error),
];
for (const [what, update] of Object.entries(updates)) {
  console.log(`${what}: executed code edges of ordering an update, libsolv ${version} and with order-index`);
  const points: { readonly size: number; readonly work: number }[] = [];
  for (const size of sizes) {
    const transaction = await update(size);
    const [a, b] = [await ordered(plain, transaction), await ordered(patched, transaction)];
    const before = points.at(-1);
    const exponent = before === undefined ? null : Math.log(b.work / before.work) / Math.log(size / before.size);
    points.push({ size, work: b.work });
    const grows = exponent === null ? '' : `, n^${exponent.toFixed(2)}`;
    console.log(
      `  ${size}: ${b.steps} steps, ${million(a.work)} and ${million(b.work)} (1/${(a.work / b.work).toFixed(1)})${grows}`,
    );
    report(a.sha256 === b.sha256 && a.steps > size, 'every step has the same place');
    if (exponent !== null) report(exponent <= exponentMax, `grows by at most n^${exponentMax}`);
    if (size >= 16_000) report(b.work <= shareMax * a.work, `at most 1/${1 / shareMax} of the work`);
  }
}
