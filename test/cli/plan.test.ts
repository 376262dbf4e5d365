import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

async function costsFile(content: unknown): Promise<string> {
  const file = join(await temporaryDirectory(), 'costs.json');
  await writeFile(file, JSON.stringify(content));
  return file;
}

const costs = { format: 'kmplab-job-costs-1', processor: 'a processor', beside: 1, startSeconds: 0, seconds: [2] };
const noOverhead = ['--queue-seconds', '0.001', '--latency', '0.001'];

it('says what jobs take on so many workers, and from what it was modelled', async () => {
  const { code, out } = await cli(
    'plan',
    await costsFile(costs),
    '--tasks',
    '1000',
    '--workers',
    '1',
    '10',
    ...noOverhead,
  );
  expect(code).toBe(0);
  expect(out).toContain('1,000 jobs, 33.3 min of work: modelled from 1 job measured 1 at a time on a processor');
  expect(out).toMatch(/\n {2}1 +33\.4 min/);
  expect(out).toMatch(/\n {2}10 +3\.34 min/);
});

it('prints the same as JSON', async () => {
  const { out } = await cli('plan', await costsFile(costs), '--tasks', '10', '--workers', '5', '--json');
  expect(JSON.parse(out)).toMatchObject({ tasks: 10, measuredJobs: 1, plans: [{ workers: 5, workSeconds: 20 }] });
});

it.each([
  ['no jobs', { ...costs, seconds: [] }, [], 'no job was measured'],
  ['a negative time', { ...costs, seconds: [-1] }, [], 'seconds[0]'],
  ['another format', { ...costs, format: 'x' }, [], 'kmplab worker --costs'],
  ['too many tasks', costs, ['--tasks', '10000001'], 'at most 10,000,000'],
  ['too many workers', costs, ['--workers', '1', '100001'], 'at most 100,000'],
  ['no workers', costs, ['--workers', '0'], 'whole number from 1'],
])('refuses %s', async (_, content, flags, complaint) => {
  const { code, err } = await cli('plan', await costsFile(content), ...flags);
  expect([code, err]).toEqual([2, expect.stringContaining(complaint)]);
});
