import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKernelBuild } from '#kernel';
import { readRepository } from '#repomd';
import { cli } from '../support/cli.js';
import { kernel } from '../support/kernel.js';

let scratch: string;
let build: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-generate-'));
  build = join(scratch, 'small.kernel.json.zst');
  const small = kernel({ image: { module_layout: 1 }, modules: { loop: { imports: ['module_layout'] } } });
  await writeKernelBuild(small, build);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('kmplab generate', () => {
  it('writes a repository that can be read back, and says what is in it', async () => {
    const target = join(scratch, 'repository');
    const { code, out } = await cli('generate', build, '-o', target, '--json');
    expect(code).toBe(0);
    const printed = JSON.parse(out);
    expect(printed).toMatchObject({ scheme: 'modular', kernels: ['6.1.0-1-default'], packages: 2, directory: target });
    expect((await readRepository(target)).repomdSha256).toBe(printed.repomdSha256);
  });

  it('prints a line for a person', async () => {
    const target = join(scratch, 'plain');
    const { code, out } = await cli('generate', build, '-o', target, '--zstd');
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`${target}: 2 packages with`)]);
    expect(await readdir(join(target, 'repodata'))).toContainEqual(expect.stringMatching(/primary\.xml\.zst$/));
  });

  it('writes an RPM spec beside the repository', async () => {
    const spec = join(scratch, 'kernel.spec');
    const { code } = await cli('generate', build, '-o', join(scratch, 'with-spec'), '--spec', spec);
    expect(code).toBe(0);
    expect(await readFile(spec, 'utf8')).toContain('%package -n loop-kmp-default\nVersion: 6.1.0\nRelease: 1\n');
  });

  it('takes a partition from a file', async () => {
    const groups = join(scratch, 'groups.yaml');
    await writeFile(groups, 'everything: ["**"]\n');
    const { out } = await cli(
      'generate',
      build,
      '-o',
      join(scratch, 'grouped'),
      '--scheme',
      'grouped',
      '--groups',
      groups,
    );
    expect(out).toContain('2 packages');
    await writeFile(groups, 'nothing: [net/**]\n');
    const refuse = () =>
      cli('generate', build, '-o', join(scratch, 'refused'), '--scheme', 'grouped', '--groups', groups);
    const refused = await refuse();
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('loop.ko is in no group')]);
    await writeFile(groups, 'a: [unclosed\n');
    const corrupt = await refuse();
    expect([corrupt.code, corrupt.err]).toEqual([2, expect.stringContaining('groups.yaml:')]);
  });

  it('prints what the builder of the packages would be warned of', async () => {
    const drivers = Object.fromEntries([...'abcdefg'].map((name) => [name, { imports: ['module_layout'] }]));
    const many = join(scratch, 'many.kernel.json.zst');
    await writeKernelBuild(kernel({ image: { module_layout: 1 }, modules: drivers }), many);
    const flags = ['--scheme', 'rhel-kmod', '--option', 'stablelist=["printk", "kfree"]', '-o', join(scratch, 'rhel')];
    const { code, err } = await cli('generate', many, ...flags);
    expect(code).toBe(0);
    expect(err.split('\n')[0]).toBe('note: kmod-a: symbols not on the stablelist: 1');
    expect(err).toContain('and 2 more notes');
    const { out } = await cli('generate', many, ...flags, '--json');
    expect(JSON.parse(out).notes).toHaveLength(7);
  });

  it.each([
    [['--scheme', 'nope'], 'modular'],
    [['--option', 'color=red'], 'color'],
    [['--option', 'patterns'], 'key=value'],
    [['--option', 'patterns=maybe'], 'patterns'],
    [['--earlier', 'debian-6.1.0-52-amd64'], 'symset'],
  ])('exits with 2 on %j and writes nothing', async (flags, word) => {
    const target = join(scratch, 'refused');
    const { code, err } = await cli('generate', build, '-o', target, ...flags);
    expect(code).toBe(2);
    expect(err).toContain(word);
    expect(await readdir(scratch)).not.toContain('refused');
  });

  it('exits with 2 when the kernel build does not exist', async () => {
    const { code, err } = await cli('generate', join(scratch, 'none'), '-o', join(scratch, 'refused'));
    expect([code, err.includes('no such file')]).toEqual([2, true]);
  });
});
