/**
 * The promise about interrupted sweeps: a small sweep that is killed at random times, and called again each time, loses no result and counts none
 * twice. Whenever it comes to its end, its document is that of a sweep that nobody killed, to the byte; the cache holds each result once.
 * KILLS= for another number of kills than 1,000.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '#statistics';
import { report } from './promise.js';

const kills = Number(process.env['KILLS'] ?? 1000);
const random = seededRandom(7);

const directory = await mkdtemp(join(tmpdir(), 'kmplab-kills-'));
const sweep = join(directory, 'sweep.yaml');
await writeFile(
  sweep,
  'question: What is left of a sweep that is killed?\nschemes: [modular]\nkernelModules: [100, 150]\nregimes: [security-fix]\nseeds: [1, 2, 3]\n',
);

interface Ended {
  /** Null where it was killed. */
  readonly document: string | null;
  readonly milliseconds: number;
}

/** One call of the sweep; `killAfter` null: nobody kills it. */
async function call(cache: string, killAfter: number | null): Promise<Ended> {
  const scratch = join(directory, 'tmp');
  await mkdir(scratch, { recursive: true });
  const started = performance.now();
  const child = spawn(process.execPath, ['bin/kmplab.js', 'sweep', sweep, '--jobs', '1', '--json'], {
    env: { ...process.env, KMPLAB_CACHE: cache, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (signal === null && code !== 0) throw new Error(`the sweep ended with ${code}`);
  return {
    document: signal === null ? Buffer.concat(chunks).toString() : null,
    milliseconds: performance.now() - started,
  };
}

const whole = await call(join(directory, 'whole'), null);
const wanted = await results('whole');

async function results(cache: string): Promise<string[]> {
  const files = await readdir(join(directory, cache, 'results'), { recursive: true });
  return files.filter((file) => file.endsWith('.json')).sort();
}

let killed = 0;
let ends = 0;
let different = 0;
let otherResults = 0;
while (killed < kills) {
  const cache = join(directory, 'cache');
  const { document } = await call(cache, random.float() * whole.milliseconds);
  if (document === null) {
    killed += 1;
    continue;
  }
  ends += 1;
  if (document !== whole.document) different += 1;
  if ((await results('cache')).join() !== wanted.join()) otherResults += 1;
  await rm(cache, { recursive: true });
}
const last = await call(join(directory, 'cache'), null);
const left = await readdir(join(directory, 'tmp'));

console.log(`A sweep of ${wanted.length} results, killed ${killed} times; it came to its end ${ends} times`);
report(different === 0 && last.document === whole.document, `documents that differ: ${different}`);
report(otherResults === 0, `ends with results lost or doubled: ${otherResults}`);
report(left.length === 0, `left in the temporary directory after the last call: ${left.join(', ') || 'nothing'}`);
await rm(directory, { recursive: true });
