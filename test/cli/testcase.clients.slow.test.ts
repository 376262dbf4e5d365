import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { writeRepository } from '#repomd';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';
import { ZypperRoot } from '../support/zypper.js';

it('what zypper --debug-solver writes is read, and solved to what zypper solved', async () => {
  const scratch = await temporaryDirectory();
  const base = join(scratch, 'base');
  const modaliases = join(scratch, 'modaliases');
  const { devices } = await loadBuiltinHardware('laptop-e1000e');
  await writeFile(modaliases, devices.map(({ modalias }) => `${modalias}\n`).join(''));
  await writeRepository(
    packageBuilds('modular', [await loadBuiltinKernel('debian-6.1.0-53-amd64')], {}).packages,
    base,
  );
  const root = await ZypperRoot.create(join(scratch, 'root'));
  await root.addRepository('base', base);

  const directory = await root.debugSolver(['install', 'kernel-default'], modaliases);
  expect(await readdir(directory)).toEqual(expect.arrayContaining(['testcase.t', 'solver.result', 'base.repo.gz']));
  const expected = await readFile(join(directory, 'solver.result'), 'utf8');
  expect(expected).toMatch(/^install e1000e-kmp-default-.*@base$/m);
  expect(await cli('testcase', directory)).toMatchObject({
    code: 0,
    out: `passed  ${join(directory, 'testcase.t')}\n1 passed, 0 failed, 0 skipped\n`,
  });

  // And a result that zypper did not come to is told from the one it did.
  await writeFile(join(directory, 'solver.result'), expected.replace(/^install e1000e-.*\n/m, ''));
  const { code, out } = await cli('testcase', directory);
  expect([code, out]).toEqual([1, expect.stringMatching(/^ {2}\+install e1000e-kmp-default-/m)]);
});
