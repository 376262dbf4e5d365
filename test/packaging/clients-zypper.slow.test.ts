import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { type PackageSet, packageBuilds, packageDriverUpdate, readyDesigns } from '#packaging';
import { writeRepository } from '#repomd';
import type { Outcome } from '#run-document';
import { cli } from '../support/cli.js';
import { buildEmptyRpms } from '../support/clients.js';
import { installedBy, part, patchesOf, stepsOf, zypperSchemes } from '../support/scheme-machine.js';
import { diagonal, testTable } from '../support/short-form.js';
import { ZypperRoot } from '../support/zypper.js';

/**
 * Real zypper in a root of its own, on the repositories that the lab writes and with real RPMs installed, says what the lab says.
 * Releases are renamed to have one dash: stock rpm refuses `kernel-uname-r = 6.1.0-53-default` in a package, SUSE's does not.
 */
let scratch: string;
let older: KernelBuild;
let newer: KernelBuild;
const laptop = 'laptop-e1000e';
/** The same system disk in another machine: its network card has no driver installed. */
const otherMachine = 'server-broadcom';

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-zypper-'));
  // An update that changes a third of the checksums: some drivers must follow, some need not.
  older = part(await loadBuiltinKernel('debian-6.1.0-53-amd64'), '53');
  newer = part(await loadBuiltinKernel('debian-6.1.0-54-amd64'), '54');
  for (const profile of [laptop, otherMachine]) {
    const { devices } = await loadBuiltinHardware(profile);
    await writeFile(modaliasFile(profile), devices.map(({ modalias }) => `${modalias}\n`).join(''));
  }
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const modaliasFile = (profile: string): string => join(scratch, `${profile}.modaliases`);

/** What the lab's own command says, in the form of ZypperOutcome. */
async function labSteps(args: readonly string[], hardware = laptop): Promise<{ status: string; steps: string[] }> {
  const { out, err } = await cli('solve', ...args, '--hardware', hardware, '--json');
  if (out === '') throw new Error(err);
  const { outcome }: { outcome: Outcome } = JSON.parse(out);
  return stepsOf(outcome);
}

const onFreshInstall: readonly (readonly [readonly string[]])[] = [[[]], [['--no-recommends']]];

/** What zypper is asked, what the lab is, and of which machine. */
type Asked = readonly [what: string, zypper: readonly string[], lab: readonly string[]];

const nothingNew: readonly (readonly [...Asked, hardware: string])[] = [
  ['a network card was swapped', ['install-new-recommends'], ['inr'], otherMachine],
  ['a network card was swapped, up', ['update'], ['up'], otherMachine],
  ['nothing changed', ['update'], ['up'], laptop],
  ['verification', ['verify'], ['verify'], laptop],
  ['removal of the kernel', ['remove', 'kernel-default'], ['rm', 'kernel-default'], laptop],
];

const driverUpdate: readonly Asked[] = [
  ['update', ['update'], ['up']],
  ['distribution upgrade', ['dist-upgrade'], ['dup']],
  ['hardware', ['install-new-recommends'], ['inr']],
  ['patches', ['patch'], ['patch']],
];

const newerKernel: readonly Asked[] = [
  ['update', ['update'], ['up']],
  ['distribution upgrade', ['dist-upgrade'], ['dup']],
  ['install by name', ['install', 'kernel-default'], ['in', 'kernel-default']],
  ['install by version', ['install', 'kernel-default=6.1.190'], ['in', 'kernel-default = 6.1.190']],
  [
    'install without recommends',
    ['install', '--no-recommends', 'kernel-default=6.1.190'],
    ['in', 'kernel-default = 6.1.190', '--no-recommends'],
  ],
  ['hardware', ['install-new-recommends'], ['inr']],
  ['a pattern', ['install', 'kernel-usb-driver-all'], ['in', 'kernel-usb-driver-all']],
  ['removal of the kernel', ['remove', 'kernel-default'], ['rm', 'kernel-default']],
  ['patches', ['patch'], ['patch']],
  ['security patches', ['patch', '--category', 'security'], ['patch', '--category', 'security']],
  ['optional patches too', ['patch', '--with-optional'], ['patch', '--with-optional']],
  ['patches without recommends', ['patch', '--no-recommends'], ['patch', '--no-recommends']],
];

const schemes = zypperSchemes.map(([scheme, options], index) => [scheme, options, index] as const);

