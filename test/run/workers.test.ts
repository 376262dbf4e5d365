import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from '@opensuse/libsolv-wasm';
import { describe, expect, it } from 'vitest';
import { type RunOptions, realGrowth, runLab } from '#run';
import { defaultBound } from '#solve';
import { KernelCache } from '../../src/run/inputs.js';
import { RepositoryCache } from '../../src/run/repository/repository-cache.js';
import { runScenarioFile } from '../../src/run/scenario/scenario-file.js';
import type { Solves } from '../../src/run/solve-cache.js';
import { Store } from '../../src/run/workers/store.js';
import { tasks } from '../../src/run/workers/tasks.js';
import { openWorkers } from '../../src/run/workers/workers.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Three scenarios: one that passes, one that expects what does not come, one that stops early. */
async function threeLabs(): Promise<string[]> {
  const directory = await temporaryDirectory();
  const edits: ((text: string) => string)[] = [
    (text) => text,
    (text) => text.replace('disk: driven', 'disk: refused'),
    (text) => text.slice(0, text.indexOf('  - name: kernel by name')),
  ];
  return Promise.all(
    edits.map(async (edit, index) => {
      const own = join(directory, `${index}`);
      await mkdir(own);
      return smallLab(own, edit);
    }),
  );
}

async function exactRun(files: readonly string[], options: Partial<RunOptions> = {}) {
  const { environment: _, ...exact } = await runLab({
    name: 'test',
    files,
    schemes: [],
    profiles: [],
    root: '/',
    samples: 0,
    jobs: 1,
    growth: null,
    seed: 1,
    kmplab: { version: '0', commit: null },
    onProgress: () => undefined,
    ...options,
  });
  return exact;
}

describe('workers', () => {
  it('make the same document, byte for byte, in one thread and in several', { timeout: 120_000 }, async () => {
    const files = await threeLabs();
    const kernels = ['one', 'two'].map((name) => join(files[0] ?? '', `../${name}.kernel`));
    const growth = realGrowth({ sizes: [1, 3], kernels }, 1);
    const alone = await exactRun(files, { growth });
    expect(alone.scenarios.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
    expect(alone.growth.map(({ points }) => points.map(({ size }) => size))).toEqual([[1, 3], [1]]);
    expect(JSON.stringify(await exactRun(files, { growth, jobs: 2 }))).toBe(JSON.stringify(alone));
  });

  it('find the same whatever they did before', async () => {
    const files = await threeLabs();
    const forward = await exactRun(files);
    const backward = await exactRun([...files].reverse());
    expect([...backward.scenarios].reverse()).toEqual(forward.scenarios);
    for (const [index, file] of files.entries())
      expect((await exactRun([file])).scenarios).toEqual([forward.scenarios[index]]);
  });

  it('measure each phase of each step as often as was asked for, after the exact results', async () => {
    const [file = ''] = await threeLabs();
    const said: string[] = [];
    const { scenarios, repositories } = await exactRun([file, file], {
      samples: 2,
      jobs: 2,
      onProgress: (what) => said.push(what),
    });
    for (const { steps } of scenarios)
      for (const { phases } of steps) {
        expect(phases.map(({ phase }) => phase)).toEqual(['loadSolv', 'whatprovides', 'solve', 'order']);
        expect(phases.every(({ samplesMs }) => samplesMs.length === 2)).toBe(true);
      }
    expect(repositories.map(({ phases }) => phases.map(({ samplesMs }) => samplesMs.length))).toEqual([
      [2, 2, 2, 2, 2],
      [],
    ]);
    const firstMeasured = said.findIndex((what) => what.startsWith('measuring'));
    expect(said.slice(firstMeasured).every((what) => what.startsWith('measuring'))).toBe(true);
    // Packaged once, though both scenarios want both repositories.
    expect(said.filter((what) => what.startsWith('packaging')).length).toBe(2);
  });

  it('run the other scenarios where one cannot be run', async () => {
    const files = await threeLabs();
    const { scenarios, verdict } = await exactRun(['/missing.yaml', ...files], { jobs: 2 });
    expect(scenarios.map(({ status }) => status)).toEqual(['error', 'passed', 'failed', 'passed']);
    expect(scenarios[0]?.error).toContain('/missing.yaml');
    expect(verdict.status).toBe('failed');
  });

  it('end a scenario whose libsolv instance died, and nothing else', async () => {
    const [file = ''] = await threeLabs();
    const died = await load({ memoryMaxBytes: 20 * 2 ** 20 });
    const many = Array.from({ length: 400_000 }, (_, index) => `=Prv: provide-${index}`).join('\n');
    const repositories = new RepositoryCache({
      kernels: new KernelCache(),
      store: new Store(await temporaryDirectory()),
      measureZstd: false,
      onProgress: () => undefined,
    });
    const again = (): Promise<null> => Promise.resolve(null);
    const solves: Solves = {
      again,
      solve: async () => {
        died.createPool({ arch: 'x86_64' }).addRepo('r').addTestcase(`=Ver: 2.0\n=Pkg: a 1 1 noarch\n${many}\n`);
        throw new Error('it should have run out of memory');
      },
    };
    const options = { repositories, solves, root: '/', onProgress: () => undefined, scheme: null, hardware: null };
    const { status, error } = await runScenarioFile(file, options);
    expect([died.dead, status]).toEqual([true, 'error']);
    expect(error).toMatch(/memory/);
    const mistaken: Solves = { again, solve: () => Promise.reject(new Error('a bug')) };
    expect(await runScenarioFile(file, { ...options, solves: mistaken })).toMatchObject({
      status: 'bug',
      error: expect.stringContaining('a bug\n    at '),
      steps: [],
    });
  });

  it.each([1, 2])(
    'throw a bug with the place it was made at, and go on with every task, with %i jobs',
    async (jobs) => {
      const options = {
        store: await temporaryDirectory(),
        root: '/',
        keepSolves: false,
        measureZstd: false,
        libsolv: null,
        bound: defaultBound,
      };
      const workers = await openWorkers(jobs, options, () => undefined);
      try {
        // @ts-expect-error: what only a bug could ask for
        const bug: unknown = await workers.run('facts', 7).catch((cause: unknown) => cause);
        expect(bug).toBeInstanceOf(TypeError);
        expect(bug instanceof Error ? bug.stack : '').toMatch(/\bfacts \(.*workers\/tasks/);
        await expect(workers.run('facts', ['/no/such.kernel'])).rejects.toMatchObject({
          name: 'InputError',
          code: 'missing',
        });
        // And the worker is still good for work, and knows every task.
        expect(await workers.run('facts', [])).toEqual({ kernels: [], graph: null, churn: [] });
        for (const name of Object.keys(tasks)) {
          // @ts-expect-error: whatever comes of this input, it is not that the task is unknown
          const cause: unknown = await workers.run(name, null).catch((error: unknown) => error);
          expect(String(cause)).not.toContain('No handler function');
        }
      } finally {
        await workers.close();
      }
    },
  );
});
