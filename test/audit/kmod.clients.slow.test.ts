import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Payload } from '#audit';
import { importKernel, type KernelBuild } from '#kernel';
import { tool, toolWithErrors } from '../support/clients.js';
import { debianPackage, whyNoPackages } from '../support/debian.js';
import { koFile } from '../support/elf.js';
import { audited, image, kmp } from '../support/installed.js';
import { kernel } from '../support/kernel.js';
import { isShort } from '../support/short-form.js';

/** What the audit says of search order and of links, held against kmod's depmod and modprobe on real trees. */
const scratch = await mkdtemp(join(tmpdir(), 'kmplab-depmod-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

const searchOrders = {
  suse: ['updates', 'extra', 'weak-updates', 'kgraft', 'built-in'],
  redhat: ['updates', 'extra', 'built-in', 'weak-updates'],
  odd: ['weak-updates', 'built-in', 'extra', 'updates'],
};
const directories = ['updates', 'extra', 'weak-updates', 'kernel'];

describe("depmod's search order", () => {
  const release = '6.1.0-1-default';
  const build = kernel({ release, modules: { disk: { path: 'kernel/disk.ko' } } });

  test.each(Object.entries(searchOrders))(
    '%s: modprobe takes the file that the audit sees',
    async (name, searchOrder) => {
      const conf = join(scratch, `${name}.d`);
      await mkdir(conf);
      await writeFile(join(conf, 'search.conf'), `search ${searchOrder.join(' ')}\n`);
      // Every set of directories that one kernel module may lie in.
      for (let set = 1; set < 1 << directories.length; set++) {
        const present = directories.filter((_, bit) => (set & (1 << bit)) !== 0);
        const root = join(scratch, `${name}-${set}`);
        for (const directory of present) {
          await mkdir(join(root, 'lib/modules', release, directory), { recursive: true });
          await writeFile(join(root, 'lib/modules', release, directory, 'disk.ko'), koFile({ modinfo: ['name=disk'] }));
        }
        await tool('depmod', ['-b', root, '-C', conf, release]);
        const shown = await tool('modprobe', ['-d', root, '-S', release, '--show-depends', 'disk']);
        const installed = [
          image(build),
          ...present.map((directory) => kmp(build, `${directory}-1-1`, ['disk'], { directory })),
        ];
        // Under enforced signatures what is seen is refused, and so named with its package.
        const policy = { searchOrder, signatures: 'enforce', weakModules: 'none' } as const;
        const [seen] = audited(installed, { policy }).kernels[0]?.refusedExamples ?? [];
        expect({ present, seen: seen?.package.replace(/-1-1\..*/, '') }).toEqual({
          present,
          seen: /\/([^/]+)\/disk\.ko/.exec(shown)?.[1],
        });
      }
    },
  );
});

/** One takes depmod over a second. */
const linkable = isShort ? 12 : 40;
const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'];
const skipped = await whyNoPackages([`linux-image-${older}`, `linux-image-${newer}`, `linux-headers-${newer}`]);

describe.skipIf(skipped !== undefined)(
  `weak-modules2 of ${older} into ${newer}${skipped === undefined ? '' : `, skipped: ${skipped}`}`,
  () => {
    const root = join(scratch, 'debian');
    const symvers = join(root, `usr/src/linux-headers-${newer}/Module.symvers`);
    const conf = join(scratch, 'suse-links.d');
    let builds: { readonly old: KernelBuild; readonly next: KernelBuild };
    let kernelItself: Payload;

    beforeAll(async () => {
      const packages = [`linux-image-${older}`, `linux-image-${newer}`, `linux-headers-${newer}`];
      for (const name of packages) await tool('dpkg-deb', ['-x', (await debianPackage(name)) ?? '', root]);
      await mkdir(conf);
      await writeFile(join(conf, 'search.conf'), `search ${searchOrders.suse.join(' ')}\n`);
      const [oldImage, newImage, headers] = await Promise.all(packages.map(debianPackage));
      builds = {
        old: await importKernel([oldImage ?? ''], { flavor: 'default' }),
        next: await importKernel([newImage ?? '', headers ?? ''], { flavor: 'default' }),
      };
      const modules = kmp(
        builds.next,
        'kernel-default-2-1',
        builds.next.modules.map(({ name }) => name),
      ).modules;
      kernelItself = { ...image(builds.next), modules };
    }, 300_000);

    test(`of ${linkable} kernel modules in updates/ links those that depmod says nothing against`, async () => {
      const step = Math.floor(builds.old.modules.length / linkable);
      const sample = builds.old.modules.filter((_, index) => index % step === 0).slice(0, linkable);
      const linked: string[] = [];
      for (const { name, path } of sample) {
        const link = join(root, 'lib/modules', newer, 'weak-updates', path.replace('kernel', 'updates'));
        await mkdir(dirname(link), { recursive: true });
        await symlink(join(root, 'lib/modules', older, path), link);
        const args = ['-b', root, '-C', conf, '-ae', '-E', symvers, newer];
        // The words that has_unresolved_symbols() of weak-modules2 looks for.
        const { stderr } = await toolWithErrors('depmod', args);
        const compatible = !/ (needs unknown|disagrees about version of) symbol /.test(stderr);
        if (compatible) linked.push(name);
        const driver = kmp(builds.old, `${name}-kmp-default-1-1`, [name], { directory: 'updates' });
        const [found] = audited([image(builds.old), kernelItself, driver], {
          policy: { weakModules: 'weak-modules2' },
        }).kernels;
        expect({ name, weakUpdates: found?.weakUpdates, stopped: found?.linksStopped }).toEqual({
          name,
          weakUpdates: compatible ? 1 : 0,
          stopped: null,
        });
        await rm(link);
      }
      // Both kinds must be among them, or nothing was compared.
      expect(linked.length).toBeGreaterThan(linkable / 8);
      expect(linked.length).toBeLessThan((linkable * 7) / 8);
    }, 600_000);
  },
);