describe.each(schemes)('zypper and the lab agree under %s %o', (scheme, options, index) => {
  let directory: string;
  let base: string;
  let update: string;
  let driver: string;
  let first: PackageSet;

  beforeAll(async () => {
    directory = join(scratch, `${scheme}-${Object.values(options).join('-')}`);
    base = join(directory, 'base');
    update = join(directory, 'update');
    driver = join(directory, 'driver');
    first = packageBuilds(scheme, [older], options);
    await mkdir(directory, { recursive: true });
    await writeRepository(first.packages, base);
    const { packages } = packageBuilds(scheme, [newer], options);
    await writeRepository(packages, update, { advisories: patchesOf(packages) });
    const change = { kernelModule: 'e1000e', version: '6.1.187.1', release: '1' };
    const fix = packageDriverUpdate(scheme, older, change, options).packages;
    await writeRepository(fix, driver, { advisories: patchesOf(fix) });
  });

  testTable(diagonal(onFreshInstall, index, 2), 'on a fresh install %j', async (flags) => {
    const root = await ZypperRoot.create(join(directory, `fresh${flags.length}`));
    await root.addRepository('base', base);
    const zypper = await root.dryRun(['install', ...flags, 'kernel-default'], modaliasFile(laptop));
    const lab = await labSteps(['in', 'kernel-default', '--repo', base, ...flags]);
    expect(zypper).toMatchObject(lab);
    expect(lab.steps.length).toBeGreaterThan(0);
  });

  describe('with the older kernel installed', () => {
    let root: ZypperRoot;
    let installed: string;

    beforeAll(async () => {
      const fresh = await labSteps(['in', 'kernel-default', '--repo', base]);
      const packages = installedBy(fresh.steps, first.packages);
      installed = join(directory, 'installed');
      await writeRepository(packages, installed);
      root = await ZypperRoot.create(join(directory, 'root'));
      await root.install(await buildEmptyRpms(packages, join(directory, 'rpms')));
      await root.addRepository('base', base);
    });

    /** What zypper and the lab do with the repositories in reach. */
    const both = async (
      request: readonly string[],
      verb: readonly string[],
      more: readonly string[],
      hardware = laptop,
    ) => {
      const lab = await labSteps([...verb, '--repo', base, ...more, '--installed', installed], hardware);
      return { lab, zypper: await root.dryRun(request, modaliasFile(hardware)) };
    };

    testTable(diagonal(nothingNew, index, 5), '%s', async (_, request, verb, hardware) => {
      const { lab, zypper } = await both(request, verb, [], hardware);
      expect(zypper).toMatchObject(lab);
    });

    describe('and a driver-only update in reach', () => {
      beforeAll(() => root.addRepository('driver', driver));
      afterAll(() => root.removeRepository('driver'));

      testTable(diagonal(driverUpdate, index, 4), '%s', async (_, request, verb) => {
        const { lab, zypper } = await both(request, verb, [driver]);
        expect(zypper).toMatchObject(lab);
      });
    });

    describe('and a newer kernel in reach', () => {
      beforeAll(() => root.addRepository('update', update));

      testTable(diagonal(newerKernel, index, 4), '%s', async (_, request, verb) => {
        const { lab, zypper } = await both(request, verb, [update]);
        expect(zypper).toMatchObject(lab);
      });
    });
  });
});

test('every scheme meant for zypper is compared here', () => {
  const meant = readyDesigns()
    .filter(({ client }) => client === 'zypper')
    .map(({ name }) => name);
  expect(new Set(zypperSchemes.map(([name]) => name))).toEqual(new Set(meant));
});

test('zypper and the lab agree on a whole kernel, packed with zstd in several frames', async () => {
  const whole = join(scratch, 'whole');
  const { packages } = packageBuilds('modular', [await loadBuiltinKernel('debian-6.1.0-56-amd64')]);
  const written = await writeRepository(packages, whole, { compression: 'zstd' });
  expect(written.files[0]?.openBytes).toBeGreaterThan(17 << 20);
  const root = await ZypperRoot.create(join(scratch, 'whole-root'));
  await root.addRepository('whole', whole);
  const zypper = await root.dryRun(['install', 'kernel-default'], modaliasFile(laptop));
  expect(zypper).toMatchObject(await labSteps(['in', 'kernel-default', '--repo', whole]));
});
