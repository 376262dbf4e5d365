import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { debianKernel, debianPackage } from '../support/debian.js';

/** A command of the tutorial, and the lines that stand below it. */
interface Told {
  readonly command: string;
  readonly output: readonly string[];
}

function toldIn(page: string): Told[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```\n((?:\n? {4}.*\n)*)/gm)].flatMap(([, body = '', below = '']) => {
    const commands = body.trim().split('\n');
    const output = below.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.slice(4)] : []));
    return commands.map((command, index) => ({ command, output: index === commands.length - 1 ? output : [] }));
  });
}

/** A package of Linux 6.12, which Debian carries beside its own; else of a kernel that the lab knows. */
async function kernelPackage(): Promise<string> {
  const depends = ['depends', 'linux-image-6.12-amd64'];
  const { stdout } = await promisify(execFile)('apt-cache', depends).catch(() => ({ stdout: '' }));
  const name = /Depends: (linux-image-6\.12\S+)/.exec(stdout)?.[1];
  const file = name === undefined ? undefined : await debianPackage(name);
  return file ?? (await debianKernel()).file;
}

describe('the tutorial', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-tutorial-'));
    await copyFile(await kernelPackage(), join(directory, 'linux-image.deb'));
  }, 600_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('gives the output that it shows, to the own kernel and the interactive page', { timeout: 600_000 }, async () => {
    const steps = toldIn(await readFile('docs/tutorial.md', 'utf8'));
    expect(steps.length).toBeGreaterThanOrEqual(8);
    expect(steps.filter(({ output }) => output.length > 0).length).toBeGreaterThanOrEqual(3);
    for (const { command, output } of steps) {
      const [program, ...args] = command.replaceAll('/tmp/', `${directory}/`).split(' ');
      expect(program).toBe('kmplab');
      const { code, out, err } = await cli(...args);
      expect(`${command}: ${code} ${code === 0 ? '' : err}`.trim()).toBe(`${command}: 0`);
      for (const line of output) expect(out.split('\n')).toContain(line);
    }
  });
});
