import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFilesSorted } from '#files';
import { writeRepository } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import type { Outcome } from '#run-document';
import { readScenario, requestOptions, requestText, type ScenarioStep, variantsOf } from '#scenario';
import { hardwareNamed } from '../../src/run/inputs.js';
import { type MachineState, unameOf } from '../../src/run/machine/machine-state.js';
import { beforeRequest } from '../../src/run/scenario/before-request.js';
import { initialState } from '../../src/run/scenario/scenario-run.js';
import { runStep } from '../../src/run/scenario/step-run.js';
import { SolveCache, SolveUse } from '../../src/run/solve-cache.js';
import { buildEmptyRpms } from '../support/clients.js';
import { type ComparedRepository, prepareCompared, shownBy, withRenamed } from '../support/compared-scenario.js';
import { shortForm, testTable } from '../support/short-form.js';
import { runningKernel } from '../support/uname.js';
import { ZypperRoot } from '../support/zypper.js';

/**
 * Every scenario that says `comparedWith: zypper` is put, step by step, to real zypper in a root of its own: the repositories written to disk,
 * what the lab has installed installed there as real (empty) RPMs, the same settings, locks, modaliases and running kernel. The whole
 * transactions must be the same.
 */
let scratch: string;
let running: Awaited<ReturnType<typeof runningKernel>>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-scenarios-'));
  running = await runningKernel(scratch);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const files = (await listFilesSorted('scenarios/real')).filter((file) => file.endsWith('.yaml'));
const read = await Promise.all(files.map((file) => readScenario(join('scenarios/real', file))));
const compared = read
  .filter(({ scenario }) => scenario.comparedWith === 'zypper')
  .flatMap(variantsOf)
  .map(withRenamed);

test('at least twelve scenarios are compared', () => {
  expect(compared.length).toBeGreaterThanOrEqual(12);
});

const table = compared.map((file) => [file.id, file] as const);
testTable(
  shortForm(table, ([, file]) => shownBy(file)),
  'zypper and the lab agree on %s',
  async (id, file) => {
    // rpmbuild takes a path with spaces apart.
    const directory = join(scratch, id.replaceAll(/[^\w.-]/g, '_'));
    await mkdir(directory, { recursive: true });
    const { scheme, steps } = file.scenario;
    const { hardware } = file;
    const lab = await prepareCompared(file, directory);
    const zypper = await Twin.create(directory, lab, file.scenario.vendors);
    const solves = new SolveUse(new SolveCache(null));
    // What is audited is no part of the comparison.
    const scope = ({ devices, root }: Pick<MachineState, 'devices' | 'root'>) => ({ devices, root });
    const profile = hardware === null ? null : await hardwareNamed(hardware);
    let state = await initialState(file, { repositories: lab, hardware: profile });
    for (const step of steps) {
      const before = beforeRequest(state, step);
      const { result, after } = await runStep(step, before, { repositories: lab, solves, scheme, scope });
      const found = await zypper.ask(step, before);
      const what = `${step.name}: ${requestText(step.request)}`;
      expect({ what, steps: found.steps }, found.printed).toEqual({ what, steps: changesOf(result.outcome) });
      state = after;
    }
  },
);

/** `+nevra`, `-nevra`, sorted; what has no solution changes nothing, but says so. */
function changesOf(outcome: Outcome): string[] {
  if (outcome.status !== 'solved') return [outcome.status];
  const changes = outcome.steps.flatMap(({ type, nevra: name, replaces }) => {
    const gone = type === 'erase' || type === 'obsoleted';
    return [`${gone ? '-' : '+'}${name}`, ...replaces.map((replaced) => `-${replaced}`)];
  });
  return [...new Set(changes)].sort();
}

/** The same machine under real zypper. */
class Twin {
  readonly #root: ZypperRoot;
  readonly #directory: string;
  readonly #written: ReadonlyMap<string, RpmPackage>;
  #installed: ReadonlyMap<string, RpmPackage> = new Map();
  #batches = 0;

  private constructor(root: ZypperRoot, directory: string, written: readonly RpmPackage[]) {
    this.#root = root;
    this.#directory = directory;
    this.#written = new Map(written.map((pkg) => [nevra(pkg), pkg]));
  }

  static async create(
    directory: string,
    repositories: ReadonlyMap<string, ComparedRepository>,
    vendors: readonly (readonly string[])[],
  ): Promise<Twin> {
    const root = await ZypperRoot.create(join(directory, 'root'));
    await root.vendors(vendors);
    for (const [name, { written, priority, advisories }] of repositories) {
      await writeRepository(written, join(directory, name), { advisories });
      await root.addRepository(name, join(directory, name), priority);
    }
    return new Twin(
      root,
      directory,
      [...repositories.values()].flatMap(({ written }) => written),
    );
  }

  async ask(step: ScenarioStep, before: MachineState): Promise<{ readonly steps: string[]; readonly printed: string }> {
    const { request } = step;
    const { settings, autoInstalled, devices } = before;
    await this.#become(before);
    await this.#root.configure(settings.zyppConf ?? {});
    await this.#root.lock(settings.locks ?? []);
    await this.#root.setAutoInstalled(autoInstalled);
    await this.#root.enableOnly(step.repositories);
    const modaliases = join(this.#directory, 'modaliases');
    await writeFile(modaliases, devices.map(({ modalias }) => `${modalias}\n`).join(''));
    const uname = unameOf(before);
    const names = request.names.map((name) => name.replaceAll(' ', ''));
    const args = [request.verb, ...requestOptions(request), ...names];
    const answer = await this.#root.dryRun(args, modaliases, uname === null ? {} : running(uname));
    return { steps: answer.status === 'unsolvable' ? ['unsolvable'] : [...answer.steps], printed: answer.printed };
  }

  /** Installs and removes what differs between the last state and this one. */
  async #become({ installed }: MachineState): Promise<void> {
    const wanted = new Map(installed.map(({ package: pkg }) => [nevra(pkg), this.#written.get(nevra(pkg)) ?? pkg]));
    const gone = [...this.#installed.keys()].filter((name) => !wanted.has(name));
    const come = [...wanted].filter(([name]) => !this.#installed.has(name)).map(([, pkg]) => pkg);
    if (gone.length > 0) await this.#root.remove(gone);
    if (come.length > 0) {
      this.#batches += 1;
      await this.#root.install(await buildEmptyRpms(come, join(this.#directory, `rpms${this.#batches}`)));
    }
    this.#installed = wanted;
  }
}
