import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRepository } from '#repomd';
import { cli } from '../support/cli.js';
import { advisoriesOf, packages } from '../support/packages.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** A repository of the small kernel, and the hardware that needs two of its kernel modules. */
async function repository(): Promise<{ directory: string; repo: string; hardware: string }> {
  const directory = await temporaryDirectory();
  await smallLab(directory);
  const repo = join(directory, 'repo');
  const { code } = await cli('generate', join(directory, 'one.kernel'), '--scheme', 'modular', '-o', repo);
  expect(code).toBe(0);
  return { directory, repo, hardware: join(directory, 'hardware.yaml') };
}

describe('kmplab solve', () => {
  it('brings the drivers of the hardware, and only those', async () => {
    const { repo, hardware } = await repository();
    const withHardware = await cli('solve', 'in', 'kernel-default', '--repo', repo, '--hardware', hardware);
    expect(withHardware).toMatchObject({ code: 0 });
    expect(withHardware.out).toContain('+ r8152-kmp-default');
    const without = await cli('solve', 'in', 'kernel-default', '--repo', repo, '--json');
    expect(JSON.parse(without.out)).toMatchObject({ outcome: { status: 'solved' }, counters: { steps: 1 } });
  });

  it('takes the updates that a repository publishes, by category', async () => {
    const directory = await temporaryDirectory();
    const installed = packages({ 'driver-1-1': {}, 'tool-1-1': {} });
    const newer = packages({ 'driver-2-1': {}, 'tool-2-1': {} });
    const advisories = advisoriesOf(
      [
        { id: 'a-fix', type: 'security', packages: ['driver'] },
        { id: 'a-feature', type: 'feature', packages: ['tool'] },
      ],
      newer,
    );
    await writeRepository(installed, join(directory, 'installed'));
    await writeRepository(newer, join(directory, 'update'), { advisories });
    const patch = async (...flags: readonly string[]): Promise<string[]> => {
      const machine = ['--installed', join(directory, 'installed'), '--repo', join(directory, 'update'), '--json'];
      const { out } = await cli('solve', 'patch', ...flags, ...machine);
      return JSON.parse(out).outcome.steps.map((step: { nevra: string }) => step.nevra);
    };
    expect(await patch()).toEqual(['driver-2-1.x86_64']);
    expect(await patch('--category', 'recommended')).toEqual([]);
    expect((await patch('--with-optional')).sort()).toEqual(['driver-2-1.x86_64', 'tool-2-1.x86_64']);
    expect(await cli('solve', 'up', '--category', 'security', '--repo', join(directory, 'update'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('an option of patch'),
    });
  });

  it('exits with 1 where there is no solution', async () => {
    const { repo } = await repository();
    const { code, out } = await cli('solve', 'in', 'kernel-default = 99', '--repo', repo);
    expect(code).toBe(1);
    expect(out).toContain('asks for kernel-default = 99, which nothing in reach provides');
    expect(out).toContain('no solution, 1 problem');
  });

  it.each([
    ['in', 'e1000e-kmp-other'],
    ['up', 'e1000e-kmp-other'],
    ['in', 'e1000e-kmp-other = 1'],
  ])('calls "%s %s" not applicable where no package is called so, and never without solution', async (verb, name) => {
    const { repo } = await repository();
    const { code, out } = await cli('solve', verb, name, '--repo', repo);
    expect(code).toBe(1);
    expect(out).toContain(`nothing is called "${name}", and nothing provides it`);
    expect(out).toContain('not applicable: ');
    expect(out).not.toMatch(/no solution|solved/);
    const json = JSON.parse((await cli('solve', verb, 'kernel-default', name, '--repo', repo, '--json')).out);
    expect(json.outcome).toEqual({ status: 'notApplicable', unknown: [name] });
  });

  it('exports a testcase that gives the same result when it is run again, hardware included', async () => {
    const { directory, repo, hardware } = await repository();
    const target = join(directory, 'testcase');
    const request = ['solve', 'in', 'kernel-default', '--repo', repo, '--hardware', hardware] as const;
    expect(await cli(...request, '--export-testcase', target)).toMatchObject({ code: 0 });
    expect(await readdir(target)).toContain('testcase.t');
    expect(await readFile(join(target, 'solver.result'), 'utf8')).toContain('r8152-kmp-default');
    expect(await cli('testcase', target)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 passed, 0 failed'),
    });
  });

  it('takes the options of zypper, and what is locked stays away', async () => {
    const { repo, hardware } = await repository();
    const request = ['solve', 'in', 'kernel-default', '--repo', repo, '--hardware', hardware] as const;
    const locked = await cli(...request, '--lock', 'r8152*');
    expect(locked).toMatchObject({ code: 0 });
    expect(locked.out).toContain('+ kernel-default');
    expect(locked.out).not.toContain('r8152');
    expect(await cli(...request, '--from', repo, '--no-allow-vendor-change')).toMatchObject({ code: 0 });
  });

  it.each([
    [['rm', 'kernel-default', '--from', 'x'], '`from` is an option of in, dup'],
    [['patch', '--category', 'urgent'], 'expected one of "security"'],
    [['dup', 'kernel-default'], '`dup` takes no names'],
  ])('refuses what zypper would: %j', async (request, complaint) => {
    const { repo } = await repository();
    const { code, err } = await cli('solve', ...request, '--repo', repo);
    expect(code).toBe(2);
    expect(err).toContain(complaint);
  });

  it('has the priorities, zypp.conf and AutoInstalled of the machine', async () => {
    const directory = await temporaryDirectory();
    const made = async (name: string, specs: Parameters<typeof packages>[0], vendor = 'SUSE'): Promise<string> => {
      await writeRepository(
        packages(specs).map((pkg) => ({ ...pkg, vendor })),
        join(directory, name),
      );
      return join(directory, name);
    };
    const installed = await made('installed', { 'tool-1-1': { requires: ['libtool'] }, 'libtool-1-1': {} });
    const newer = await made('newer', { 'tool-3-1': { requires: ['libtool'] } });
    const better = await made('better', { 'tool-2-1': { requires: ['libtool'] } });
    const acme = await made('acme', { 'tool-4-1': { requires: ['libtool'] } }, 'Acme');
    const steps = async (...args: readonly string[]): Promise<string[]> => {
      const { out } = await cli('solve', ...args, '--installed', installed, '--json');
      return JSON.parse(out).outcome.steps.map(({ nevra }: { nevra: string }) => nevra);
    };
    const conf = join(directory, 'zypp.conf');
    await writeFile(conf, '## a comment\n[main]\n\nsolver.allowVendorChange = yes\ndownload.max_silent_tries = 5\n');
    const auto = join(directory, 'AutoInstalled');
    await writeFile(auto, '# written by libzypp\nlibtool\n');
    const repos = ['--repo', newer, better];

    expect(await steps('in', 'tool', ...repos)).toEqual(['tool-3-1.x86_64']);
    expect(await steps('in', 'tool', ...repos, '--priority', `${better}=50`)).toEqual(['tool-2-1.x86_64']);
    expect(await steps('in', 'tool', '--repo', acme)).toEqual([]);
    expect(await steps('in', 'tool', '--repo', acme, '--zypp-conf', conf)).toEqual(['tool-4-1.x86_64']);
    expect((await steps('rm', 'tool', '--clean-deps', '--auto-installed', auto)).sort()).toEqual([
      'libtool-1-1.x86_64',
      'tool-1-1.x86_64',
    ]);
    expect(await cli('solve', 'in', 'tool', '--repo', newer, '--priority', `${better}=50`)).toMatchObject({ code: 2 });
  });

  it('keeps the kernel that runs, by the name it has for itself', async () => {
    const directory = await temporaryDirectory();
    const kernels = packages(
      Object.fromEntries(
        [1, 2, 3].map((n) => [
          `kernel-default-6.1.${n}-1`,
          { provides: ['multiversion(kernel)', `kernel-uname-r = 6.1.0_${n}-amd64`] },
        ]),
      ),
    );
    await writeRepository(kernels, directory);
    const purge = ['solve', 'purge-kernels', '--installed', directory, '--running', '6.1.0_1-amd64', '--json'];
    const { out } = await cli(...purge);
    // latest, latest-1 and running, which is the oldest, are all there are.
    expect(JSON.parse(out).outcome.steps).toEqual([]);
    const other = await cli('solve', 'purge-kernels', '--installed', directory, '--running', '6.1.0_3-amd64', '--json');
    expect(JSON.parse(other.out).outcome.steps).toMatchObject([{ nevra: 'kernel-default-6.1.1-1.x86_64' }]);
  });

  it('exits with 1 where nothing answers to a name, and says which', async () => {
    const { directory, repo } = await repository();
    const machine = ['--installed', repo];
    const { code, out } = await cli('solve', 'rm', 'no-such-package', ...machine);
    expect({ code, directory }).toEqual({ code: 1, directory });
    expect(out).toContain('nothing is called "no-such-package", and nothing provides it');
    expect(await cli('solve', 'in', 'kernel-default')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--repo'),
    });
  });

  it('has no solution for a rich dependency that nothing meets, and no fault of its own', async () => {
    const { repo } = await repository();
    const { code, err } = await cli('solve', 'in', '(a or b)', '--repo', repo);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });
});
