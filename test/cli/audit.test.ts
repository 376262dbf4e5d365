import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelBuild, writeKernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import { writeRepository } from '#repomd';
import { nevra } from '#rpm';
import { supportResultSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { kernel } from '../support/kernel.js';
import { packages } from '../support/packages.js';
import { temporaryDirectory } from '../support/temporary.js';

/** A USB network card's driver and its library; the checksum of one symbol of the image differs between the builds. */
function build(number: number, skb: number): KernelBuild {
  return kernel({
    release: `6.1.0-${number}-default`,
    image: { kfree: 0x1, alloc_skb: skb },
    modules: {
      usbcore: { exports: { usb_register: 0x00aa }, imports: ['kfree'], support: 'supported' },
      r8152: { imports: ['usb_register', 'alloc_skb'], support: 'unsupported' },
    },
  });
}

const [one, two, same] = [build(1, 0x3), build(2, 0x4), build(3, 0x3)];
let directory: string;
const repository = (made: KernelBuild): string => join(directory, made.release);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kmplab-test-'));
  for (const made of [one, two, same]) {
    await writeRepository(packageBuilds('modular', [made], { patterns: false }).packages, repository(made));
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** Lines of a list: every package of a build, or those that are named. */
function packagesOf(made: KernelBuild, names?: readonly string[]): string[] {
  const { packages } = packageBuilds('modular', [made], { patterns: false });
  return packages.filter(({ name }) => names === undefined || names.includes(name)).map(nevra);
}

async function auditList(lines: readonly string[], ...more: readonly string[]) {
  const file = join(directory, 'list');
  await writeFile(file, `${lines.join('\n')}\n`);
  const repos = [one, two, same].map(repository);
  return cli('audit', '--rpm-list', file, '--repo', ...repos, ...more);
}

describe('kmplab audit of a list', () => {
  it('finds nothing wrong with a kernel and its drivers, or with two of each', async () => {
    expect(await auditList(packagesOf(one))).toMatchObject({ code: 0, out: expect.stringContaining('all is well') });
    const { code, out } = await auditList([...packagesOf(one), ...packagesOf(two)], '--json');
    const { drivers, kernels } = supportResultSchema.parse(JSON.parse(out));
    expect([code, kernels.length, drivers.length]).toEqual([0, 2, 4]);
    // The old driver does not fit the new kernel, and the new one does.
    const old = drivers.find((driver) => driver.package === 'r8152-kmp-default-6.1.0-1.x86_64');
    expect(old?.kernels).toMatchObject([
      { release: '6.1.0-1-default', state: 'compatible' },
      { release: '6.1.0-2-default', state: 'replaced', unmetTotal: 1 },
    ]);
  });

  it('names the driver that does not fit a new kernel, the symbol and both checksums', async () => {
    const { code, out } = await auditList([...packagesOf(one), ...packagesOf(two, ['kernel-default'])]);
    expect(code).toBe(1);
    expect(out).toContain(
      'FAULT r8152-kmp-default-6.1.0-1.x86_64 does not fit 6.1.0-2-default: it needs ksym(default:alloc_skb) = 3, and it is 4\n1 fault\n',
    );
  });

  it('lets the drivers of one kernel serve another that has the same checksums', async () => {
    expect((await auditList([...packagesOf(one), ...packagesOf(same, ['kernel-default'])])).code).toBe(0);
  });

  it('does not count a library that fits only another kernel', async () => {
    const other = kernel({
      release: '6.1.0-4-default',
      image: { kfree: 0x9, alloc_skb: 0x3 },
      modules: { usbcore: { exports: { usb_register: 0xaa }, imports: ['kfree'] } },
    });
    await writeRepository(packageBuilds('modular', [other], { patterns: false }).packages, repository(other));
    // rpm is content: r8152 requires usb_register, which usbcore of the other kernel provides.
    const lines = [...packagesOf(one, ['kernel-default', 'r8152-kmp-default']), ...packagesOf(other)];
    const { code, out } = await auditList(lines, '--repo', repository(other));
    expect(code).toBe(1);
    expect(out).toMatch(
      /r8152-kmp-default-6\.1\.0-1\.x86_64 does not fit 6\.1\.0-1-default: it needs ksym\(default:usb_register\) = aa, and nobody/,
    );
  });

  it.each([
    [
      'without a checksum that nobody exports',
      'ksym(default:gone)',
      'it needs ksym(default:gone), and nobody provides it',
    ],
    ['with something else than a checksum', 'ksym(default:kfree) >= 1', 'it needs ksym(default:kfree)'],
  ])('names a driver that needs a symbol %s', async (_what, dependency, told) => {
    const needy = packages({ 'needy-kmp-default-1-1': { requires: [dependency] } });
    await writeRepository(needy, join(directory, 'needy'));
    const lines = [...packagesOf(one), ...needy.map(nevra)];
    const { code, out } = await auditList(lines, '--repo', join(directory, 'needy'));
    expect(out).toContain(told);
    expect(code).toBe(1);
  });

  it('lets any checksum do for a symbol that is needed without one', async () => {
    const content = packages({ 'content-kmp-default-1-1': { requires: ['ksym(default:kfree)'] } });
    await writeRepository(content, join(directory, 'content'));
    const lines = [...packagesOf(one), ...content.map(nevra)];
    expect((await auditList(lines, '--repo', join(directory, 'content'))).code).toBe(0);
  });

  it('says whose packages they are, and which a kernel build calls unsupported', async () => {
    const build = join(directory, 'one.kernel');
    await writeKernelBuild(one, build);
    const lines = packagesOf(one).map((line) => `${line}\tACME Corporation`);
    const { code, out } = await auditList(lines, '--kernel', build, '--json');
    const { drivers, faults } = JSON.parse(out);
    expect(code).toBe(1);
    expect(faults).toEqual([{ kind: 'unsupported', package: 'r8152-kmp-default-6.1.0-1.x86_64' }]);
    expect(drivers.map((driver: { vendor: string; support: string }) => [driver.vendor, driver.support])).toEqual([
      ['ACME Corporation', 'unsupported'],
      ['ACME Corporation', 'supported'],
    ]);
  });

  it('lets no driver pass that no repository knows, and passes over what is no driver', async () => {
    const more = [
      'bash-5.2-1.x86_64',
      'gpg-pubkey-39db7c82-5f68629b',
      '# a comment',
      'odd-kmp-default-1.0_k6.1.0-1.x86_64',
    ];
    const { code, out } = await auditList([...packagesOf(one), ...more], '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      unknown: ['odd-kmp-default-1.0_k6.1.0-1.x86_64'],
      faults: [{ kind: 'unstated', package: 'odd-kmp-default-1.0_k6.1.0-1.x86_64' }],
    });
  });

  it('takes a package of another epoch for another package', async () => {
    const lines = packagesOf(one).map((line) => line.replace(/-(?=6\.1\.0-1\.)/, '-7:'));
    const { code, out } = await auditList(lines, '--json');
    expect([code, JSON.parse(out).unknown.length]).toEqual([1, 3]);
  });

  it('says that there is no kernel', async () => {
    expect(await auditList(['bash-5.2-1.x86_64'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('no kernel is installed'),
    });
  });

  it('answers a line that is no package with file, line and what to do', async () => {
    const { code, err } = await auditList([...packagesOf(one), 'rm -rf /']);
    expect(code).toBe(2);
    expect(err).toMatch(/list:4: this is no package[\s\S]*to do: make the list with: rpm -qa/);
  });
});

describe('kmplab audit', () => {
  it.each([
    ['neither root nor list', []],
    ['both', ['--root', '/', '--rpm-list', 'x', '--repo', 'y']],
    ['a list without repositories', ['--rpm-list', 'x']],
    ['a list with hardware', ['--rpm-list', 'x', '--repo', 'y', '--hardware', 'kvm-guest']],
    ['a list that is not there', ['--rpm-list', '/nowhere/list', '--repo', '/nowhere']],
  ])('refuses %s', async (_what, args) => {
    expect((await cli('audit', ...args)).code).toBe(2);
  });

  it('refuses a root without an rpm database', async () => {
    const root = await temporaryDirectory();
    await mkdir(join(root, 'var/lib/rpm'), { recursive: true });
    const { code, err } = await cli('audit', '--root', root);
    expect([code, err]).toEqual([2, expect.stringContaining('no rpm database')]);
  });
});
