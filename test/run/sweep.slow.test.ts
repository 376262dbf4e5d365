import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readRunDocument } from '#run-document';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Three points. */
const sweep = {
  question: 'Does it grow?',
  schemes: ['modular'],
  kernelModules: [100, 120, 150],
  regimes: ['core-struct'],
  seeds: [1],
};

async function sweepFile(): Promise<string> {
  const file = join(await temporaryDirectory(), 'sweep.yaml');
  await writeFile(file, JSON.stringify(sweep));
  return file;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a sweep', () => {
  it('comes to the same in parts, by other workers, and where it goes on after an end', async () => {
    const file = await sweepFile();
    const directory = await temporaryDirectory();
    const part = async (shard: string): Promise<string> => {
      vi.stubEnv('KMPLAB_CACHE', join(directory, shard));
      expect((await cli('sweep', file, '--shard', shard, '--jobs', '1', '-o', directory)).code).toBe(0);
      return join(directory, `part-${shard.replace('/', '-of-')}.json`);
    };
    const parts = [await part('2/2'), await part('1/2')];
    const merged = await cli('merge', ...parts, '--json');
    // The cache of the first part, which has half of the results.
    const whole = await cli('sweep', file, '-o', join(directory, 'whole'), '--jobs', '2');
    expect(whole.err).toContain('2 of them from before');
    const { growth } = await readRunDocument(join(directory, 'whole', 'run.json'));
    expect(JSON.parse(merged.out).growth).toEqual(growth);
    const missing = await cli('merge', parts[0] ?? '', '--json');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('1/2')]);
  });
});
