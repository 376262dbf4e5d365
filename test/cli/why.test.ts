import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRepository } from '#repomd';
import { whyDocumentSchema } from '#run-document';
import { cli } from '../support/cli.js';
import { packages } from '../support/packages.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Repositories of the small kernel's two builds, and the machine with two devices. */
async function smallRepositories() {
  const directory = await temporaryDirectory();
  await smallLab(directory);
  const [one, two] = [join(directory, 'repo-one'), join(directory, 'repo-two')];
  await cli('generate', join(directory, 'one.kernel'), '--scheme', 'modular', '-o', one);
  await cli('generate', join(directory, 'two.kernel'), '--scheme', 'modular', '-o', two);
  return { directory, one, two, hardware: join(directory, 'hardware.yaml') };
}

describe('kmplab solve --why', () => {
  it('leads from a driver to the hardware and to the request, and exits with 0', async () => {
    const lab = await smallRepositories();
    const { code, out } = await cli(
      ...[
        'solve',
        'in',
        'kernel-default',
        '--repo',
        lab.one,
        '--hardware',
        lab.hardware,
        '--why',
        'usbcore-kmp-default',
      ],
    );
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.replace(/-6\.1\.0-1\.x86_64/g, ''));
    expect(lines[0]).toContain('usbcore-kmp-default');
    expect(lines[0]).toContain('is installed by this request');
    expect(lines[1]).toMatch(
      /^ {2}r8152-kmp-default requires ksym\(default:usb_register\) = aa, which only usbcore-kmp-default provides$/,
    );
    expect(lines[2]).toMatch(
      /^ {2}└─ r8152-kmp-default supplements \(kernel-default and modalias\(usb:v0BDAp8152d\*\)\)$/,
    );
    expect(lines[3]).toMatch(/^ {5}├─ "zypper in kernel-default" asks for kernel-default$/);
    expect(lines[4]).toMatch(/^ {5}└─ this machine has usb:v0BDAp8152d3000$/);
  });

  it('tells the same as JSON, which its schema accepts', async () => {
    const lab = await smallRepositories();
    const { code, out } = await cli(
      ...['solve', 'in', 'kernel-default', '--repo', lab.one, '--why', 'r8152-kmp-default', '--json'],
    );
    expect(code).toBe(0);
    const why = whyDocumentSchema.parse(JSON.parse(out));
    expect(why.packages.map(({ state }) => state)).toEqual(['absent']);
    const told = why.packages[0]?.reasons.map(({ statement }) => statement.kind);
    expect(told).toEqual(['absent', 'noHardware', 'unneeded', 'possible']);
    expect(why.packages[0]?.would?.stepsTotal).toBe(2);
  });

  it('exits with 1 where the request has no solution, and says that what is installed stays', async () => {
    const lab = await smallRepositories();
    const { code, out } = await cli(
      ...['solve', 'in', 'no-such-thing', '--repo', lab.two, '--installed', lab.one, '--why', 'kernel-default'],
    );
    expect(code).toBe(1);
    expect(out).toContain('the request has no solution that would change that');
  });

  it('still writes the testcase that is asked for', async () => {
    const lab = await smallRepositories();
    const target = join(lab.directory, 'testcase');
    const flags = ['--repo', lab.one, '--why', 'kernel-default', '--export-testcase', target];
    expect(await cli('solve', 'in', 'kernel-default', ...flags)).toMatchObject({ code: 0 });
    expect(await readdir(target)).toContain('testcase.t');
  });

  it('answers for a name that is nowhere with names like it', async () => {
    const lab = await smallRepositories();
    const { code, out } = await cli(...['solve', 'in', 'kernel-default', '--repo', lab.one, '--why', 'kernel-defualt']);
    expect([code, out]).toEqual([0, expect.stringContaining('like it: kernel-default')]);
  });

  it('prints what a hostile repository calls itself without letting it speak to the terminal', async () => {
    const repo = join(await temporaryDirectory(), 'hostile');
    const requires = [{ name: 'gone\u202eeno', range: null }];
    await writeRepository(
      packages({ 'evil-1-1': {} }).map((pkg) => ({ ...pkg, requires })),
      repo,
    );
    const runs = [
      await cli('solve', 'in', 'evil', '\u202ex', '--repo', repo),
      await cli('solve', 'in', '\u202ex', '--repo', repo, '--why', 'evil'),
      await cli('solve', 'in', 'evil', '--repo', repo, '--why', '\u202ex'),
    ];
    for (const { code, out, err } of runs) {
      expect([code, err]).toEqual([1, '']);
      expect(out).toContain('\\u{202e}');
      expect(out).not.toContain('\u202e');
    }
  });

  it.each([
    ['in', '\u001b[2Jx', 'evil'],
    ['in', 'evil', '\u001b[2Jx'],
  ])('refuses what is no name: %j %j --why %j', async (verb, name, why) => {
    const { one } = await smallRepositories();
    const { code, err } = await cli('solve', verb, name, '--repo', one, '--why', why);
    expect([code, err]).toEqual([2, expect.stringContaining('\\u{1b}[2Jx')]);
    expect(err).not.toContain('\u001b');
  });
});
