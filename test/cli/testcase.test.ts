import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { pigeonHoles } from '../support/pigeon-holes.js';

const repo = '=Ver: 3.0\n=Pkg: a 1 1 noarch\n=Prv: a = 1-1\n';
const head = 'repo r 0 testtags r.repo.gz\nsystem x86_64 rpm\njob install name a\n';
const inline = (name: string) => `result transaction <inline>\n#>install ${name}-1-1.noarch@r\n`;
const deep = `repo r 0 testtags <inline>\n#>=Ver: 3.0\n#>=Pkg: a 1 1 noarch\n#>=Req: ${'('.repeat(200_000)}\n`;
const directories: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  empty: {},
  mixed: {
    'r.repo.gz': gzipSync(repo),
    'good.t': `${head}result transaction solver.result\n`,
    'solver.result': 'install a-1-1.noarch@r\n',
    'wrong.t': head + inline('b'),
    'open.t': head,
    'future.t': `feature teleport\n${head}`,
  },
  jobs: {
    'r.repo.gz': gzipSync(repo),
    'several.t': `${head}${inline('a')}nextjob\njob install name a\n${inline('b')}`,
  },
  bad: {
    'r.repo.gz': gzipSync(repo),
    'half.repo.gz': gzipSync(repo).subarray(0, 20),
    'damaged.t': head.replace('r.repo.gz', 'half.repo.gz'),
    'deep.t': deep,
    'good.t': head + inline('a'),
    'junk.t': '\x1b[2J\ntwo\nthree\nfour\nfive\n',
    'result-missing.t': `${head}result transaction nowhere.result\n`,
  },
};
let scratch: string;
let mixed: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-testcase-'));
  mixed = join(scratch, 'mixed');
  for (const [directory, files] of Object.entries(directories)) {
    await mkdir(join(scratch, directory));
    for (const [name, content] of Object.entries(files)) await writeFile(join(scratch, directory, name), content);
  }
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('kmplab testcase', () => {
  it('passes a testcase whose repository and result are files beside it', async () => {
    const { code, out } = await cli('testcase', join(mixed, 'good.t'));
    expect([code, out]).toEqual([0, `passed  ${join(mixed, 'good.t')}\n1 passed, 0 failed, 0 skipped\n`]);
  });

  it('runs a whole directory, and prints differences and reasons', async () => {
    const { code, out } = await cli('testcase', mixed);
    expect(code).toBe(1);
    expect(out).toContain(`failed  ${join(mixed, 'wrong.t')}\n  +install a-1-1.noarch@r\n  -install b-1-1.noarch@r\n`);
    expect(out).toContain(`skipped ${join(mixed, 'open.t')}: it states no result to compare with`);
    expect(out).toMatch(/skipped .*future\.t: .*teleport/);
    expect(out).toContain('1 passed, 1 failed, 2 skipped');
  });

  it('names the job of several whose result differs', async () => {
    const path = join(scratch, 'jobs', 'several.t');
    const { code, out } = await cli('testcase', path);
    expect([code, out]).toEqual([
      1,
      `failed  ${path}\n  job 2:\n  +install a-1-1.noarch@r\n  -install b-1-1.noarch@r\n0 passed, 1 failed, 0 skipped\n`,
    ]);
  });

  it('goes on after files that it cannot read, and says why: no testcase, a damaged repository, too much for C', async () => {
    const { code, out } = await cli('testcase', join(scratch, 'bad'));
    expect(code).toBe(2);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^broken {2}.*damaged\.t: a file of the testcase: the gzip data ends too early$/),
      expect.stringMatching(/^broken {2}.*deep\.t: /),
      expect.stringMatching(/^passed {2}.*good\.t$/),
      expect.stringMatching(/^broken {2}.*junk\.t: libsolv cannot read it$/),
      "  libsolv: testcase_read: cannot parse command '\\u{1b}[2J'",
      "  libsolv: testcase_read: cannot parse command 'two'",
      "  libsolv: testcase_read: cannot parse command 'three'",
      '  libsolv: and 2 more complaints',
      expect.stringMatching(/^broken {2}.*result-missing\.t: libsolv cannot read it$/),
      "  libsolv: testcase_read: could not open 'nowhere.result'",
      '1 passed, 0 failed, 0 skipped, 4 broken',
      '',
    ]);
  });

  it('ends what takes too long or too much, goes on, and says so', async () => {
    const slow = join(scratch, 'slow');
    await mkdir(slow);
    const { names, packages } = pigeonHoles(12);
    const tags = Object.entries(packages).flatMap(([nevr, { provides = [], requires = [], conflicts = [] }]) => [
      `=Pkg: ${nevr.replaceAll('-', ' ')} noarch`,
      ...[...provides, `${nevr.replace(/-1-1$/, '')} = 1-1`].map((one) => `=Prv: ${one}`),
      ...requires.map((one) => `=Req: ${one}`),
      ...conflicts.map((one) => `=Con: ${one}`),
    ]);
    const lines = ['repo r 0 testtags <inline>', ...['=Ver: 3.0', ...tags].map((line) => `#>${line}`)];
    const jobs = names.map((name) => `job install name ${name}`);
    await writeFile(join(slow, 'a.t'), `${[...lines, 'system x86_64 rpm', ...jobs].join('\n')}\n${inline('a')}`);
    await writeFile(join(slow, 'b.t'), head + inline('a'));
    await writeFile(join(slow, 'r.repo.gz'), gzipSync(repo));
    const { code, out, err } = await cli('testcase', slow, '--timeout', '0.5');
    expect([code, err, out.split('\n')]).toEqual([
      1,
      '',
      [
        `ended   ${join(slow, 'a.t')}: no answer within 500 ms`,
        `passed  ${join(slow, 'b.t')}`,
        '1 passed, 0 failed, 0 skipped, 1 without an answer',
        '',
      ],
    ]);
    const large = `repo r 0 testtags <inline>\n#>=Ver: 3.0\n${'#>=Pkg: a 1 1 noarch\n#>=Prv: a = 1-1\n'.repeat(250_000)}`;
    await writeFile(join(slow, 'a.t'), `${large}system x86_64 rpm\njob install name a\n${inline('a')}`);
    const small = await cli('testcase', slow, '--memory', '32', '--json');
    expect(small.code).toBe(1);
    expect(JSON.parse(small.out)).toMatchObject([
      { status: 'noAnswer', reason: 'no answer within 32.0 MB of memory' },
      { status: 'passed' },
    ]);
  });

  it('prints JSON', async () => {
    const { code, out } = await cli('testcase', join(mixed, 'wrong.t'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ status: 'failed', path: join(mixed, 'wrong.t') }]);
  });

  it('names a path that is not there, and a directory without testcases', async () => {
    expect((await cli('testcase', join(scratch, 'nowhere.t'))).code).toBe(2);
    const { code, err } = await cli('testcase', join(scratch, 'empty'));
    expect([code, err]).toEqual([2, expect.stringContaining('no testcase in this directory')]);
  });
});
