import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compressZstd, listFilesSorted } from '#files';
import { importKernel, type KernelBuild, loadBuiltinKernel } from '#kernel';
import { debianPackage, whyNoPackages } from '../support/debian.js';

const run = promisify(execFile);
const release = '6.1.0-56-amd64';
const image = `linux-image-${release}`;
const headers = `linux-headers-${release}`;
const packagesOf = (flavor: string): string[] =>
  ['image', 'headers'].map((kind) => `linux-${kind}-6.1.0-56-${flavor}-amd64`);

const rpmbuild = await run('rpmbuild', ['--version']).then(
  () => undefined,
  () => 'rpmbuild is not installed: apt-get install rpm',
);
const skipped = rpmbuild ?? (await whyNoPackages([image, headers]));

/** Where a distribution has what, and how it packs it. */
interface Layout {
  readonly payload: string;
  readonly modules: string;
  readonly suffix: '.zst' | '.xz' | '';
  readonly symvers: string;
  readonly packages: readonly string[];
  /** The package that has a file. */
  readonly packageOf: (path: string) => string;
}

const isNetwork = (path: string): boolean => path.includes('/net/');

const layouts: Readonly<Record<string, Layout>> = {
  'openSUSE: kernel-default, -extra, and a KMP beside them': {
    payload: 'w3.zstdio',
    modules: 'usr/lib/modules',
    suffix: '.zst',
    symvers: `usr/lib/modules/${release}/symvers.gz`,
    packages: ['kernel-default', 'kernel-default-extra', 'dlm-kmp-default'],
    packageOf: (path) =>
      path.includes('/updates/') ? 'dlm-kmp-default' : isNetwork(path) ? 'kernel-default-extra' : 'kernel-default',
  },
  'Fedora: kernel-core, -modules-core, -modules': {
    payload: 'w2.xzdio',
    modules: 'lib/modules',
    suffix: '.xz',
    symvers: `lib/modules/${release}/symvers.gz`,
    packages: ['kernel-core', 'kernel-modules-core', 'kernel-modules'],
    packageOf: (path) =>
      !path.includes('.ko') ? 'kernel-core' : isNetwork(path) ? 'kernel-modules' : 'kernel-modules-core',
  },
  'older: one package with plain kernel modules, gzip': {
    payload: 'w6.gzdio',
    modules: 'lib/modules',
    suffix: '',
    symvers: `boot/symvers-${release}.gz`,
    packages: ['kernel-default'],
    packageOf: () => 'kernel-default',
  },
};

function specOf(files: ReadonlyMap<string, string>, packages: readonly string[]): string {
  const [first = '', ...others] = packages;
  const about = (name: string): string => (name === first ? '' : `-n ${name}`);
  const listed = (name: string): string =>
    [...files].flatMap(([path, owner]) => (owner === name ? [`/${path}`] : [])).join('\n');
  return [
    `Name: ${first}\nVersion: 6.1.192\nRelease: 2\nSummary: test\nLicense: GPL-2.0-only`,
    ...others.map((name) => `%package -n ${name}\nSummary: test`),
    ...packages.map((name) => `%description ${about(name)}\ntest`),
    '%install\ncp -a %{staging}/. %{buildroot}/',
    ...packages.map((name) => `%files ${about(name)}\n${listed(name)}`),
    '',
  ].join('\n');
}

