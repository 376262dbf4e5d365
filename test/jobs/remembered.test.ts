import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Job, RememberedJobs, ResultFiles, type Results } from '#jobs';
import { temporaryDirectory } from '../support/temporary.js';

const square = z.strictObject({ square: z.number() });
const job = (number: number): Job => ({ kind: 'square', input: { number } });
const squareOf = ({ input }: Job): unknown => {
  const { number } = z.strictObject({ number: z.number() }).parse(input);
  return { square: number * number };
};

/** Jobs that count how often work was done. */
function counting(results: Results, identity = 'lab') {
  const done: Job[] = [];
  const jobs = new RememberedJobs({
    identity,
    results,
    perform: async (one) => {
      done.push(one);
      return squareOf(one);
    },
  });
  return { jobs, done };
}

async function fileBelow(directory: string): Promise<string> {
  const [file = ''] = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.json'));
  return join(directory, file);
}

describe('jobs that are remembered', () => {
  it('are done once, however often and by however many processes they are asked for', async () => {
    const directory = await temporaryDirectory();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 })), async (numbers) => {
        const { jobs, done } = counting(new ResultFiles(directory));
        const results = await Promise.all(numbers.map((number) => jobs.run(job(number), square)));
        expect(results).toEqual(numbers.map((number) => ({ square: number * number })));
        const { asked, found, made } = jobs.counts;
        expect([asked, found + made, done.length]).toEqual([new Set(numbers).size, asked, made]);
        const again = counting(new ResultFiles(directory));
        for (const number of numbers) await again.jobs.run(job(number), square);
        expect(again.done).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('are done again by another lab', async () => {
    const directory = await temporaryDirectory();
    await counting(new ResultFiles(directory)).jobs.run(job(2), square);
    const other = counting(new ResultFiles(directory), 'another lab');
    await other.jobs.run(job(2), square);
    expect(other.done).toHaveLength(1);
  });

  it.each([
    ['torn', (text: string) => text.slice(0, -3)],
    ['empty', () => ''],
    ['changed', (text: string) => text.replace('4', '5')],
    ['of another shape, though whole', () => 'no hash\n{}'],
  ])('notice a file that is %s, and make it again', async (_, damage) => {
    const directory = await temporaryDirectory();
    await counting(new ResultFiles(directory)).jobs.run(job(2), square);
    const file = await fileBelow(directory);
    const whole = await readFile(file, 'utf8');
    await writeFile(file, damage(whole));
    const files = new ResultFiles(directory);
    const { jobs, done } = counting(files);
    expect(await jobs.run(job(2), square)).toEqual({ square: 4 });
    expect([done.length, files.damaged]).toEqual([1, 1]);
    expect(await readFile(file, 'utf8')).toBe(whole);
  });

  it('refuse a result that is none, and keep nothing of it', async () => {
    const directory = await temporaryDirectory();
    const jobs = new RememberedJobs({
      identity: 'lab',
      results: new ResultFiles(directory),
      perform: async () => ({ square: 'four' }),
    });
    await expect(jobs.run(job(2), square)).rejects.toThrow('not what this lab makes');
    expect(await readdir(directory)).toEqual([]);
  });

  it('say where there is no room', async () => {
    const file = join(await temporaryDirectory(), 'a-file');
    await writeFile(file, '');
    await expect(counting(new ResultFiles(file)).jobs.run(job(2), square)).rejects.toThrow(file);
  });
});
