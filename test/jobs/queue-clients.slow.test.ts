import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError } from '#errors';
import { type Job, jobKey, openQueue, workOnQueue } from '#jobs';
import { ended, startShell } from '../support/process.js';
import { QueueServer, until } from '../support/queue.js';
import { temporaryDirectory } from '../support/temporary.js';

const identity = 'a'.repeat(64);
const numberSchema = z.strictObject({ number: z.number() });
const job = (number: number): Job => ({ kind: 'square', input: { number } });
const square = async ({ input }: Job): Promise<number> => numberSchema.parse(input).number ** 2;

let server: QueueServer;
beforeEach(async () => {
  server = await QueueServer.start();
});
afterEach(() => server.stop());

const place = (patienceMs = 10_000, news: string[] = []) => ({
  url: server.url,
  patienceMs,
  onNews: (what: string) => void news.push(what),
});

/** A worker in this process, which ends a second after the last job. */
const work = (perform: (job: Job) => Promise<unknown>, done: number[] = [], jobs = 2) =>
  workOnQueue(place(), { identity, jobs, perform, onDone: (so) => void done.push(so), idleMs: 1000 });

describe('a queue', () => {
  it('has every job done once, by whichever worker, and finds results again', async () => {
    const queue = await openQueue(place(), identity);
    const ask = (number: number) => queue.perform(job(number), jobKey(identity, job(number)));
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    const asked = Promise.all(numbers.map(ask));
    const workers = await Promise.all([work(square), work(square)]);
    expect(await asked).toEqual(numbers.map((number) => number ** 2));
    expect(workers.reduce((a, b) => a + b)).toBe(200);
    // Nobody works any more.
    expect(await ask(7)).toBe(49);
    await queue.close();
  });

  it('says what is wrong with a job, and goes on with others', async () => {
    const queue = await openQueue(place(), identity);
    const ask = (number: number) => queue.perform(job(number), jobKey(identity, job(number)));
    const picky = async (one: Job) => {
      const number = await square(one);
      if (number === 4) throw new InputError('unsupported', 'two is no number');
      if (number === 9) throw new Error('three breaks it');
      return number;
    };
    const asked = Promise.allSettled([1, 2, 3, 4].map(ask));
    await work(picky);
    const [one, two, three, four] = await asked;
    expect([one, four]).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'fulfilled', value: 16 },
    ]);
    expect(two).toMatchObject({ reason: { code: 'unsupported', message: 'two is no number' } });
    expect(three).toMatchObject({ reason: { message: expect.stringContaining('three breaks it') } });
    await queue.close();
  });

  it('is waited for while it is gone, and loses nothing', async () => {
    const news: string[] = [];
    const done: number[] = [];
    const queue = await openQueue(place(30_000, news), identity);
    const slowly = async (one: Job) => {
      await sleep(50);
      return square(one);
    };
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    const asked = Promise.all(numbers.map((number) => queue.perform(job(number), jobKey(identity, job(number)))));
    const worker = workOnQueue(place(30_000), {
      identity,
      jobs: 2,
      perform: slowly,
      onDone: (so) => void done.push(so),
      idleMs: 8000,
      lockMs: 2000,
    });
    await until(() => done.length > 5);
    await server.stop();
    await sleep(1500);
    await server.start();
    expect(await asked).toEqual(numbers.map((number) => number ** 2));
    expect(news.join('\n')).toMatch(/does not answer[\s\S]*is back/);
    await worker;
    await queue.close();
  });

  it('that is gone for good is said, to who waits and to who works', async () => {
    const queue = await openQueue(place(1000), identity);
    const asked = queue.perform(job(1), jobKey(identity, job(1)));
    const worker = workOnQueue(place(1000), {
      identity,
      jobs: 1,
      perform: () => sleep(60_000),
      onDone: () => undefined,
      idleMs: null,
    });
    const both = Promise.allSettled([asked, worker]);
    await sleep(500);
    await server.stop();
    const gone = { status: 'rejected', reason: { message: expect.stringContaining('is gone') } };
    expect(await both).toMatchObject([gone, gone]);
    await queue.close();
  });

  it('is not believed: a message under another key is not done', async () => {
    const done: number[] = [];
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const raw = new Queue(`kmplab-${identity.slice(0, 16)}`, { connection: redis });
    await raw.add('square', { ...job(3), more: true }, { jobId: jobKey(identity, job(3)) });
    await raw.add('square', job(3), { jobId: jobKey(identity, job(4)) });
    await raw.add('square', { text: '__proto__' });
    expect(await work(square, done)).toBe(0);
    await raw.close();
    redis.disconnect();
  });
});

describe('kmplab sweep and worker', () => {
  const sweep = {
    question: 'Does it grow?',
    schemes: ['modular'],
    kernelModules: [100, 120, 150, 200],
    regimes: ['stable'],
    seeds: [1],
  };

  it('come to what one process does, though a worker is killed in the midst of a job', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'sweep.yaml');
    await writeFile(file, JSON.stringify(sweep));
    const cache = (name: string) => ({ KMPLAB_CACHE: join(directory, name) });
    const run = (out: string, more: string) =>
      startShell(`kmplab sweep ${file} -o ${join(directory, out)} ${more}`, cache(out));
    const worker = (name: string) =>
      startShell(`kmplab worker --queue ${server.url} --jobs 1 --idle 15 --lock 2`, cache(name));
    const first = worker('first');
    let said = '';
    first.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const whole = run('queued', `--queue ${server.url}`);
    const wholeEnded = ended(whole);
    await until(() => said.includes('growth:'));
    first.kill('SIGKILL');
    const second = ended(worker('second'));
    expect(await wholeEnded).toMatchObject({ code: 0 });
    expect(await ended(run('alone', '--jobs 1'))).toMatchObject({ code: 0 });
    const [queued, alone] = await Promise.all(
      ['queued', 'alone'].map((name) => readFile(join(directory, name, 'run.json'), 'utf8')),
    );
    expect(queued).toBe(alone);
    expect(await second).toMatchObject({ code: 0 });
  });

  it.each([
    ['--queue http://127.0.0.1', 'no address of a queue'],
    ['--queue redis://127.0.0.1:1 --patience 1', 'is gone'],
    ['--queue redis://127.0.0.1:1 --samples 2', 'measure no time'],
  ])('refuse %s', async (flags, complaint) => {
    const file = join(await temporaryDirectory(), 'sweep.yaml');
    await writeFile(file, JSON.stringify(sweep));
    const { code, err } = await ended(startShell(`kmplab sweep ${file} --json --fresh ${flags}`));
    expect([code, err]).toEqual([2, expect.stringContaining(complaint)]);
  });
});
