import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenario, variantsOf } from '#scenario';
import { exportTestcase, type MachineInput, type Request } from '#solve';
import { KernelCache } from '../../src/run/inputs.js';
import { inFreshInstance, solveExactly } from '../../src/run/instances.js';
import { RepositoryCache } from '../../src/run/repository/repository-cache.js';
import { runScenarioFile } from '../../src/run/scenario/scenario-file.js';
import { type MeasuredSolve, type Solves, solveKey } from '../../src/run/solve-cache.js';
import { Store } from '../../src/run/workers/store.js';

/**
 * Every step of every scenario of scenarios/real, exported as a libsolv testcase and replayed by testsolv, libsolv's own test program, built
 * natively from the module's sources: transaction, problems with their solutions, and the order of the transaction must be the same.
 */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const scenarios = join(root, 'scenarios', 'real');

/** Builds testsolv where it is not there yet; returns its path. */
async function nativeTestsolv(): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'wasm', 'tools', 'native.mjs')]);
  return join(stdout.trim(), 'testsolv');
}

/** Solves as the lab does, and has the oracle solve the same. Identical solves of different scenarios are replayed once. */
class ReplayedSolves implements Solves {
  readonly differences: string[] = [];
  readonly #known = new Map<string, Promise<MeasuredSolve>>();
  readonly #testsolv: string;
  readonly #directory: string;

  constructor(testsolv: string, directory: string) {
    this.#testsolv = testsolv;
    this.#directory = directory;
  }

  get replayed(): number {
    return this.#known.size;
  }

  solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    const key = solveKey(machine, request);
    const known = this.#known.get(key) ?? this.#solve(machine, request);
    this.#known.set(key, known);
    return known;
  }

  /** The oracle replays what is reported; whether a second time does nothing is not its question. */
  again(): Promise<null> {
    return Promise.resolve(null);
  }

  async #solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    const files = await inFreshInstance((libsolv) => exportTestcase(libsolv, machine, request));
    const directory = join(this.#directory, String(this.replayed));
    await mkdir(directory);
    if ('status' in files) throw new Error(files.status);
    for (const [name, bytes] of files) await writeFile(join(directory, name), bytes);
    await this.#replay(directory, request);
    await rm(directory, { recursive: true });
    return { solved: await solveExactly(machine, request), phases: [] };
  }

  async #replay(directory: string, request: Request): Promise<void> {
    try {
      const { stderr } = await run(this.#testsolv, ['testcase.t'], { cwd: directory, maxBuffer: 2 ** 28 });
      if (stderr !== '') this.differences.push(`${JSON.stringify(request)}: ${stderr}`);
    } catch (error) {
      // testsolv prints the lines that are missing and those that are too many, and exits with 1.
      const printed = error instanceof Error && 'stdout' in error ? error.stdout : '';
      this.differences.push(`${JSON.stringify(request)}: ${String(error)}\n${printed}`);
    }
  }
}

describe('native libsolv replays every step of', async () => {
  const files = (await readdir(scenarios)).sort();
  const onProgress = () => undefined;
  let solves: ReplayedSolves;
  let repositories: RepositoryCache;
  let steps = 0;

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kmplab-oracle-'));
    await mkdir(join(directory, 'store'));
    const store = new Store(join(directory, 'store'));
    repositories = new RepositoryCache({ kernels: new KernelCache(), store, measureZstd: false, onProgress });
    solves = new ReplayedSolves(await nativeTestsolv(), directory);
    return () => rm(directory, { recursive: true, force: true });
    // The native build takes minutes where there is none yet.
  }, 600_000);

  it.each(files)('%s to the same result', async (name) => {
    const file = join(scenarios, name);
    for (const { hardware, more, depth } of variantsOf(await readScenario(file))) {
      const variant = { hardware, more, depth };
      const result = await runScenarioFile(file, { repositories, root, solves, onProgress, scheme: null, ...variant });
      expect(result, file).toMatchObject({ error: null });
      expect(result.steps.length).toBeGreaterThan(0);
      steps += result.steps.length;
    }
    expect(solves.differences).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write(`${steps} steps, ${solves.replayed} different solves: all identical to native testsolv\n`);
  });
});
