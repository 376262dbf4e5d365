import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Libsolv, load, type Pool, type Repo, type Solver, type Transaction } from '../src/index.js';
import { addPackages, nevras, testInstance, testPool } from './support/pool.js';
import { install, steps } from './support/solve.js';

const libsolv = await testInstance();
const misuse = expect.objectContaining({ name: 'SolvError', code: 'misuse' });

/** `count` packages from `first` on, each of which requires the one before. */
function chain(first: number, count: number): string {
  return Array.from({ length: count }, (_, n) => {
    const number = first + n;
    return `=Pkg: p${number} 1 1 noarch${number === 0 ? '' : `\n=Req: p${number - 1}`}`;
  }).join('\n');
}

/** Everything that a solver answers for its last solve. */
const questions: Readonly<Record<string, (solver: Solver, pool: Pool) => unknown>> = {
  problems: (solver) => solver.problems(),
  steps: (solver) => solver.transaction().steps(),
  installedResult: (solver) => solver.transaction().installedResult(),
  decisions: (solver) => solver.decisions(),
  why: (solver, pool) => solver.why(pool.solvables().slice(0, 3)),
  alternatives: (solver) => solver.alternatives(),
  recommended: (solver) => solver.recommended(),
  suggested: (solver) => solver.suggested(),
  orphaned: (solver) => solver.orphaned(),
  unneeded: (solver) => solver.unneeded(),
  cleandeps: (solver) => solver.cleandeps(),
  userinstalled: (solver) => solver.userinstalled(),
  statistics: (solver) => solver.statistics(),
  testcaseResult: (solver) => solver.testcaseResult(['transaction', 'problems', 'rules', 'order']),
  writeTestcase: (solver) => [...solver.writeTestcase(['transaction']).keys()],
};

describe('a solver that outlives a change of its pool', () => {
  it.each([1, 20, 1000, 3000])('throws misuse after %i more packages, where a new one solves', (count) => {
    const pool = testPool(libsolv, '', { r: chain(0, 1) });
    const old = pool.createSolver();
    expect(steps(pool, old.solve([install('p0')]))).toHaveLength(1);
    addPackages(pool.addRepo('more'), chain(1, count));
    pool.createWhatprovides();
    const last = install(`p${count}`);
    expect(() => old.solve([last])).toThrowError(misuse);
    for (const ask of Object.values(questions)) expect(() => ask(old, pool)).toThrowError(misuse);
    expect(steps(pool, pool.createSolver().solve([last]))).toHaveLength(count + 1);
    old.dispose();
    pool.dispose();
  });

  it.each<[string, (pool: Pool) => void]>([
    ['addRepo', (pool) => pool.addRepo('another')],
    ['addTestcase', (pool) => pool.repos[1]?.addTestcase('=Ver: 2.0\n=Pkg: q 1 1 noarch\n')],
    ['a document that is refused', (pool) => expect(() => pool.repos[1]?.addSolv(new Uint8Array(9))).toThrowError()],
    ['setPriority', (pool) => pool.repos[1]?.setPriority(5)],
    ['setInstalled', (pool) => pool.setInstalled(null)],
    ['setHardware', (pool) => pool.setHardware(['pci:v1'])],
    ['setNamespace', (pool) => pool.setNamespace('namespace:language', 'de')],
    ['setDisabled', (pool) => pool.setDisabled(pool.solvables())],
    ['setVendorClasses', (pool) => pool.setVendorClasses([['SUSE*']])],
    ['setFlag', (pool) => pool.setFlag('noobsoletesmultiversion', true)],
    ['addFileProvides', (pool) => pool.addFileProvides()],
    ['createWhatprovides', (pool) => pool.createWhatprovides()],
  ])('is stale after %s, and so is its transaction', (_what, change) => {
    const pool = testPool(libsolv, chain(0, 1), { r: chain(1, 3) });
    const solver = pool.createSolver();
    const result = solver.solve([install('p3')]);
    if (result.status !== 'solved') throw new Error('unsolvable');
    const { transaction } = result;
    transaction.order();
    change(pool);
    expect(() => solver.run([])).toThrowError(misuse);
    expect(() => solver.getFlag('focusBest')).toThrowError(misuse);
    for (const use of [
      () => transaction.order(),
      () => transaction.steps(),
      () => transaction.classify(),
      () => transaction.installedResult(),
      () => transaction.installSizeChange(),
    ]) {
      expect(use).toThrowError(misuse);
    }
    expect(() => transaction.dispose()).not.toThrow();
    expect(() => solver.dispose()).not.toThrow();
    pool.dispose();
  });

  it('stays good for look-ups, which change nothing', () => {
    const pool = testPool(libsolv, '', { r: chain(0, 4) });
    const solver = pool.createSolver();
    const before = steps(pool, solver.solve([install('p3')]));
    pool.whatProvides('p1 >= 1');
    pool.select('p*', ['name', 'glob']);
    pool.find('p1-1-1.noarch');
    pool.repos[1]?.toSolv();
    pool.statistics();
    expect(() => pool.setInstalled(testPool(libsolv, '').repos[0] ?? null)).toThrowError(misuse);
    expect(steps(pool, solver.solve([install('p3')]))).toEqual(before);
  });

  it('is another one in each part of a testcase, unless the testcase reuses it', () => {
    const solversOf = (nextjob: string) => {
      const lines = [
        'repo r 0 testtags <inline>',
        '#>=Ver: 2.0',
        '#>=Pkg: a 1 1 noarch',
        '#>=Pkg: b 1 1 noarch',
        'system x86_64 rpm',
        'job install name a',
        nextjob,
        'job install name b\n',
      ];
      const testcase = libsolv.openTestcase(
        'case.t',
        new Map([['case.t', new TextEncoder().encode(lines.join('\n'))]]),
      );
      const first = testcase.next()?.solver;
      expect(testcase.next()?.actual).toBe('install b-1-1.noarch@r\n');
      return first;
    };
    expect(() => solversOf('nextjob')?.problems()).toThrowError(misuse);
    expect(solversOf('nextjob reusesolver')?.problems()).toEqual([]);
  });
});

