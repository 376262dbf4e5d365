import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds, renderSpec } from '#packaging';
import { formatDependency, type RpmPackage } from '#rpm';
import { partOf } from '../../src/run/repository/kernel-part.js';
import { rpmbuild, tool } from '../support/clients.js';
import { debianKernel, unpack } from '../support/debian.js';
import {
  fedoraGenerators,
  fileAttributes,
  type Generators,
  readers,
  redHatGenerators,
  suseGenerators,
} from '../support/dependency-generators.js';
import { isShort } from '../support/short-form.js';

/**
 * Schemes that put their files elsewhere than into kernel/: rpmbuild makes driver packages of real kernel modules from the lab's spec, and
 * what rpm finds in them is what the lab says of them. Releases have one dash, as stock rpm wants it.
 */
let scratch: string;
let build: KernelBuild;
/** Symbols that these kernel modules export, one a line. */
let ofDrivers: string;

/** With all that these need; the generators, in shell, take seconds for a kernel module. */
const drivers = isShort
  ? ['r8169', 'e1000e', 'usb_storage']
  : ['r8169', 'e1000e', 'ixgbe', 'snd_hda_intel', 'btrfs', 'usb_storage', 'option', 'nvme'];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-external-'));
  const { name, file } = await debianKernel();
  const part = partOf(await loadBuiltinKernel(name), drivers);
  const directory = `/lib/modules/${part.release}`;
  await unpack(
    file,
    part.modules.map(({ path }) => `${directory}/${path}`),
    scratch,
  );
  build = { ...part, release: part.release.replace(/-(?=[^-]*-)/, '.') };
  await rename(join(scratch, directory), join(scratch, '/lib/modules', build.release));
  ofDrivers = join(scratch, 'exports');
  const script = `${readers}\nfind "$0" -name '*.ko' | while read -r file; do exports "$file"; done | cut -d ' ' -f 1`;
  await writeFile(ofDrivers, await tool('bash', ['-c', script, join(scratch, 'lib')]));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const schemes: readonly (readonly [string, string, () => Generators])[] = [
  ['suse-kmp', 'updates', () => suseGenerators('default')],
  ['rhel-kmod', 'extra', () => redHatGenerators(ofDrivers)],
  ['fedora-kmod', 'extra', () => fedoraGenerators],
];

describe.each(schemes)('driver packages of %s, in %s/', (scheme, directory, generators) => {
  let packages: readonly RpmPackage[];
  let rpms: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const set = packageBuilds(scheme, [build], { patterns: false });
    packages = set.packages.filter(({ files }) => files.some(({ path }) => path.endsWith('.ko')));
    const top = join(scratch, scheme);
    const spec = join(top, 'drivers.spec');
    await mkdir(top);
    await writeFile(spec, renderSpec({ ...set, packages }, { name: 'drivers', dependencies: 'computed', files: true }));
    const built = await rpmbuild(spec, join(top, 'rpmbuild'), [
      ...['--define', `modules_root ${scratch}`],
      ...(await fileAttributes(generators(), join(top, 'fileattrs'))),
    ]);
    const nameOf = (rpm: string): Promise<string> => tool('rpm', ['-qp', '--qf', '%{NAME}', rpm]);
    rpms = new Map(await Promise.all(built.map(async (rpm) => [await nameOf(rpm), rpm] as const)));
  });

  test('are all there', () => {
    expect(packages).toHaveLength(build.modules.length);
    expect([...rpms.keys()].sort()).toEqual(packages.map(({ name }) => name).sort());
  });

  test('hold the file where the scheme puts it', async () => {
    for (const { name, files } of packages) {
      expect(await query(name, '--list')).toEqual(files.map(({ path }) => path));
      expect(files[0]?.path).toMatch(new RegExp(`^/lib/modules/[^/]+/${directory}/`));
    }
  });

  test.each(['requires', 'provides', 'conflicts', 'enhances'] as const)(
    'have the %s that the lab says',
    async (kind) => {
      for (const one of packages) {
        const expected = unmerged(one[kind].map(formatDependency));
        expect({ name: one.name, found: unmerged(await query(one.name, `--${kind}`)) }).toEqual({
          name: one.name,
          found: expected,
        });
      }
    },
  );

  async function query(name: string, what: string): Promise<string[]> {
    const printed = await tool('rpm', ['-qp', what, rpms.get(name) ?? name]);
    return printed.split('\n').filter((line) => line !== '' && !line.startsWith('rpmlib('));
  }
});

/** Aliases with a class of characters, `[EF]`, as one for each: merged or not, they mean the same devices. */
function unmerged(texts: readonly string[]): string[] {
  const each = (text: string): string[] => {
    const [, before = '', members = '', after = ''] = /^(modalias\([^[]*)\[([^\]]+)\](.*)$/.exec(text) ?? [];
    if (members === '') return [text];
    return charactersOf(members).flatMap((one) => each(`${before}${one}${after}`));
  };
  return [...new Set(texts.flatMap(each))].sort();
}

/** `0-9` is ten digits. */
function charactersOf(members: string): string[] {
  const ranges = members.replace(/(.)-(.)/g, (_, from: string, to: string) => {
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
    return String.fromCharCode(...Array.from({ length: last - first + 1 }, (_one, index) => first + index));
  });
  return [...ranges];
}
