import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtinKernels, loadBuiltinKernel } from '#kernel';
import { type PackageSet, packageBuilds, renderSpec } from '#packaging';
import { formatDependency, type RpmPackage } from '#rpm';
import { rpmbuild, tool } from '../support/clients.js';
import { debianKernel, unpack } from '../support/debian.js';
import { fileAttributes, suseGenerators } from '../support/dependency-generators.js';

/**
 * rpmbuild makes KMPs of real kernel modules from the spec that the lab writes; dependency generators in the manner of find-provides.ksyms and
 * find-requires.ksyms, but with kmod's and binutils' readers of checksums, must find what the lab derived.
 */
const count = 50;

let scratch: string;
let packages: readonly RpmPackage[];
let rpms: ReadonlyMap<string, string>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-rpmbuild-'));
  const { name, file } = await debianKernel();
  const build = await loadBuiltinKernel(name);
  const set = packageBuilds('modular', [build], { patterns: false });
  const kmps = set.packages.filter((one) => one.name !== 'kernel-default');
  const step = Math.floor(kmps.length / count);
  packages = kmps.filter((_, index) => index % step === 0).slice(0, count);
  await unpack(
    file,
    packages.flatMap((one) => one.files.map(({ path }) => path)),
    scratch,
  );
  const some: PackageSet = { ...set, packages };
  const spec = join(scratch, 'kernel-modular.spec');
  await writeFile(spec, renderSpec(some, { name: 'kernel-modular', dependencies: 'computed', files: true }));
  const generators = await fileAttributes(suseGenerators('default'), join(scratch, 'fileattrs'));
  const built = await rpmbuild(spec, join(scratch, 'rpmbuild'), [
    ...['--define', `modules_root ${scratch}`],
    ...generators,
  ]);
  rpms = new Map(
    await Promise.all(built.map(async (rpm) => [await tool('rpm', ['-qp', '--qf', '%{NAME}', rpm]), rpm] as const)),
  );
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function query(name: string, what: string): Promise<string[]> {
  const printed = await tool('rpm', ['-qp', what, rpms.get(name) ?? name]);
  return printed
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('rpmlib('))
    .sort();
}

describe('real KMPs', () => {
  test(`are ${count}, built from the lab's spec`, () => {
    expect(packages).toHaveLength(count);
    expect([...rpms.keys()].sort()).toEqual(packages.map(({ name }) => name).sort());
  });

  test('require what the lab says they require', async () => {
    for (const one of packages) {
      expect({ name: one.name, requires: await query(one.name, '--requires') }).toEqual({
        name: one.name,
        requires: one.requires.map(formatDependency).sort(),
      });
    }
    expect(packages.reduce((sum, one) => sum + one.requires.length, 0)).toBeGreaterThan(20 * count);
  });

  test('provide what the lab says they provide, and hold their one file', async () => {
    for (const one of packages) {
      expect(await query(one.name, '--provides')).toEqual(one.provides.map(formatDependency).sort());
      expect(await query(one.name, '--list')).toEqual(one.files.map(({ path }) => path));
    }
  });

  test('weigh what the model of package sizes says, within a tenth altogether', async () => {
    let real = 0;
    for (const one of packages) {
      real += Number(await tool('stat', ['-c', '%s', rpms.get(one.name) ?? '']));
    }
    // The generators here write no hardware: that the model counts and these packages lack.
    const absent = packages.flatMap((one) => one.supplements);
    const model = packages.reduce((sum, one) => sum + one.packageBytes, 0);
    const lacking = absent.reduce((sum, one) => sum + formatDependency(one).length + 4, 0);
    expect(Math.abs(model - lacking - real) / real).toBeLessThan(0.1);
  });
});

test('rpmspec reads the spec of a whole kernel, a sub-package for each KMP', async () => {
  const [name] = await builtinKernels();
  const set = packageBuilds('modular', [await loadBuiltinKernel(name ?? '')], { patterns: false });
  const spec = join(scratch, 'whole.spec');
  await writeFile(spec, renderSpec(set, { name: 'kernel-modular', dependencies: 'computed', files: true }));
  const listed = await tool('rpmspec', ['-q', '--qf', '%{NAME}\\n', '--define', `modules_root ${scratch}`, spec]);
  // The first is the source package itself.
  expect(listed.trim().split('\n').slice(1).sort()).toEqual(set.packages.map((one) => one.name).sort());
});