/** What the pool holds, to be set up again from nothing. */
interface Model {
  readonly texts: string[][];
  packages: number;
  installed: number | null;
  hardware: readonly string[];
  indexed: boolean;
  generation: number;
  readonly solvers: { born: number; solved: boolean }[];
  readonly transactions: { born: number; steps: readonly string[] }[];
}

interface Real {
  readonly libsolv: Libsolv;
  readonly pool: Pool;
  readonly repos: Repo[];
  readonly solvers: Solver[];
  readonly transactions: Transaction[];
}

type Step = fc.AsyncCommand<Model, Real>;

/** What the model test came to do; or it would prove nothing. */
const seen = { stale: 0, answers: 0, orders: 0 };

/** The same pool made in one go, in an instance of its own: what no history can have touched. */
async function answerOfNew(fresh: Libsolv, model: Model, wanted: number): Promise<readonly string[]> {
  const pool = fresh.createPool({ arch: 'x86_64' });
  try {
    const repos = model.texts.map((texts, index) =>
      texts.reduce((repo, text) => addPackages(repo, text), pool.addRepo(`r${index}`)),
    );
    pool.setHardware(model.hardware);
    pool.setInstalled(model.installed === null ? null : (repos[model.installed] ?? null));
    pool.addFileProvides();
    pool.createWhatprovides();
    return answer(pool, pool.createSolver(), wanted).sort();
  } finally {
    pool.dispose();
  }
}

function answer(pool: Pool, solver: Solver, wanted: number): string[] {
  solver.setFlag('addAlreadyRecommended', true);
  const result = solver.solve([install(`p${wanted}`)]);
  if (result.status === 'unsolvable') return result.problems.map(({ text }) => text);
  const { transaction } = result;
  return [...textsOf(pool, transaction), ...nevras(pool, transaction.installedResult())];
}

function textsOf(pool: Pool, transaction: Transaction): string[] {
  return transaction.steps().map(({ type, id }) => `${type} ${nevras(pool, [id])[0]}`);
}

function step(name: string, run: (model: Model, real: Real) => void | Promise<void>): Step {
  return { check: () => true, run: async (model, real) => run(model, real), toString: () => name };
}

function changed(model: Model, indexed: boolean): void {
  model.generation += 1;
  model.indexed = indexed;
}

const packageText = (first: number, count: number) =>
  `${chain(first, count)}\n=Pkg: driver${first} 1 1 noarch\n=Sup: modalias(pci:v${first % 7}*)`;

