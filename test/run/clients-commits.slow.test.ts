import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nevra, type RpmPackage } from '#rpm';
import type { StepResult } from '#run-document';
import {
  readScenario,
  requestOptions,
  requestText,
  type ScenarioStep,
  type ScenarioVariant,
  variantsOf,
} from '#scenario';
import { hardwareNamed } from '../../src/run/inputs.js';
import { type MachineState, unameOf } from '../../src/run/machine/machine-state.js';
import { beforeRequest } from '../../src/run/scenario/before-request.js';
import { initialState } from '../../src/run/scenario/scenario-run.js';
import { runStep } from '../../src/run/scenario/step-run.js';
import { SolveCache, SolveUse } from '../../src/run/solve-cache.js';
import { buildTinyRpms, tool } from '../support/clients.js';
import { prepareCompared, shownBy, withRenamed } from '../support/compared-scenario.js';
import { packages } from '../support/packages.js';
import { shortForm, testTable } from '../support/short-form.js';
import { runningKernel } from '../support/uname.js';
import { ZypperRoot } from '../support/zypper.js';

/**
 * Scenarios on a part of a kernel are carried out for real: rpmbuild makes every package of every repository, with its files in small; createrepo_c
 * makes the repositories; zypper and rpm commit each request, none of it a dry run. After each step the rpm database and the files on disk
 * are those of the lab's machine. Where the lab's verifier finds a conflict of files, zypper ends with 8 and has changed nothing.
 */
let scratch: string;
let running: Awaited<ReturnType<typeof runningKernel>>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-commits-'));
  running = await runningKernel(scratch);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const directory = 'scenarios/real';
const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml')).sort();
const read = await Promise.all(files.map((file) => readScenario(join(directory, file))));
/** Patches are no RPMs, and vendors that count as one are one to the lab's packages. */
const isCommitted = ({ scenario }: ScenarioVariant): boolean =>
  scenario.comparedWith === 'zypper' &&
  scenario.kernelModules !== undefined &&
  scenario.vendors.length === 0 &&
  Object.values(scenario.repositories).every(({ patches }) => Object.keys(patches ?? {}).length === 0);
const committed = read.flatMap(variantsOf).filter(isCommitted).map(withRenamed);

test('at least ten scenarios are carried out', () => {
  expect(committed.length).toBeGreaterThanOrEqual(10);
});

const table = committed.map((file) => [file.id, file] as const);
testTable(
  shortForm(table, ([, file]) => shownBy(file)),
  'zypper and rpm leave what the lab says: %s',
  async (id, file) => {
    const place = join(scratch, id.replaceAll(/[^\w.-]/g, '_'));
    await mkdir(place, { recursive: true });
    const lab = await prepareCompared(file, place);
    const root = await ZypperRoot.create(join(place, 'root'));
    const rpms = new Map<string, string>();
    for (const [name, { written, priority }] of lab) {
      const made = await publish(written, join(place, `repo-${name}`));
      for (const [key, path] of made) rpms.set(key, path);
      await root.addRepository(name, join(place, `repo-${name}`), priority);
    }
    const profile = file.hardware === null ? null : await hardwareNamed(file.hardware);
    let state = await initialState(file, { repositories: lab, hardware: profile });
    const first = state.installed.flatMap(({ package: pkg }) => rpms.get(nevra(pkg)) ?? []);
    // A machine without any package is none to Debian's rpmdb2solv, which ends zypper with 8.
    const rest = packages({ 'rest-of-the-system-1-1': {} });
    await root.installForGood([...first, ...(await buildTinyRpms(rest, join(place, 'rest')))]);
    const solves = new SolveUse(new SolveCache(null));
    const scope = ({ devices, root: needs }: Pick<MachineState, 'devices' | 'root'>) => ({ devices, root: needs });
    for (const step of file.scenario.steps) {
      const before = beforeRequest(state, step);
      const { result, after } = await runStep(step, before, {
        repositories: lab,
        solves,
        scheme: file.scenario.scheme,
        scope,
      });
      const what = `${step.name}: ${requestText(step.request)}`;
      const { code, printed } = await carryOut(root, step, before, place);
      expect({ what, codes: expectedCodes(result) }, printed).toEqual({ what, codes: expect.arrayContaining([code]) });
      const stands = code === 0 ? after : before;
      expect(
        { what, installed: (await root.installedNevras()).filter((one) => !one.startsWith('rest-of-the-system-')) },
        printed,
      ).toEqual({
        what,
        installed: stands.installed.map(({ package: pkg }) => nevra(pkg)).sort(),
      });
      expect({ what, files: await root.filesBelow(['boot', 'etc/uefi', 'lib', 'usr']) }).toEqual({
        what,
        files: filesOf(stands.installed.map(({ package: pkg }) => pkg)),
      });
      // What follows would be asked of another machine than the lab's.
      if (code !== 0) return;
      state = after;
    }
  },
);

/**
 * zypper's exit codes (zypper(8)): 8 where the commit failed, 4 where no solution was found, 104 for what nothing is called, which the lab calls
 * unsolvable too where zypper does not even ask the solver.
 */
function expectedCodes({ outcome, violations }: StepResult): number[] {
  if (outcome.status !== 'solved') return [4, 104];
  if (outcome.unknown.length > 0) return [104];
  return violations.some(({ kind }) => kind === 'file-conflict') ? [8] : [0];
}

function filesOf(packages: readonly RpmPackage[]): string[] {
  return [...new Set(packages.flatMap(({ files: own }) => own.map(({ path }) => path)))].sort();
}

/** Real RPMs of a repository's packages, indexed by createrepo_c; the file of each package. */
async function publish(packages: readonly RpmPackage[], into: string): Promise<Map<string, string>> {
  await mkdir(into, { recursive: true });
  const paths = new Map<string, string>();
  for (const built of await buildTinyRpms(packages, `${into}-build`)) {
    const path = join(into, basename(built));
    await rename(built, path);
    paths.set(basename(built).replace(/\.rpm$/, ''), path);
  }
  await tool('createrepo_c', ['--quiet', into]);
  return paths;
}

async function carryOut(root: ZypperRoot, step: ScenarioStep, before: MachineState, place: string) {
  const { request } = step;
  const { settings, autoInstalled, devices } = before;
  await root.configure(settings.zyppConf ?? {});
  await root.lock(settings.locks ?? []);
  await root.setAutoInstalled(autoInstalled);
  await root.enableOnly(step.repositories);
  const modaliases = join(place, 'modaliases');
  await writeFile(modaliases, devices.map(({ modalias }) => `${modalias}\n`).join(''));
  const uname = unameOf(before);
  const names = request.names.map((name) => name.replaceAll(' ', ''));
  return root.commit(
    [request.verb, ...requestOptions(request), ...names],
    modaliases,
    uname === null ? {} : running(uname),
  );
}
