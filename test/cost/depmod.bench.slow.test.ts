import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { type ScriptedPackage, secondsAt, simulateScripts } from '#cost';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { median } from '#statistics';
import { tool } from '../support/clients.js';
import { debianPackage, whyNoPackages } from '../support/debian.js';

/**
 * The update of 500 KMPs, played with real depmod as weak-modules2 calls it, against what the model says beforehand. Processor time is
 * compared, not the clock, and each of the 1,500 runs lies between runs of the curve that predicts it: what else the machine does is the same
 * for both.
 */
const execute = promisify(execFile);
const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'] as const;
const kmps = 500;
/** Between what the runs take and what is predicted from three sizes of a tree like theirs. */
const factorMax = 1.25;

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
    const maps = (release: string): string => join(unpacked, `boot/System.map-${release}`);
    // As find_depmod and update_modules of weak-modules2 call it: a check against the symbols' checksums, a final run with the kernel's map.
    const flags = {
      plain: () => [],
      check: () => ['-ae', '-E', symvers],
      final: (of: string) => ['-ae', '-F', maps(of)],
    };
    type Kind = keyof typeof flags;
    const depmod = (root: string, release: string, kind: Kind): Promise<number> =>
      processorSeconds('depmod', ['-b', root, ...flags[kind](release), release]);
    const put = async (root: string, release: string, path: string): Promise<void> => {
      const target = join(root, 'lib/modules', release, 'updates');
      await mkdir(target, { recursive: true });
      await writeFile(join(target, '../modules.builtin'), '');
      await writeFile(join(target, '../modules.order'), '');
      await copyFile(join(unpacked, 'lib/modules', release, path), join(target, basename(path)));
    };

    const machine = join(scratch, 'machine');
    for (const path of chosen) await put(machine, older, path);
    const sizes = [10, 250, kmps];
    const roots = sizes.map((size) => join(scratch, `curve-${size}`));
    for (const [at, size] of sizes.entries())
      for (const path of chosen.slice(0, size)) await put(roots[at] ?? '', newer, path);
    const kinds = Object.keys(flags) as Kind[];
    const samples = new Map(kinds.map((kind) => [kind, sizes.map((): number[] => [])]));
    const sample = async (): Promise<void> => {
      for (const kind of kinds)
        for (const [at, root] of roots.entries()) samples.get(kind)?.[at]?.push(await depmod(root, newer, kind));
    };

    // add_kmp of each: a check of the older kernel's tree, whose file of that name ends it there; a check and the final run in its own.
    const real: { release: string; kind: Kind; seconds: number }[] = [];
    const run = async (release: string, kind: Kind): Promise<void> => {
      real.push({ release, kind, seconds: await depmod(machine, release, kind) });
    };
    for (const [at, path] of chosen.entries()) {
      if (at % 50 === 0) await sample();
      await put(machine, newer, path);
      await run(older, 'check');
      await run(newer, 'check');
      await run(newer, 'final');
    }
    await sample();

    const curves = new Map(
      kinds.map((kind) => {
        const points = sizes.map((n, at) => {
          const taken = samples.get(kind)?.[at] ?? [];
          return { n, seconds: median(taken), samples: taken.length };
        });
        return [kind, { what: kind, unit: 'kernel modules', points }] as const;
      }),
    );
    const simulatedRuns = simulated(chosen);
    const predictedBy = (kindOf: (at: number) => Kind) =>
      simulatedRuns.map(({ release, kernelModules }, at) => {
        const curve = curves.get(kindOf(at));
        return { release, seconds: curve === undefined ? 0 : secondsAt(curve, kernelModules.least) };
      });
    const predicted = predictedBy((at) => real[at]?.kind ?? 'plain');

    expect(real.map(({ release }) => release)).toEqual(predicted.map(({ release }) => release));
    const sum = (list: readonly { seconds: number }[]): number =>
      list.reduce((total, { seconds }) => total + seconds, 0);
    const ratio = sum(real) / sum(predicted);
    const plain = sum(predictedBy(() => 'plain'));
    const found = `${real.length} runs: ${sum(real).toFixed(1)} s of processor time, predicted ${sum(predicted).toFixed(1)} s, by plain depmod ${plain.toFixed(1)} s`;
    process.stdout.write(
      `${found}\n${[...curves.values()].map(({ what, points }) => `${what}: ${points.map(({ n, seconds }) => `${n} ${(seconds * 1000).toFixed(0)} ms`).join(', ')}`).join('\n')}\n`,
    );
    expect(ratio, found).toBeLessThan(factorMax);
    expect(ratio, found).toBeGreaterThan(1 / factorMax);
  }, 2_400_000);
});

/** User and system time of a program, as the shell that waits for it is told. */
async function processorSeconds(program: string, args: readonly string[]): Promise<number> {
  const script = 'TIMEFORMAT="%3U %3S"; time "$0" "$@" > /dev/null 2>&1';
  const { stderr } = await execute('bash', ['-c', script, program, ...args]);
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  return user + system;
}

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
