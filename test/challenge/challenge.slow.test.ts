import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChallengeRun, challengeFor, challengePromises } from '#challenge';
import { cli } from '../support/cli.js';

const options = { seed: 1, requests: 6, promises: challengePromises, histories: 12, milliseconds: null };
const silent = { ...options, onProgress: () => undefined };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kmplab-challenge-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('challenge', () => {
  test('finds the same with one worker and with two', async () => {
    const one = await challengeFor('modular', { ...silent, jobs: 1 });
    const two = await challengeFor('modular', { ...silent, jobs: 2 });
    expect(one.finds.length).toBeGreaterThan(2);
    expect(two).toEqual(one);
  });

  test('writes scenarios that "kmplab run" replays with the same promise broken', async () => {
    const { code, out } = await cli(
      'challenge',
      'modular',
      '--histories',
      '12',
      '--jobs',
      '1',
      '-o',
      directory,
      '--json',
    );
    expect(code).toBe(1);
    const { finds } = JSON.parse(out) as ChallengeRun;
    const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml'));
    expect(files).toHaveLength(finds.length);
    for (const file of files) {
      const replayed = await cli('run', join(directory, file), '--samples', '0', '--jobs', '1', '--json');
      expect(replayed.code, file).toBe(1);
      const { scenarios } = JSON.parse(replayed.out) as { scenarios: { steps: { expectations: object[] }[] }[] };
      const expectations = scenarios[0]?.steps.at(-1)?.expectations ?? [];
      expect(expectations, file).toContainEqual(
        expect.objectContaining({
          aspect: expect.stringMatching(/^promises\./),
          expected: { is: 'kept' },
          found: { is: 'broken' },
          passed: false,
        }),
      );
    }
  });

  test('a design that keeps a promise ends with 0', async () => {
    const { code, out } = await cli(
      'challenge',
      'monolithic',
      '--histories',
      '4',
      '--promise',
      'oneOwner',
      '--jobs',
      '1',
      '-o',
      directory,
    );
    expect(out).toContain('"monolithic" broke no promise in what was tried.');
    expect(code).toBe(0);
  });
});
