import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { loadBuiltinKernel } from '#kernel';
import { initrdContents } from '../../src/audit/initrd/contents.js';
import { driversOf } from '../../src/audit/matching.js';
import type { InstalledModule } from '../../src/audit/payload.js';
import { tool } from '../support/clients.js';
import { debianPackage, whyNoPackages } from '../support/debian.js';
import { packages } from '../support/packages.js';

/** Real dracut's modules on the real kernel modules of a Debian build, beside the lab's model of an initrd made of all of them. */
const release = '6.1.0-56-amd64';
const image = `linux-image-${release}`;
const whyNot = await whyNoPackages([image]);
const script = join(import.meta.dirname, '../support/dracut-modules.sh');
const scratch = await mkdtemp(join(tmpdir(), 'kmplab-dracut-'));
const tree = join(scratch, 'root/lib/modules', release);
const visible: InstalledModule[] = [];

beforeAll(async () => {
  if (whyNot !== undefined) return;
  await tool('dpkg-deb', ['-x', (await debianPackage(image)) ?? '', join(scratch, 'root')]);
  await tool('/sbin/depmod', ['-b', join(scratch, 'root'), release]);
  const { modules, flavor } = await loadBuiltinKernel(`debian-${release}`);
  const [owner] = packages({ 'kernel-default-6.1-1': {} });
  if (owner === undefined) throw new Error('no package');
  for (const kernelModule of modules) {
    visible.push({ release, path: kernelModule.path, flavor, package: owner, kernelModule });
  }
}, 120_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function real(host: string, network: boolean): Promise<string[]> {
  const destination = await mkdtemp(join(scratch, 'initrd-'));
  const names = ['kernel-modules', 'fs-lib', ...(network ? ['kernel-network-modules'] : [])];
  const list = await tool('bash', [script, destination, tree, host, ...names]);
  await rm(destination, { recursive: true });
  return list.trim().split('\n');
}

async function modelled(profile: string, hostOnly: boolean, network: boolean): Promise<string[]> {
  const { devices, root = null } = await loadBuiltinHardware(profile);
  const held = initrdContents(visible, { devices, root }, { hostOnly, network, drivers: [], requires: {} });
  return [...new Set([...held].map(({ kernelModule }) => kernelModule.name))].sort();
}

describe.skipIf(whyNot !== undefined)(
  `dracut and the lab put the same into an initrd${whyNot ? `: ${whyNot}` : ''}`,
  () => {
    test.each([
      ['laptop-e1000e', false],
      ['kvm-guest', true],
      ['server-san', false],
      ['vmware-guest', true],
    ])('for %s only, network %s', { timeout: 120_000 }, async (profile, network) => {
      const { devices } = await loadBuiltinHardware(profile);
      const own = devices.flatMap(({ modalias }) => driversOf(modalias, visible));
      const host = join(scratch, `${profile}.txt`);
      await writeFile(host, own.map(({ kernelModule }) => `${kernelModule.name}\n`).join(''));
      const found = await real(host, network);
      expect(found.length).toBeGreaterThan(300);
      expect(await modelled(profile, true, network)).toEqual(found);
    });

    test.each([false, true])('for machines of any kind, network %s', { timeout: 120_000 }, async (network) => {
      const found = await real('generic', network);
      expect(found.length).toBeGreaterThan(700);
      expect(await modelled('kvm-guest', false, network)).toEqual(found);
    });
  },
);
