import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ScriptedPackage, secondsAt, simulateScripts } from '#cost';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { tool, toolWithErrors } from '../support/clients.js';
import { debianPackage, whyNoPackages } from '../support/debian.js';

/** The update of 500 KMPs, played with real depmod as weak-modules2 calls it, against what the model says beforehand. */
const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'] as const;
const kmps = 500;
/**
 * Between the time that passes and the time that is predicted from three sizes measured on this machine by plain depmod; the script's runs
 * also read a symvers or a System.map each time.
 */
const factorMax = 2;

const images = [older, newer].map((release) => `linux-image-${release}`);
const headers = `linux-headers-${newer}`;
const skipped = await whyNoPackages([...images, headers]);
const scratch = await mkdtemp(join(tmpdir(), 'kmplab-depmod-cost-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe.skipIf(skipped !== undefined)(`500 KMPs${skipped === undefined ? '' : `, skipped: ${skipped}`}`, () => {
  test(`take the time that the model says, within a factor of ${factorMax}`, async () => {
    const unpacked = join(scratch, 'debian');
    for (const name of [...images, headers])
      await tool('dpkg-deb', ['-x', (await debianPackage(name)) ?? '', unpacked]);
    const build = await loadBuiltinKernel(`debian-${newer}`);
    const chosen = closedUnderDependency(build, kmps);
    expect(chosen).toHaveLength(kmps);
    const symvers = join(unpacked, `usr/src/linux-headers-${newer}/Module.symvers`);
    const depmod = async (root: string, release: string, ...more: readonly string[]): Promise<number> => {
      const start = performance.now();
      await toolWithErrors('depmod', ['-b', root, '-ae', ...more, release]);
      return (performance.now() - start) / 1000;
    };
    const check = (root: string, release: string): Promise<number> => depmod(root, release, '-E', symvers);
    const final = (root: string, release: string): Promise<number> =>
      depmod(root, release, '-F', join(unpacked, `boot/System.map-${release}`));
    const put = async (root: string, release: string, path: string): Promise<void> => {
      const target = join(root, 'lib/modules', release, 'updates');
      await mkdir(target, { recursive: true });
      await writeFile(join(target, '../modules.builtin'), '');
      await writeFile(join(target, '../modules.order'), '');
      await copyFile(join(unpacked, 'lib/modules', release, path), join(target, basename(path)));
    };

    // Three sizes of the curve, plain depmod as `kmplab cost --measure` times it.
    const points: { n: number; seconds: number; samples: number }[] = [];
    const machine = join(scratch, 'machine');
    const curveRoot = join(scratch, 'curve');
    for (const [index, path] of chosen.entries()) {
      await put(curveRoot, newer, path);
      await put(machine, older, path);
      const n = index + 1;
      if (![10, 250, kmps].includes(n)) continue;
      const times: number[] = [];
      for (let sample = 0; sample < 5; sample++) {
        const start = performance.now();
        await tool('depmod', ['-b', curveRoot, newer]);
        times.push((performance.now() - start) / 1000);
      }
      points.push({ n, seconds: Math.min(...times), samples: 5 });
    }

    const predicted = simulated(chosen).map(({ release, kernelModules }) => ({
      release,
      seconds: secondsAt({ what: 'depmod', unit: 'kernel modules', points }, kernelModules.least),
    }));

    // add_kmp of each: a check of the older kernel's tree, whose file of that name ends it there; a check and the final run in its own.
    const real: { release: string; seconds: number }[] = [];
    for (const path of chosen) {
      await put(machine, newer, path);
      real.push({ release: older, seconds: await check(machine, older) });
      real.push({ release: newer, seconds: await check(machine, newer) });
      real.push({ release: newer, seconds: await final(machine, newer) });
    }

    expect(real.map(({ release }) => release)).toEqual(predicted.map(({ release }) => release));
    const sum = (list: readonly { seconds: number }[]): number =>
      list.reduce((total, { seconds }) => total + seconds, 0);
    const ratio = sum(real) / sum(predicted);
    const found = `${real.length} runs: ${sum(real).toFixed(1)} s, predicted ${sum(predicted).toFixed(1)} s`;
    expect(ratio, found).toBeLessThan(factorMax);
    expect(ratio, found).toBeGreaterThan(1 / factorMax);
  }, 1_200_000);
});

/** The runs that the model foresees when the 500 come for the newer kernel, and the older one has them already. */
function simulated(paths: readonly string[]): ReturnType<typeof simulateScripts>['depmod'] {
  const image = (release: string): ScriptedPackage => ({
    nevra: `kernel-default-${release}`,
    name: 'kernel-default',
    role: 'image',
    release,
    flavor: 'default',
    files: [],
    outsideKernelDirectory: true,
  });
  const kmpOf =
    (release: string) =>
    (path: string): ScriptedPackage => ({
      ...image(release),
      nevra: `${basename(path)}-${release}`,
      name: `${basename(path)}-kmp-default`,
      role: 'kmp',
      files: [basename(path)],
    });
  return simulateScripts({
    script: 'weak-modules2',
    before: [image(older), ...paths.map(kmpOf(older)), image(newer)],
    linkedBefore: new Map(),
    events: paths.map((path) => ({ what: 'comes', package: kmpOf(newer)(path) })),
    walk: () => ({ checks: 0, linked: new Set() }),
    initrdsMade: new Set(),
  }).depmod;
}

/** Paths of so many kernel modules, each after what it depends on. */
function closedUnderDependency({ modules }: KernelBuild, size: number): string[] {
  const byName = new Map(modules.map((one) => [one.name, one]));
  const paths = new Map<string, string>();
  const add = (name: string): void => {
    const found = byName.get(name);
    if (found === undefined || paths.has(name)) return;
    for (const needed of found.depends) add(needed);
    paths.set(name, found.path);
  };
  for (const { name } of modules) if (paths.size < size) add(name);
  return [...paths.values()].slice(0, size);
}
