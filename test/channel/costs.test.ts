import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServiceTimes } from '#channel';
import { channelCostsSchema } from '#run-document';
import { cli } from '../support/cli.js';

describe('a build service', () => {
  const rates = { workers: 2, compileSeconds: 100, packageSeconds: 1, signSeconds: 2, publishSeconds: 0.5 };

  it('gives the longest build to the worker that is free first, then signs one after the other, then publishes all', () => {
    // 150, 120 and 110 s on two workers: 150 beside 120 and 110 after it.
    const times = buildServiceTimes(
      { builds: [{ packages: 20 }, { packages: 50 }, { packages: 10 }], kept: 1000 },
      rates,
    );
    expect(times).toEqual({ build: 380, sign: 160, publish: 500, processor: 1040, elapsed: 230 + 160 + 500 });
  });

  it('takes no less time with more workers than there are builds', () => {
    const work = { builds: [{ packages: 1 }], kept: 1 };
    expect(buildServiceTimes(work, { ...rates, workers: 50 })).toEqual(
      buildServiceTimes(work, { ...rates, workers: 1 }),
    );
  });
});

describe('kmplab channel --costs', () => {
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-test-'));
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function costs(kernels: number, ...more: string[]) {
    const file = join(directory, 'channel.yaml');
    const channel = `{ kernels: ${kernels}, builds: [debian-6.1.0-56-amd64], regime: security-fix }`;
    await writeFile(file, `kernelModules: [tun]\nchannel: ${channel}\n`);
    return cli('channel', file, '-o', join(directory, 'out'), '--fresh', '--costs', ...more);
  }

  it('says of each number whether it was measured, and adds up', async () => {
    const { code, out } = await costs(2, '--json', '--machines', '1000', '--days', '10');
    expect(code).toBe(0);
    const { machine, mirror, buildService } = channelCostsSchema.parse(JSON.parse(out));
    const value = (list: readonly { what: string; value: number }[], what: string): number =>
      list.find((one) => one.what === what)?.value ?? Number.NaN;
    // A machine fetches repomd.xml every day, and all of primary.xml on one day of ten.
    const [full, unchanged] = [value(machine, 'refreshFull'), value(machine, 'refreshUnchanged')];
    expect(value(mirror, 'metadataToday')).toBeCloseTo(1000 * (0.9 * unchanged + 0.1 * full), 3);
    expect(value(machine, 'refreshPieces')).toBeLessThan(full - unchanged);
    // The image's and tun's.
    expect(value(buildService, 'packagesBuilt')).toBe(2);
    expect(value(buildService, 'processor')).toBeCloseTo(3600 + 2 * 0.2 + 2 * 0.05 + 4 * 0.001, 6);
    expect(machine.filter(({ basis }) => basis === 'measured').map(({ what }) => what)).toContain('freshSolve');
    expect([...mirror, ...buildService].every(({ basis }) => basis === 'modelled')).toBe(true);
  });

  it('refuses a channel without an update', async () => {
    expect(await costs(1)).toMatchObject({ code: 2, err: expect.stringContaining('no update whose costs') });
  });
});
