import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { kernelUpdate, packageBuilds, readyDesigns } from '#packaging';
import { metadataOf, readRepository, writeRepository } from '#repomd';
import { tool } from '../support/clients.js';
import { shortForm, testTable } from '../support/short-form.js';

let scratch: string;
let builds: readonly KernelBuild[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-repositories-'));
  builds = [await loadBuiltinKernel('debian-6.1.0-53-amd64'), await loadBuiltinKernel('debian-6.1.0-54-amd64')];
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Every scheme, and every option that changes what packages need. */
const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  ...readyDesigns()
    .filter(({ name }) => name !== 'bound-supplements')
    .map(({ name }) => [name, {}] as const),
  ['modular', { contents: 'base', softdeps: 'supplements' }],
  ['split', { layout: 'fedora' }],
  ['grouped', { grouping: 'community' }],
  ['grouped', { grouping: 'directory', softdeps: 'recommends' }],
  ['kabi-in-name', { naming: 'hackweek25' }],
  ['symset', { sets: 'module' }],
  ['suse-kmp', { external: ['e1000e', 'r8169'], prefix: 'suse' }],
  ['rhel-kmod', { external: ['e1000e', 'r8169'] }],
];

/** What Debian's installcheck, built for its own packages, cannot judge: `noarch` packages, and requirements without a release. */
const ofRpm: readonly (readonly [string, Record<string, unknown>])[] = [
  ['bound-supplements', {}],
  ...['image', 'boot', 'base'].map((contents) => ['modular', { contents, hardRequires: true }] as const),
  ['modular', { firmware: 'vendor', firmwareStrength: 'requires', licences: 'shared', changelog: 'duplicated' }],
  ['rhel-kmod', { firmware: 'driver', firmwareStrength: 'requires', licences: 'duplicated', changelog: 'shared' }],
  ['grouped', { firmware: 'vendor', firmwareStrength: 'recommends', licences: 'shared' }],
];

/** A repository's primary as rpmmd2solv reads it. */
async function toSolv(repository: string): Promise<string> {
  const primary = join(scratch, 'primary.xml');
  const solv = join(scratch, 'primary.solv');
  await writeFile(primary, metadataOf(await readRepository(repository), 'primary'));
  await tool('bash', ['-c', 'rpmmd2solv < "$0" > "$1"', primary, solv]);
  return solv;
}

/** libsolv's own, built from the module's sources: it goes by RPM's rules. */
async function rpmInstallcheck(): Promise<string> {
  const directory = await tool(process.execPath, [join('wasm', 'tools', 'native.mjs')]);
  return join(directory.trim(), 'installcheck');
}

describe('libsolv-tools', () => {
  const table = shortForm([...cases, ...ofRpm], ([scheme]) => [scheme]);
  testTable(table, 'find nothing uninstallable in two kernels under %s %o', async (scheme, options) => {
    const target = join(scratch, 'consistent');
    const { packages } = packageBuilds(scheme, builds, options);
    await writeRepository(packages, target);
    const solv = await toSolv(target);
    expect(await tool('dumpsolv', [solv])).toContain(`repo 1 contains ${packages.length} solvables`);
    // It exits with 1 and names the packages where there are any.
    expect(await tool(await rpmInstallcheck(), ['x86_64', solv])).toBe('');
    if (cases.some((one) => one[1] === options)) expect(await tool('installcheck', ['x86_64', solv])).toBe('');
    await rm(target, { recursive: true });
  });

  test('do find it where a kernel is missing', async () => {
    const target = join(scratch, 'broken');
    const { packages } = packageBuilds('modular', builds);
    await writeRepository(
      packages.filter(({ name }) => name !== 'kernel-default'),
      target,
    );
    const solv = await toSolv(target);
    await expect(tool('installcheck', ['x86_64', solv])).rejects.toThrow();
    await expect(tool(await rpmInstallcheck(), ['x86_64', solv])).rejects.toThrow();
  });

  test('do find a firmware package that is missing, by the rules of RPM', async () => {
    const target = join(scratch, 'no-firmware');
    const { packages } = packageBuilds('modular', builds, { firmware: 'vendor', firmwareStrength: 'requires' });
    await writeRepository(
      packages.filter(({ name }) => name !== 'kernel-firmware-rtl_nic'),
      target,
    );
    await expect(tool(await rpmInstallcheck(), ['x86_64', await toSolv(target)])).rejects.toThrow();
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
