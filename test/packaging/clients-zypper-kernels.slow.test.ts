import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { writeRepository } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import { buildEmptyRpms } from '../support/clients.js';
import { installedBy, labOutcome, part, zypperSchemes } from '../support/scheme-machine.js';
import { diagonal, testTable } from '../support/short-form.js';
import { runningKernel } from '../support/uname.js';
import { ZypperRoot } from '../support/zypper.js';

/**
 * Machines that kept several kernels, and administrators who locked one: zypper and the lab agree on what is removed and what is held
 * back. One kernel follows the other as \`zypper up\` brings it, so that each has the drivers that the scheme makes it have.
 */
let scratch: string;
let builds: readonly KernelBuild[];
let modaliases: readonly string[];
let modaliasFile: string;
let running: Awaited<ReturnType<typeof runningKernel>>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-zypper-kernels-'));
  const load = async (n: string): Promise<KernelBuild> => part(await loadBuiltinKernel(`debian-6.1.0-${n}-amd64`), n);
  builds = [await load('52'), await load('53'), await load('54'), await load('55')];
  modaliases = (await loadBuiltinHardware('laptop-e1000e')).devices.map(({ modalias }) => modalias);
  modaliasFile = join(scratch, 'modaliases');
  await writeFile(modaliasFile, modaliases.map((modalias) => `${modalias}\n`).join(''));
  running = await runningKernel(scratch);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const purges: readonly (readonly [string, string, string | null])[] = [
  ['as zypp.conf is shipped', 'latest,latest-1,running', '6.1.0.54-default'],
  ['all but the newest', 'latest', null],
  ['all but the newest and the running one', 'latest,running', '6.1.0.52-default'],
];
const updates: readonly (readonly [string, readonly string[]])[] = [
  ['the kernel', ['kernel-default']],
  ['one driver', ['e1000e*']],
];
const schemes = zypperSchemes.map(([scheme, options], index) => [scheme, options, index] as const);

describe.each(schemes)('under %s %o', (scheme, options, index) => {
  let root: ZypperRoot;
  let offered: readonly (readonly RpmPackage[])[];
  /** After each of three updates: what a machine has that kept all kernels. */
  let installed: readonly RpmPackage[];

  beforeAll(async () => {
    const directory = join(scratch, `${scheme}-${Object.values(options).join('-')}`);
    await mkdir(directory, { recursive: true });
    offered = builds.map((build, index) => packageBuilds(scheme, [build], options, builds.slice(0, index)).packages);
    installed = await afterUpdates(offered.slice(0, 3));
    root = await ZypperRoot.create(join(directory, 'root'));
    await root.install(await buildEmptyRpms(installed, join(directory, 'rpms')));
    await writeRepository(offered[3] ?? [], join(directory, 'next'));
    await root.addRepository('next', join(directory, 'next'));
  });

  async function afterUpdates(repositories: readonly (readonly RpmPackage[])[]): Promise<RpmPackage[]> {
    let now: RpmPackage[] = [];
    for (const packages of repositories) {
      const machine = { installed: now, repositories: { repository: packages }, modaliases };
      const request =
        now.length === 0 ? ({ verb: 'in', names: ['kernel-default'] } as const) : ({ verb: 'up' } as const);
      const { steps } = await labOutcome(machine, request);
      const gone = new Set(steps.filter((step) => step.startsWith('-')).map((step) => step.slice(1)));
      now = [...now.filter((one) => !gone.has(nevra(one))), ...installedBy(steps, packages)];
    }
    return now;
  }

  testTable(diagonal(purges, index, 6), 'zypper purge-kernels: %s', async (_, kernels, uname) => {
    await root.configure({ 'multiversion.kernels': kernels });
    const environment = uname === null ? {} : running(uname);
    const zypper = await root.dryRun(['purge-kernels'], modaliasFile, environment);
    const zyppConf = { 'multiversion.kernels': kernels };
    const machine = { installed, repositories: { next: offered[3] ?? [] }, modaliases, zyppConf, running: uname };
    const lab = await labOutcome(machine, { verb: 'purge-kernels' });
    expect(zypper, zypper.printed).toMatchObject(lab);
  });

  testTable(diagonal(updates, index, 6), 'zypper update with a lock on %s', async (_, locks) => {
    await root.configure({});
    await root.lock(locks);
    try {
      const zypper = await root.dryRun(['update'], modaliasFile);
      const machine = { installed, repositories: { next: offered[3] ?? [] }, modaliases, locks };
      expect(zypper, zypper.printed).toMatchObject(await labOutcome(machine, { verb: 'up' }));
    } finally {
      await root.lock([]);
    }
  });
});
