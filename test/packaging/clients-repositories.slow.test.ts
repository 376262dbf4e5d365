import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { kernelUpdate, packageBuilds, schemes } from '#packaging';
import { metadataOf, readRepository, writeRepository } from '#repomd';
import { tool } from '../support/clients.js';

let scratch: string;
let builds: readonly KernelBuild[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-repositories-'));
  builds = [await loadBuiltinKernel('debian-6.1.0-53-amd64'), await loadBuiltinKernel('debian-6.1.0-54-amd64')];
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/**
 * Debian builds libsolv-tools for its own packages: to installcheck a missing release is another release and `noarch` is no
 * architecture. Schemes that rely on neither can be judged by it.
 */
const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  ...schemes.map(({ name }) => [name, {}] as const),
  ['modular', { contents: 'base', softdeps: 'supplements' }],
  ['split', { layout: 'fedora' }],
  ['grouped', { grouping: 'community' }],
  ['grouped', { grouping: 'directory', softdeps: 'recommends' }],
  ['kabi-in-name', { naming: 'hackweek25' }],
  ['symset', { sets: 'module' }],
];

/** A repository's primary as rpmmd2solv reads it. */
async function toSolv(repository: string): Promise<string> {
  const primary = join(scratch, 'primary.xml');
  const solv = join(scratch, 'primary.solv');
  await writeFile(primary, metadataOf(await readRepository(repository), 'primary'));
  await tool('bash', ['-c', 'rpmmd2solv < "$0" > "$1"', primary, solv]);
  return solv;
}

describe('libsolv-tools', () => {
  test.each(cases)('find nothing uninstallable in two kernels under %s %o', async (scheme, options) => {
    const target = join(scratch, `${scheme}${Object.values(options).join('-')}`);
    const { packages } = packageBuilds(scheme, builds, options);
    await writeRepository(packages, target);
    const solv = await toSolv(target);
    expect(await tool('dumpsolv', [solv])).toContain(`repo 1 contains ${packages.length} solvables`);
    // It exits with 1 and names the packages where there are any.
    expect(await tool('installcheck', ['x86_64', solv])).toBe('');
    await rm(target, { recursive: true });
  });

  test('do find it where a kernel is missing', async () => {
    const target = join(scratch, 'broken');
    const { packages } = packageBuilds('modular', builds);
    await writeRepository(
      packages.filter(({ name }) => name !== 'kernel-default'),
      target,
    );
    await expect(tool('installcheck', ['x86_64', await toSolv(target)])).rejects.toThrow();
  });

  test.each(['modular', 'rhel-kmod', 'symset', 'kabi-in-name'])(
    'find nothing missing where all that must be rebuilt for the next kernel is, and something where one is not, under %s',
    async (scheme) => {
      const before = await loadBuiltinKernel('debian-6.1.0-52-amd64');
      const after = await loadBuiltinKernel('debian-6.1.0-53-amd64');
      const { rebuilt, kept } = kernelUpdate(scheme, before, after);
      const target = join(scratch, 'published');
      await writeRepository([...rebuilt.map((one) => one.package), ...kept], target);
      expect(await tool('installcheck', ['x86_64', await toSolv(target)])).toBe('');
      const tied = rebuilt.find(({ reason }) => reason === 'tied')?.package;
      const [file] = tied?.files ?? [];
      const { packages } = packageBuilds(scheme, [before], { patterns: false });
      const older = packages.find(({ files }) => files[0]?.path === file?.path.replace('6.1.0-53', '6.1.0-52'));
      if (tied === undefined || older === undefined) throw new Error('nothing is tied');
      const less = rebuilt.flatMap(({ package: one }) => (one === tied ? [] : [one]));
      await writeRepository([...less, older, ...kept], target);
      await expect(tool('installcheck', ['x86_64', await toSolv(target)])).rejects.toThrow();
    },
  );
});

describe('dnf', () => {
  const dnf = (repository: string, root: string, ...args: readonly string[]): Promise<string> =>
    tool('dnf', [
      ...['--installroot', root, '--releasever=1', '--forcearch=x86_64', '--nogpgcheck', '--noplugins'],
      ...[`--repofrompath=lab,${repository}`, '--repo=lab', '--setopt=reposdir=/nonexistent'],
      ...args,
    ]);

  /** dnf exits with 1 on `--assumeno` too: what it would do is in what it prints. */
  const wouldInstall = async (repository: string, root: string, ...names: readonly string[]): Promise<string[]> => {
    const printed = await dnf(repository, root, '--assumeno', 'install', ...names).catch((error: unknown) =>
      error instanceof Error && 'stdout' in error ? String(error.stdout) : '',
    );
    // A line is broken where a name is long.
    return [...printed.matchAll(/^ (\S+)\s+x86_64\s+(\S+)\s+lab\s/gm)]
      .map(([, name, version]) => `${name}-${version}`)
      .sort();
  };

  test.each([
    [
      'rhel-kmod',
      ['kmod-r8169'],
      ['kernel-core-6.1.187-1', ...['libphy', 'mdio_devres', 'r8169'].map((name) => `kmod-${name}-1.0-0.6.1.0_53`)],
    ],
    [
      'fedora-kmod',
      ['r8169'],
      [
        'kernel-core-6.1.187-1',
        ...['libphy', 'mdio_devres', 'r8169'].map((name) => `kmod-${name}-6.1.0-53-1.0-0`),
        ...['libphy', 'mdio_devres', 'r8169'].map((name) => `${name}-1.0-0`),
      ],
    ],
  ])('installs a driver of %s with the kernel it was built for', async (scheme, names, expected) => {
    const [build] = builds;
    if (build === undefined) throw new Error('no build');
    const target = join(scratch, `dnf-${scheme}`);
    const set = packageBuilds(scheme, [build], { patterns: false });
    await writeRepository(set.packages, target);
    const root = join(scratch, `root-${scheme}`);
    const listed = await dnf(target, root, '--quiet', 'repoquery', '--qf', '%{name}-%{evr}.%{arch}');
    expect(listed.trim().split('\n')).toHaveLength(set.packages.length);
    const installed = await wouldInstall(target, root, ...names);
    expect(installed).toEqual(expected);
  });

  test('installs all of a Fedora kernel for its meta package, and no extra', async () => {
    const target = join(scratch, 'dnf-split');
    await writeRepository(packageBuilds('split', builds, { layout: 'fedora', patterns: false }).packages, target);
    expect(await wouldInstall(target, join(scratch, 'root-split'), 'kernel')).toEqual([
      'kernel-6.1.190-1',
      'kernel-core-6.1.190-1',
      'kernel-modules-6.1.190-1',
      'kernel-modules-core-6.1.190-1',
    ]);
  });
});
