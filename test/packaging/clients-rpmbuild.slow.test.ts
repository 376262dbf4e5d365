import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtinKernels, loadBuiltinKernel } from '#kernel';
import { type PackageSet, packageBuilds, renderSpec } from '#packaging';
import { formatDependency, type RpmPackage } from '#rpm';
import { rpmbuild, tool } from '../support/clients.js';

/**
 * rpmbuild makes KMPs of real kernel modules from the spec that the lab writes; a dependency generator of this test, in the manner of
 * find-requires.ksyms but with kmod's own reader of checksums, must find the requires that the lab derived.
 */
const generator = `#!/bin/bash
while read -r file; do
  modprobe --dump-modversions "$file" | while read -r crc symbol; do printf 'ksym(default:%s) = %x\\n' "$symbol" "$crc"; done
done
`;
const attribute = (script: string): string => `%__kmplab_requires ${script}\n%__kmplab_path \\.ko$\n`;
const count = 50;

let scratch: string;
let packages: readonly RpmPackage[];
let rpms: ReadonlyMap<string, string>;

/** A Debian kernel package whose build comes with the lab: from the cache of "make kernel-data", else through apt. */
async function kernelPackage(): Promise<{ readonly name: string; readonly file: string }> {
  const cache = join(process.cwd(), '.cache', 'kernels');
  await mkdir(cache, { recursive: true });
  for (const name of [...(await builtinKernels())].reverse()) {
    const wanted = `linux-image-${name.slice('debian-'.length)}_`;
    const cached = async () => (await readdir(cache)).find((file) => file.startsWith(wanted) && file.endsWith('.deb'));
    let file = await cached();
    if (file === undefined) {
      // Debian drops builds it replaced: that one is not to be had is no failure as long as another is.
      await tool('bash', [
        '-c',
        `cd "$0" && apt-get -qq download "$1" >/dev/null 2>&1 || true`,
        cache,
        wanted.slice(0, -1),
      ]);
      file = await cached();
    }
    if (file !== undefined) return { name, file: join(cache, file) };
  }
  throw new Error('no apt source has a kernel package that the lab knows, and .cache/kernels is empty');
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-rpmbuild-'));
  const { name, file } = await kernelPackage();
  const build = await loadBuiltinKernel(name);
  const set = packageBuilds('modular', [build], { patterns: false });
  const kmps = set.packages.filter((one) => one.name !== 'kernel-default');
  const step = Math.floor(kmps.length / count);
  packages = kmps.filter((_, index) => index % step === 0).slice(0, count);
  const paths = packages.flatMap((one) => one.files.map(({ path }) => `.${path}`));
  await tool('bash', [
    '-c',
    'deb=$1; shift; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$0" "$@"',
    scratch,
    file,
    ...paths,
  ]);
  const some: PackageSet = { ...set, packages };
  const spec = join(scratch, 'kernel-modular.spec');
  await writeFile(spec, renderSpec(some, { name: 'kernel-modular', dependencies: 'computed', files: true }));
  const attributes = join(scratch, 'fileattrs');
  await mkdir(attributes);
  await writeFile(join(attributes, 'requires'), generator);
  await chmod(join(attributes, 'requires'), 0o755);
  await writeFile(join(attributes, 'kmplab.attr'), attribute(join(attributes, 'requires')));
  const built = await rpmbuild(spec, join(scratch, 'rpmbuild'), [
    ...['--define', `modules_root ${scratch}`],
    ...['--define', `_fileattrsdir ${attributes}`, '--load', join(attributes, 'kmplab.attr')],
    // No stripping: kernel modules carry their facts in sections that strip does not know.
    ...[
      '--define',
      '__os_install_post %{nil}',
      '--define',
      'debug_package %{nil}',
      '--define',
      '_binary_payload w19.zstdio',
    ],
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

  test('provide what the spec states, and hold their one file', async () => {
    for (const one of packages) {
      const stated = one.provides.map(formatDependency).filter((text) => !/^(ksym|kmod)\(/.test(text));
      expect(await query(one.name, '--provides')).toEqual(stated.sort());
      expect(await query(one.name, '--list')).toEqual(one.files.map(({ path }) => path));
    }
  });

  test('weigh what the model of package sizes says, within a tenth altogether', async () => {
    let real = 0;
    for (const one of packages) {
      real += Number(await tool('stat', ['-c', '%s', rpms.get(one.name) ?? '']));
    }
    // The generator here writes no symbols, kmod() or hardware: those the model counts and these packages lack.
    const absent = packages.flatMap((one) => [
      ...one.provides.filter(({ name }) => /^(ksym|kmod)\(/.test(name)),
      ...one.supplements,
    ]);
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
