import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { RepositoryCache } from '../../src/run/repository/repository-cache.js';
import { cli } from '../support/cli.js';
import { runDocument } from '../support/run-document.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** What is wrong with an input is said before the work that it would be lost after. */
it('run refuses a design of the scorecard that is not there before it runs anything', async () => {
  const directory = await temporaryDirectory();
  const file = await smallLab(directory);
  const load = vi.spyOn(RepositoryCache.prototype, 'load');
  onTestFinished(() => {
    load.mockRestore();
  });
  const { code, err } = await cli('run', file, '--scorecard', 'nosuch', '--jobs', '1', '-o', join(directory, 'out'));
  expect([code, load.mock.calls]).toEqual([2, []]);
  expect(err).toContain('nosuch');
});

it('gate refuses a day that is none before it measures time', async () => {
  const directory = await temporaryDirectory();
  const [run, baseline] = ['run.json', 'baseline.json'].map((name) => join(directory, name)) as [string, string];
  await writeFile(run, JSON.stringify(runDocument()));
  await cli('gate', run, '--write-baseline', baseline);
  const held: object = JSON.parse(await readFile(baseline, 'utf8'));
  // Of no known commit, it cannot be timed against: the next thing to be refused.
  await writeFile(baseline, JSON.stringify({ ...held, kmplab: null }));
  const { code, err } = await cli('gate', run, '--baseline', baseline, '--time', '--date', '2026-13-40');
  expect([code, err]).toEqual([2, expect.stringContaining('2026-13-40')]);
});

it('report refuses a kernel build of its interactive page before it writes a page', async () => {
  const directory = await temporaryDirectory();
  const run = join(directory, 'run.json');
  await writeFile(run, JSON.stringify(runDocument()));
  const { code, err } = await cli('report', run, '--interactive', '--kernel', 'nosuch', '-o', join(directory, 'out'));
  expect([code, err]).toEqual([2, expect.stringContaining('nosuch')]);
  expect(await readdir(directory)).toEqual(['run.json']);
});