const steppers: fc.Arbitrary<Step>[] = [
  fc.record({ count: fc.integer({ min: 1, max: 300 }), to: fc.nat(9) }).map(({ count, to }) =>
    step(`read ${count} packages`, (model, real) => {
      if (real.repos.length === 0) return;
      const index = to % real.repos.length;
      const text = packageText(model.packages, count);
      for (const repo of real.repos.slice(index, index + 1)) addPackages(repo, text);
      model.texts[index]?.push(text);
      model.packages += count;
      changed(model, false);
    }),
  ),
  fc.constant(
    step('add a repository', (model, real) => {
      real.repos.push(real.pool.addRepo(`r${model.texts.length}`));
      model.texts.push([]);
      changed(model, false);
    }),
  ),
  fc.constant(
    step('index', (model, real) => {
      real.pool.addFileProvides();
      real.pool.createWhatprovides();
      changed(model, true);
    }),
  ),
  fc.option(fc.nat(9)).map((which) =>
    step(`installed is ${which}`, (model, real) => {
      const index = which === null || real.repos.length === 0 ? null : which % real.repos.length;
      real.pool.setInstalled(index === null ? null : (real.repos[index] ?? null));
      changed(model, model.indexed && model.installed === index);
      model.installed = index;
    }),
  ),
  fc.integer({ min: 0, max: 6 }).map((vendor) =>
    step(`hardware v${vendor}`, (model, real) => {
      model.hardware = [`pci:v${vendor}`];
      real.pool.setHardware(model.hardware);
      changed(model, model.indexed);
    }),
  ),
  fc.constant(
    step('create a solver', (model, real) => {
      if (!model.indexed) {
        expect(() => real.pool.createSolver()).toThrowError(misuse);
        return;
      }
      real.solvers.push(real.pool.createSolver());
      model.solvers.push({ born: model.generation, solved: false });
    }),
  ),
  fc.record({ which: fc.nat(9), wanted: fc.nat(400) }).map(({ which, wanted }) =>
    step(`solver ${which} solves for p${wanted}`, async (model, real) => {
      const [solver, facts] = pick(which, real.solvers, model.solvers);
      if (solver === undefined || facts === undefined) return;
      if (facts.born !== model.generation) {
        expect(() => solver.solve([install(`p${wanted}`)])).toThrowError(misuse);
        seen.stale += 1;
        return;
      }
      expect(answer(real.pool, solver, wanted).sort()).toEqual(await answerOfNew(fresh, model, wanted));
      facts.solved = true;
      seen.answers += 1;
      real.transactions.push(solver.transaction());
      const transaction = real.transactions.at(-1);
      if (transaction !== undefined) {
        model.transactions.push({ born: model.generation, steps: textsOf(real.pool, transaction) });
      }
    }),
  ),
  fc.record({ which: fc.nat(9), about: fc.constantFrom(...Object.keys(questions)) }).map(({ which, about }) =>
    step(`ask solver ${which} for ${about}`, (model, real) => {
      const [solver, facts] = pick(which, real.solvers, model.solvers);
      const ask = questions[about];
      if (solver === undefined || facts === undefined || ask === undefined) return;
      const asking = () => ask(solver, real.pool);
      if (facts.born !== model.generation || !facts.solved) expect(asking).toThrowError(misuse);
      else expect(asking()).toEqual(asking());
    }),
  ),
  fc.nat(9).map((which) =>
    step(`use transaction ${which}`, (model, real) => {
      const [transaction, facts] = pick(which, real.transactions, model.transactions);
      if (transaction === undefined || facts === undefined) return;
      if (facts.born !== model.generation) {
        expect(() => transaction.order()).toThrowError(misuse);
        return;
      }
      transaction.order();
      seen.orders += 1;
      expect(textsOf(real.pool, transaction).sort()).toEqual([...facts.steps].sort());
    }),
  ),
  fc.nat(9).map((which) =>
    step(`dispose of solver ${which}`, (model, real) => {
      const [solver] = pick(which, real.solvers, model.solvers);
      if (solver === undefined) return;
      const index = which % real.solvers.length;
      solver.dispose();
      real.solvers.splice(index, 1);
      model.solvers.splice(index, 1);
      // Its transactions went with it; the model keeps no parentage, so it forgets all of them.
      real.transactions.length = 0;
      model.transactions.length = 0;
    }),
  ),
];

/** Where the outcome shows more often than where the pool changes. */
const often = [...steppers, ...steppers.slice(-5, -1), ...steppers.slice(-5, -1), ...steppers.slice(-5, -1)];

function pick<A, B>(which: number, real: readonly A[], model: readonly B[]): [A | undefined, B | undefined] {
  const index = real.length === 0 ? 0 : which % real.length;
  return [real[index], model[index]];
}

const fresh = await load();

describe('any order of calls, with stale objects among them', () => {
  it('ends in the answer of a new pool or in misuse, and never in a trap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(often, { maxCommands: 60, size: 'max' }), async (commands) => {
        const pool = libsolv.createPool({ arch: 'x86_64' });
        const first = packageText(0, 20);
        const real: Real = {
          libsolv,
          pool,
          repos: [addPackages(pool.addRepo('r0'), first)],
          solvers: [],
          transactions: [],
        };
        pool.addFileProvides();
        pool.createWhatprovides();
        const model: Model = {
          texts: [[first]],
          packages: 20,
          installed: null,
          hardware: [],
          indexed: true,
          generation: 0,
          solvers: [],
          transactions: [],
        };
        await fc.asyncModelRun(() => ({ model, real }), commands);
        pool.dispose();
        expect(libsolv.dead).toBe(false);
      }),
      { numRuns: 400, seed: 16 },
    );
    expect(Math.min(seen.stale, seen.answers, seen.orders)).toBeGreaterThan(100);
  }, 120_000);
});
