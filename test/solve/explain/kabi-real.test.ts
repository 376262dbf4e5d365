import { beforeAll, describe, expect, it } from 'vitest';
import { builtinKernels, type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { parseDependency, type RpmPackage } from '#rpm';
import { changedImports, moduleOf, solvePackages } from '../../support/real-machine.js';
import { firstOf, onlyProblem } from '../../support/reasons.js';

/** Real builds, oldest first; what is expected is computed from them, not from packages. */
let chain: readonly KernelBuild[] = [];

beforeAll(async () => {
  const names = (await builtinKernels()).sort();
  chain = await Promise.all(names.map(loadBuiltinKernel));
}, 120_000);

function build(abi: number): KernelBuild {
  const found = chain.find(({ release }) => release === `6.1.0-${abi}-amd64`);
  if (found === undefined) throw new Error(`no build ${abi}`);
  return found;
}

const scheme = 'suse-kmp external=["e1000e"] prefix=acme';
const isKernel = ({ name }: RpmPackage): boolean => name === 'kernel-default';

const packaged = new Map<KernelBuild, readonly RpmPackage[]>();

/** Packaged once for all tests. */
function packagesOf(one: KernelBuild): readonly RpmPackage[] {
  const known = packaged.get(one) ?? packageBuilds(scheme, [one], { patterns: false }).packages;
  packaged.set(one, known);
  return known;
}

function kernelOf(one: KernelBuild): RpmPackage[] {
  return packagesOf(one).filter(isKernel);
}

function vendorKmp(one: KernelBuild): RpmPackage[] {
  return packagesOf(one).filter((pkg) => !isKernel(pkg));
}

describe("a vendor's KMP that lags behind, on real builds", { timeout: 120_000 }, () => {
  it.each([
    [52, 53],
    [48, 50],
  ])('of %i under kernel %i names the build, counts what changed and shows the first three', async (from, to) => {
    const request = { verb: 'in', names: ['kernel-default', 'acme-e1000e-kmp-default'] } as const;
    const repositories = { distribution: kernelOf(build(to)), vendor: vendorKmp(build(from)) };
    const { outcome } = await solvePackages([], repositories, request);
    const e1000e = moduleOf(build(from), 'e1000e');
    const { changed, missing } = changedImports(e1000e, build(to));
    expect(changed.length).toBeGreaterThan(0);
    const { kabi } = onlyProblem(outcome);
    expect(kabi).toHaveLength(1);
    expect(kabi[0]).toMatchObject({ symbols: e1000e.imports.length, builtFor: null, lastCompatible: null });
    expect(kabi[0]?.notFor).toHaveLength(1);
    const [judgement] = kabi[0]?.notFor ?? [];
    expect(judgement).toMatchObject({ kernel: build(to).release, changed: changed.length, missing: missing.length });
    expect(judgement?.examples.map(({ symbol }) => symbol)).toEqual([...changed, ...missing].slice(0, 3));
    const crcOf = new Map(e1000e.imports.map(({ name, crc }) => [name, crc]));
    expect(judgement?.examples.map(({ symbol, wanted }) => crcOf.get(symbol) === wanted)).toEqual([true, true, true]);
    expect(judgement?.relation).toBe('unknown');
    const inKernel = new Map(build(to).image.exports.map(({ name, crc }) => [name, crc]));
    expect(judgement?.examples.map(({ symbol, found }) => inKernel.get(symbol) === found)).toEqual([true, true, true]);
  });

  it('has the last kernel of the whole chain that still fits', async () => {
    const vendor = build(50);
    const fitting = chain.filter((one) => {
      const { changed, missing } = changedImports(moduleOf(vendor, 'e1000e'), one);
      return changed.length + missing.length === 0;
    });
    // Both an own kernel and a later one fit, and not the newest: otherwise this shows nothing.
    expect(fitting.length).toBeGreaterThan(1);
    expect(fitting.at(-1)).not.toBe(chain.at(-1));
    const kernels = chain.flatMap(kernelOf);
    const newest = `kernel-default = ${chain.at(-1)?.upstreamVersion}`;
    // The kernels that fit are locked out by what is installed: a newer one that conflicts with them.
    const old = fitting.map((one) => `kernel-default = ${kernelOf(one)[0]?.evr.version}`);
    const firmware = withConflicts(old);
    const names = [newest, 'acme-e1000e-kmp-default', 'firmware'];
    const repositories = { distribution: kernels, vendor: vendorKmp(vendor), other: [firmware] };
    const { outcome } = await solvePackages([], repositories, { verb: 'in', names });
    const problems = outcome.status === 'unsolvable' ? outcome.problems : [];
    const [conflict] = problems.flatMap(({ kabi }) => kabi);
    expect(conflict).toMatchObject({
      builtFor: vendor.release,
      lastCompatible: fitting.at(-1)?.release,
    });
    const broken = chain.filter((one) => !fitting.includes(one)).map(({ release }) => release);
    expect(conflict?.notFor.map(({ kernel }) => kernel).sort()).toEqual(broken.sort());
    for (const { kernel, changed, missing } of conflict?.notFor ?? []) {
      const other = chain.find(({ release }) => release === kernel);
      if (other === undefined) throw new Error(kernel);
      const expected = changedImports(moduleOf(vendor, 'e1000e'), other);
      expect([kernel, changed, missing]).toEqual([kernel, expected.changed.length, expected.missing.length]);
    }
    expect(conflict?.notFor[0]).toMatchObject({ kernel: chain.at(-1)?.release, relation: 'newer' });
    const oldest = chain[0];
    if (oldest === undefined || fitting.includes(oldest)) throw new Error('nothing older to judge');
    expect(conflict?.notFor.at(-1)).toMatchObject({ kernel: oldest.release, relation: 'older' });
  });
});

function withConflicts(conflicts: readonly string[]): RpmPackage {
  const [template] = vendorKmp(build(50));
  if (template === undefined) throw new Error('no template');
  const none = { requires: [], supplements: [], enhances: [] };
  const provides = [parseDependency('firmware = 1')];
  return { ...template, ...none, name: 'firmware', provides, conflicts: conflicts.map(parseDependency) };
}

describe('a repository caught halfway, on a real build', { timeout: 120_000 }, () => {
  it('names the gap and says that packages of that kernel are missing', async () => {
    const { packages } = packageBuilds('modular', [build(53)], { patterns: false });
    const half = packages.filter(({ name }) => name !== 'usbcore-kmp-default');
    const { outcome } = await solvePackages([], { update: half }, { verb: 'in', names: ['r8152-kmp-default'] });
    const usbcore = new Set(moduleOf(build(53), 'usbcore').exports.map(({ name }) => name));
    const needed = moduleOf(build(53), 'r8152').imports.filter(({ name }) => usbcore.has(name));
    const { kabi, reasons } = onlyProblem(outcome);
    const kernel = '6.1.0-53-amd64';
    expect(kabi).toMatchObject([
      { builtFor: kernel, notFor: [{ kernel, relation: 'same', changed: 0, missing: needed.length }] },
    ]);
    expect(firstOf(reasons, 'nothingProvides').dependenciesTotal).toBe(needed.length);
  });

  it('counts symbols that other kernel modules export, old against new', async () => {
    const fresh = packageBuilds('modular', [build(53)], { patterns: false }).packages;
    const old = packageBuilds('modular', [build(52)], { patterns: false }).packages;
    const disk = old.filter(({ name }) => name === 'r8152-kmp-default');
    const without = fresh.filter(({ name }) => name !== 'r8152-kmp-default');
    const request = { verb: 'in', names: ['r8152-kmp-default'] } as const;
    const { outcome } = await solvePackages([], { update: without, disk }, request);
    const { changed, missing } = changedImports(moduleOf(build(52), 'r8152'), build(53));
    expect(onlyProblem(outcome).kabi[0]?.notFor).toMatchObject([
      { kernel: '6.1.0-53-amd64', changed: changed.length, missing: missing.length },
    ]);
  });
});
