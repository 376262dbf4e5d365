import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentSchema } from '../../src/run-document/environment.js';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

const pinsSchema = z.object({ libsolv: z.object({ version: z.string() }) });

describe('which libsolv answered', () => {
  it('is said by what kmplab solve prints for a machine to read', async () => {
    const directory = await temporaryDirectory();
    await smallLab(directory);
    const repository = join(directory, 'repository');
    await cli('generate', join(directory, 'one.kernel'), '--scheme', 'modular', '-o', repository);
    const { libsolv } = z
      .object({ libsolv: environmentSchema.shape.libsolv })
      .parse(JSON.parse((await cli('solve', 'in', 'kernel-default', '--repo', repository, '--json')).out));
    const pins = pinsSchema.parse(JSON.parse(await readFile('wasm/versions.json', 'utf8')));
    expect([libsolv.version, libsolv.patches]).toEqual([pins.libsolv.version, []]);
  });

  it.each([
    ['run', 'scenarios/real/unrelated-package.yaml'],
    ['sweep', 'scenarios/sweeps/larger-kernels.yaml'],
  ])('can be chosen for kmplab %s, and one that is not known is bad input', async (...command) => {
    const { code, err } = await cli(...command, '--libsolv', '0.1.2', '--json');
    expect(code).toBe(2);
    expect(err).toContain('libsolv 0.1.2 is not pinned in wasm/versions.json');
  });
});
