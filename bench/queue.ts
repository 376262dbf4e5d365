/**
 * Two workers on one queue do a sweep at least 1.7 times as fast as one. Beside it: what the queue itself costs, and whether `kmplab plan` says of 1,
 * 2 and 4 workers what they take. A real Redis on loopback; workers are processes that do one job at a time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Job, jobCostsSchema, jobKey, openQueue, planWork, workOnQueue } from '#jobs';
import { report } from './promise.js';

const speedupMin = 1.7;
const emptyJobs = 3000;

const directory = await mkdtemp(join(tmpdir(), 'kmplab-queue-'));
const port = await freePort();
const url = `redis://127.0.0.1:${port}`;
const server = spawn(
  'redis-server',
  ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--appendonly', 'yes', '--appendfsync', 'everysec'],
  { stdio: 'ignore' },
);
const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
redis.on('error', () => undefined);
await redis.ping();

try {
  const { queueSeconds, latencySeconds } = await emptyRound();
  console.log(
    `The queue: ${(queueSeconds * 1e3).toFixed(2)} ms of the server's time for each job, and ${(latencySeconds * 1e3).toFixed(2)} ms of waiting besides`,
  );
  const one = await sweepWith(1);
  const two = await sweepWith(2);
  const four = await sweepWith(4);
  const costs = jobCostsSchema.parse(JSON.parse(await readFile(join(directory, 'costs-1-0.json'), 'utf8')));
  for (const [workers, elapsed] of [
    [1, one],
    [2, two],
    [4, four],
  ] as const) {
    const tasks = costs.seconds.length;
    const assumptions = { tasks, workers, queueSeconds, latencySeconds, startSeconds: 0, seed: 1 };
    const { elapsedSeconds } = planWork({ ...costs, ...assumptions, seconds: costs.seconds });
    const remark = workers > availableParallelism() ? ', on fewer processors than workers' : '';
    console.log(`  ${workers} workers: ${elapsed.toFixed(1)} s; planned ${elapsedSeconds.toFixed(1)} s${remark}`);
  }
  report(
    one / two >= speedupMin,
    `two workers are ${(one / two).toFixed(2)} times as fast as one; promised ${speedupMin}`,
  );
} finally {
  redis.disconnect();
  server.kill('SIGKILL');
  await once(server, 'close');
  await rm(directory, { recursive: true });
}

/** Jobs that are nothing: what is left is the queue. */
async function emptyRound(): Promise<{ readonly queueSeconds: number; readonly latencySeconds: number }> {
  const identity = 'b'.repeat(64);
  const place = { url, patienceMs: 10_000, onNews: () => undefined };
  const job = (number: number): Job => ({ kind: 'nothing', input: number });
  const queue = await openQueue(place, identity);
  await redis.config('RESETSTAT');
  const started = performance.now();
  const asked = Promise.all(
    Array.from({ length: emptyJobs }, (_, number) => queue.perform(job(number), jobKey(identity, job(number)))),
  );
  const worker = workOnQueue(place, {
    identity,
    jobs: 1,
    perform: async () => null,
    onDone: () => undefined,
    idleMs: 1000,
  });
  await asked;
  const seconds = (performance.now() - started) / 1000 / emptyJobs;
  const statistics = await redis.info('commandstats');
  await worker;
  await queue.close();
  const used = [...statistics.matchAll(/usec=(\d+)/g)].reduce((sum, [, usec]) => sum + Number(usec), 0);
  const queueSeconds = used / 1e6 / emptyJobs;
  return { queueSeconds, latencySeconds: Math.max(0, seconds - queueSeconds) };
}

/** Seconds from the start of a sweep until its document is there, with so many workers ready. */
async function sweepWith(workers: number): Promise<number> {
  const sweep = join(directory, 'sweep.yaml');
  await writeFile(
    sweep,
    'question: How much faster are two?\nschemes: [modular]\nkernelModules: [600, 900]\nregimes: [security-fix, service-pack]\nseeds: [1, 2, 3, 4, 5, 6]\n',
  );
  const running = Array.from({ length: workers }, (_, index) =>
    kmplab(`cache-${workers}-${index}`, [
      ...['worker', '--queue', url, '--jobs', '1', '--idle', '10'],
      ...['--costs', join(directory, `costs-${workers}-${index}.json`)],
    ]),
  );
  const ended = Promise.all(running.map((child) => once(child, 'close')));
  // Until each of them waits for work.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const started = performance.now();
  const [code] = await once(kmplab(`cache-${workers}`, ['sweep', sweep, '--queue', url, '--json']), 'close');
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`the sweep ended with ${code}`);
  await ended;
  // What is on the queue already would be found there.
  await redis.flushall();
  return seconds;
}

function kmplab(cache: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, KMPLAB_CACHE: join(directory, cache) };
  return spawn(process.execPath, ['bin/kmplab.js', ...args], { env, stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  listening.close();
  await once(listening, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
