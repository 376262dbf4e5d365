import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKernelBuild } from '#kernel';
import { cli } from '../support/cli.js';
import { type KernelSpec, kernel } from '../support/kernel.js';

/** What no repository may hold is refused on the command line with the package and the rule, and nothing is written. */
let scratch: string;

const modules: KernelSpec['modules'] = {
  loop: { path: 'kernel/drivers/block/loop.ko', imports: ['module_layout'] },
  tun: { path: 'kernel/drivers/net/tun.ko', imports: ['module_layout'], driverVersion: '1.6' },
};
const builds: Readonly<Record<string, KernelSpec>> = {
  one: { modules },
  two: { release: '6.1.0-2-default', modules },
  rt: { release: '6.1.0-1-rt', flavor: 'rt', modules },
  older: { release: '6.1.0-2-default', modules: { tun: { path: 'kernel/drivers/net/tun.ko', driverVersion: '1.5' } } },
  spaced: { flavor: 'a b', modules },
  // Yocto's names are all in lower case.
  loud: { release: '6.1.0-1-DEFAULT', flavor: 'loud', modules },
};

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-refused-'));
  for (const [name, spec] of Object.entries(builds)) {
    const build = kernel({ image: { module_layout: 1 }, ...spec });
    await writeKernelBuild(build, join(scratch, name));
  }
  await writeFile(join(scratch, 'missing.yaml'), 'net: [drivers/net/**]\n');
  await writeFile(join(scratch, 'twice.yaml'), 'net: [drivers/net/**]\nall: ["**"]\n');
  await writeFile(join(scratch, 'name.yaml'), '"a b": ["**"]\n');
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const rebuilt = (version: string): readonly string[] => ['--option', `rebuilt={"tun": {"version": "${version}"}}`];
const grouped = (file: string): readonly string[] => ['--scheme', 'grouped', '--groups', file];

describe('kmplab generate refuses', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a partition that misses a kernel module', ['one'], grouped('missing.yaml'), ['loop.ko', 'in no group']],
    ['a partition that has one twice', ['one'], grouped('twice.yaml'), ['tun.ko', 'in the groups net and all']],
    ['a group whose name rpm forbids', ['one'], grouped('name.yaml'), ['"a b-kmp-default"', 'name of package']],
    ['a flavor that rpm forbids', ['spaced'], [], ['spaced:flavor', 'a flavor such as default']],
    [
      'a prefix that rpm forbids',
      ['one'],
      ['--scheme', 'suse-kmp', '--option', 'prefix=a/b'],
      ['a/b-loop', 'name of package'],
    ],
    ['a version that rpm forbids', ['one'], rebuilt('1-2'), ['"1-2"', 'version of package tun-kmp-default']],
    [
      'a rebuilt driver that sorts before the old one',
      ['one'],
      rebuilt('6.0'),
      ['tun-kmp-default-6.0-1', 'sort after 6.1.0-1'],
    ],
    ['kernels in the wrong order', ['two', 'one'], [], ['kernel-default.x86_64 6.1.0-1', 'sort after 6.1.0-2']],
    [
      'a driver that goes back',
      ['one', 'older'],
      ['--scheme', 'rhel-kmod'],
      ['kmod-tun-1.5', 'sort after kmod-tun-1.6'],
    ],
    ['one kernel twice', ['one', 'one'], [], ['6.1.0-1-default', 'two kernel builds']],
    ['flavors that clash', ['one', 'rt'], ['--scheme', 'openwrt'], ['are called kernel-6.1.0-1', 'vmlinuz-6.1.0-1-rt']],
    [
      'two packages of one NEVRA',
      ['one', 'loud'],
      ['--scheme', 'yocto'],
      ['are called kernel-6.1.0-1-default-6.1.0-1.x86_64'],
    ],
  ])('%s', async (_, kernels, flags, words) => {
    const target = join(scratch, 'target');
    const files = kernels.map((name) => join(scratch, name));
    const options = flags.map((flag) => (flag.endsWith('.yaml') ? join(scratch, flag) : flag));
    const { code, err, out } = await cli('generate', ...files, '-o', target, ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const word of words) expect(err).toContain(word);
    expect(await readdir(scratch)).not.toContain('target');
  });
});