describe.skipIf(skipped !== undefined)(
  `real kernel modules in RPM packages${skipped === undefined ? '' : `, skipped: ${skipped}`}`,
  () => {
    let room: string;
    let root: string;
    let chosen: string[];
    let symvers: Uint8Array;

    beforeAll(async () => {
      room = await mkdtemp(join(tmpdir(), 'kmplab-distribution-'));
      await run('dpkg-deb', ['-x', (await debianPackage(image)) ?? '', join(room, 'debian')]);
      await run('dpkg-deb', ['-x', (await debianPackage(headers)) ?? '', join(room, 'debian')]);
      root = join(room, 'debian/lib/modules', release);
      symvers = await readFile(join(room, `debian/usr/src/linux-headers-${release}/Module.symvers`));
      const all = (await listFilesSorted(root)).filter((file) => file.endsWith('.ko'));
      chosen = all.filter((file) => /drivers\/(usb\/(core|host)|net\/usb)\/|\/dlm\.ko/.test(file));
    }, 600_000);
    afterAll(async () => rm(room, { recursive: true, force: true }));

    test('there are enough of them', () => expect(chosen.length).toBeGreaterThan(40));

    test.each(Object.entries(layouts))(
      'are read from packages as of %s',
      async (name, layout) => {
        const { staging, files } = await stage(join(room, name.replaceAll(/\W/g, '')), layout);
        const spec = join(dirname(staging), 'test.spec');
        await writeFile(spec, specOf(files, layout.packages));
        const output = join(dirname(staging), 'rpms');
        const defines = {
          _topdir: join(dirname(staging), 'top'),
          _rpmdir: output,
          _rpmfilename: '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
          _binary_payload: layout.payload,
          staging,
          __os_install_post: '%{nil}',
          _build_id_links: 'none',
          debug_package: '%{nil}',
        };
        const options = Object.entries(defines).flatMap(([key, value]) => ['--define', `${key} ${value}`]);
        await run('rpmbuild', ['-bb', '--quiet', ...options, spec]);
        const build = await importKernel([output]);
        expect(build).toMatchObject({ release, upstreamVersion: '6.1.192', revision: '2', arch: 'x86_64' });
        expect(build.image).toMatchObject({ exportsFrom: 'symvers', bytes: 6 });
        expect(build.image.exports).toHaveLength(10_503);
        expect(build.image.builtin).toEqual(['kernel/fs/ext4/ext4.ko']);
        // The same kernel modules as from Debian's own package, but for the suffix of their files.
        const whole = await loadBuiltinKernel(`debian-${release}`);
        const plain = (path: string): string => path.replace(/\.(zst|xz)$/, '').replace(/^updates\//, 'kernel/fs/dlm/');
        const ours = build.modules.map((one) => ({ ...one, path: plain(one.path), compressedBytes: null }));
        const theirs = whole.modules
          .filter(({ path }) => chosen.includes(path))
          .map((one) => ({ ...one, compressedBytes: null }));
        expect(ours.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(theirs);
        // Nothing is skipped; what these kernel modules need of others is missing, and said so.
        expect(new Set(build.warnings.map(({ code }) => code))).toEqual(
          new Set(['missing-dependency', 'unresolved-import']),
        );
      },
      300_000,
    );

    /** The chosen kernel modules, the image, the list of built-in ones and Module.symvers, where the layout has them. */
    async function stage(directory: string, layout: Layout): Promise<{ staging: string; files: Map<string, string> }> {
      const staging = join(directory, 'staging');
      const files = new Map<string, string>();
      const put = async (path: string, content: Uint8Array | string): Promise<void> => {
        await mkdir(dirname(join(staging, path)), { recursive: true });
        await writeFile(join(staging, path), content);
        files.set(path, layout.packageOf(path));
      };
      const below = `${layout.modules}/${release}`;
      for (const file of chosen) {
        const path = `${below}/${file.replace('kernel/fs/dlm/', 'updates/')}${layout.suffix}`;
        const bytes = await readFile(join(root, file));
        if (layout.suffix === '.zst') await put(path, await compressZstd(bytes, 3));
        else await put(path, bytes);
        if (layout.suffix === '.xz') await packXz(join(staging, path));
      }
      await put(`${below}/vmlinuz`, 'kernel');
      await put(`${below}/modules.builtin`, 'kernel/fs/ext4/ext4.ko\n');
      await put(layout.symvers, gzipSync(symvers));
      return { staging, files };
    }
  },
);

async function packXz(file: string): Promise<void> {
  await cp(file, file.replace(/\.xz$/, ''));
  await rm(file);
  // As the kernel's own makefile packs them: it reads no other check.
  await run('xz', ['--check=crc32', '--lzma2=dict=1MiB', '-2', file.replace(/\.xz$/, '')]);
}

const withoutFlavors = await whyNoPackages(['cloud', 'rt'].flatMap(packagesOf));

describe.skipIf(withoutFlavors !== undefined)(
  `other flavors of one build${withoutFlavors === undefined ? '' : `, skipped: ${withoutFlavors}`}`,
  () => {
    test.each([
      // Measured apart: a line of awk over the Module.symvers of both.
      ['cloud', 0.3285],
      ['rt', 0.2384],
    ])(
      '%s is read without a warning and shares as few CRCs with the default one as it is known to',
      async (flavor, share) => {
        const packages = await Promise.all(packagesOf(flavor).map(debianPackage));
        const build = await importKernel(
          packages.map((file) => file ?? ''),
          { flavor },
        );
        expect(build).toMatchObject({ release: `6.1.0-56-${flavor}-amd64`, flavor, warnings: [] });
        expect(Math.abs(sharedWith(build, await loadBuiltinKernel(`debian-${release}`)) - share)).toBeLessThan(0.0001);
      },
      300_000,
    );
  },
);

/** Of the exports that both have, the share with an equal CRC. */
function sharedWith(one: KernelBuild, other: KernelBuild): number {
  const crcs = (build: KernelBuild): Map<string, number | null> =>
    new Map([build.image, ...build.modules].flatMap(({ exports }) => exports.map(({ name, crc }) => [name, crc])));
  const others = crcs(other);
  const both = [...crcs(one)].filter(([name]) => others.has(name));
  return both.filter(([name, crc]) => others.get(name) === crc).length / both.length;
}
