import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';

const repo = '=Ver: 3.0\n=Pkg: a 1 1 noarch\n=Prv: a = 1-1\n';
const head = 'repo r 0 testtags r.repo.gz\nsystem x86_64 rpm\njob install name a\n';
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-testcase-'));
  await writeFile(join(scratch, 'r.repo.gz'), gzipSync(repo));
  await writeFile(join(scratch, 'good.t'), `${head}result transaction solver.result\n`);
  await writeFile(join(scratch, 'solver.result'), 'install a-1-1.noarch@r\n');
  await writeFile(join(scratch, 'wrong.t'), `${head}result transaction <inline>\n#>install b-1-1.noarch@r\n`);
  await writeFile(join(scratch, 'open.t'), head);
  await writeFile(join(scratch, 'future.t'), `feature teleport\n${head}`);
  await mkdir(join(scratch, 'empty'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('kmplab testcase', () => {
  it('passes a testcase whose repository and result are files beside it', async () => {
    const { code, out } = await cli('testcase', join(scratch, 'good.t'));
    expect([code, out]).toEqual([0, `passed  ${join(scratch, 'good.t')}\n1 passed, 0 failed, 0 skipped\n`]);
  });

  it('runs a whole directory, and prints differences and reasons', async () => {
    const { code, out } = await cli('testcase', scratch);
    expect(code).toBe(1);
    expect(out).toContain(
      `failed  ${join(scratch, 'wrong.t')}\n  +install a-1-1.noarch@r\n  -install b-1-1.noarch@r\n`,
    );
    expect(out).toContain(`skipped ${join(scratch, 'open.t')}: it states no result to compare with`);
    expect(out).toMatch(/skipped .*future\.t: .*teleport/);
    expect(out).toContain('1 passed, 1 failed, 2 skipped');
  });

  it('prints JSON', async () => {
    const { code, out } = await cli('testcase', join(scratch, 'wrong.t'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([{ status: 'failed', path: join(scratch, 'wrong.t') }]);
  });

  it('names a path that is not there, and a directory without testcases', async () => {
    expect((await cli('testcase', join(scratch, 'nowhere.t'))).code).toBe(2);
    const { code, err } = await cli('testcase', join(scratch, 'empty'));
    expect([code, err]).toEqual([2, expect.stringContaining('no testcase in this directory')]);
  });
});
