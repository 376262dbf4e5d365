import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { kernelPackages, packageBuilds, readyDesigns } from '#packaging';
import { writeRepository } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import type { Request } from '#solve';
import { DnfRoot } from '../support/dnf.js';
import { installedBy, labOutcome, part, type SchemeMachine } from '../support/scheme-machine.js';
import { diagonal, testTable } from '../support/short-form.js';

/**
 * Real dnf in a root of its own, on the repositories that the lab writes and with real RPMs installed, does what the lab does, which is told
 * only what dnf keeps several versions of. dnf acts on no hardware, so there is none.
 */
const installonly = { multiversion: 'provides:installonlypkg(kernel),provides:installonlypkg(kernel-module)' };

/** Every scheme that is meant for dnf, and packages that an administrator would ask for beside the kernel. */
const dnfSchemes: readonly (readonly [string, readonly string[]])[] = [
  ['rhel-kmod', ['kmod-r8169', 'kmod-e1000e', 'kmod-nvme']],
  ['rhel-kmod external=["r8169","e1000e"]', ['kmod-r8169', 'kmod-e1000e']],
  ['fedora-kmod', ['r8169', 'e1000e', 'nvme']],
  ['split layout=fedora', ['kernel-modules-extra']],
];

let scratch: string;
let builds: readonly KernelBuild[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-dnf-'));
  const load = async (n: string): Promise<KernelBuild> => part(await loadBuiltinKernel(`debian-6.1.0-${n}-amd64`), n);
  builds = [await load('51'), await load('52'), await load('53'), await load('54')];
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

test('every scheme meant for dnf is compared here', () => {
  const meant = readyDesigns()
    .filter(({ client }) => client === 'dnf')
    .map(({ name }) => name);
  const compared = new Set(dnfSchemes.map(([text]) => text.split(' ')[0]));
  expect(meant.filter((name) => !compared.has(name))).toEqual([]);
});

test.each(dnfSchemes)('dnf lists every package of a whole kernel under %s', async (scheme) => {
  const { packages } = packageBuilds(scheme, [await loadBuiltinKernel('debian-6.1.0-53-amd64')]);
  const repository = join(scratch, 'whole');
  await writeRepository(packages, repository);
  const root = await DnfRoot.create(join(scratch, 'whole-root'));
  root.addRepository('whole', repository);
  const listed = await root.repoquery('--qf', '%{name}-%{evr}.%{arch}');
  expect(listed.sort()).toEqual(packages.map(nevra).sort());
  await rm(repository, { recursive: true });
  await rm(join(scratch, 'whole-root'), { recursive: true });
});

const schemes = dnfSchemes.map(([scheme, drivers], index) => [scheme, drivers, index] as const);

describe.each(schemes)('dnf and the lab agree under %s', (scheme, drivers, index) => {
  const [kernel = ''] = kernelPackages(scheme, 'default');
  const [driver = ''] = drivers;
  let directory: string;
  let offered: readonly (readonly RpmPackage[])[];
  let installed: readonly RpmPackage[];
  let root: DnfRoot;
  let machine: SchemeMachine;

  beforeAll(async () => {
    directory = join(scratch, scheme.replace(/\W+/g, '-'));
    await mkdir(directory);
    offered = builds.map((build) => packageBuilds(scheme, [build], { patterns: false }).packages);
    for (const [index, packages] of offered.entries()) await writeRepository(packages, join(directory, `${index}`));
    installed = await asked(2);
    machine = { installed, repositories: reach(2, 3), modaliases: [], zyppConf: installonly };
    root = await machineOf('root', installed, 2, 3);
  });

  const reach = (...indices: readonly number[]): Record<string, readonly RpmPackage[]> =>
    Object.fromEntries(indices.map((index) => [`${index}`, offered[index] ?? []]));

  async function machineOf(name: string, packages: readonly RpmPackage[], ...indices: number[]): Promise<DnfRoot> {
    const made = await DnfRoot.create(join(directory, name));
    for (const index of indices) made.addRepository(`${index}`, join(directory, `${index}`));
    if (packages.length > 0) await made.install(packages, join(directory, `${name}-rpms`));
    return made;
  }

  /** What comes where kernel and drivers of one build are asked for on an empty disk. */
  async function asked(build: number): Promise<RpmPackage[]> {
    const empty = { installed: [], repositories: reach(build), modaliases: [], zyppConf: installonly };
    const { steps } = await labOutcome(empty, { verb: 'in', names: [kernel, ...drivers] });
    return installedBy(steps, offered[build] ?? []);
  }

  test.each([[[]], [[driver]], [drivers]])('on a fresh install, with %j', async (more) => {
    const fresh = await DnfRoot.create(join(directory, `fresh-${more.length}`));
    fresh.addRepository('2', join(directory, '2'));
    const dnf = await fresh.dryRun('install', kernel, ...more);
    const empty = { ...machine, installed: [], repositories: reach(2) };
    expect(dnf, dnf.printed).toMatchObject(await labOutcome(empty, { verb: 'in', names: [kernel, ...more] }));
    expect(dnf.steps.length).toBeGreaterThan(0);
  });

  const requests: readonly (readonly [readonly string[], Pick<Request, 'verb'> & Partial<Request>])[] = [
    [['upgrade'], { verb: 'up' }],
    [['upgrade', '--best'], { verb: 'up' }],
    [['upgrade', kernel], { verb: 'up', names: [kernel] }],
    [['upgrade', driver], { verb: 'up', names: [driver] }],
    [['upgrade', '--best', driver], { verb: 'up', names: [driver] }],
    [['install', '--best', kernel], { verb: 'in', names: [kernel] }],
    [['install', '--best', driver], { verb: 'in', names: [driver] }],
    [['distro-sync'], { verb: 'dup' }],
    [['remove', driver], { verb: 'rm', names: [driver] }],
    [['remove', kernel], { verb: 'rm', names: [kernel] }],
  ];
  testTable(diagonal(requests, index, 3), '%j', async (request, same) => {
    const dnf = await root.dryRun(...request);
    expect(dnf, dnf.printed).toMatchObject(await labOutcome(machine, same));
  });

  test('install without --best takes an older version for an answer', async () => {
    const dnf = await root.dryRun('install', kernel, driver);
    expect(dnf, dnf.printed).toMatchObject({ status: 'solved', steps: [] });
  });

  test('a fourth kernel pushes the oldest out, and what only that one could load', async () => {
    const three = newestOf([...(await asked(0)), ...(await asked(1)), ...installed]);
    const full = await machineOf('full', three, 3);
    const now = { ...machine, installed: three, repositories: reach(3) };
    const dnf = await full.dryRun('upgrade');
    const oldest = three.filter((one) => isInstallonly(one) && (offered[0] ?? []).includes(one));
    const added = await labOutcome(now, { verb: 'up' });
    const gone = await labOutcome(now, {
      verb: 'rm',
      names: oldest.map(({ name, evr }) => `${name} = ${evr.version}`),
    });
    expect(dnf, dnf.printed).toMatchObject({ status: 'solved', steps: [...added.steps, ...gone.steps].sort() });
    expect(added.steps.length).toBeGreaterThan(0);
    expect(gone.steps.length).toBeGreaterThanOrEqual(oldest.length);
  });
});

function isInstallonly({ provides }: RpmPackage): boolean {
  return provides.some(({ name }) => name.startsWith('installonlypkg('));
}

/** Of packages of one name the last, but all that dnf keeps several versions of. */
function newestOf(packages: readonly RpmPackage[]): RpmPackage[] {
  const last = new Map(packages.map((one) => [one.name, one]));
  return packages.filter((one) => isInstallonly(one) || last.get(one.name) === one);
}
