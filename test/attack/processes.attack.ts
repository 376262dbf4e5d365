import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { test } from 'vitest';
import { reportDirectories } from '#report';
import type { Random } from '#statistics';
import { ended, startShell } from '../support/process.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';
import { assault, oneOf, timeout } from './assault.js';

/** What a process may be denied: address space and files' sizes in KiB, open files. Much, little, and too little for Node.js itself. */
const limits = [
  () => '',
  (random: Random) => `ulimit -v ${1_000_000 + random.below(30_000_000)}; `,
  (random: Random) => `ulimit -n ${20 + random.below(300)}; `,
  (random: Random) => `trap '' XFSZ; ulimit -f ${random.below(200)}; `,
];

/** A run that is interrupted, killed or denied what it needs, at a random time, into a directory that holds an earlier one. */
test('processes', { timeout }, async () => {
  const directory = await temporaryDirectory();
  const scenario = await smallLab(directory);
  const [out, TMPDIR] = [join(directory, 'out'), join(directory, 'tmp')];
  await mkdir(TMPDIR);
  await assault('processes', async (random, seed) => {
    const limit = oneOf(random, limits)(random);
    const line = `${limit}kmplab run ${scenario} --samples 0 --jobs ${1 + random.below(2)} --name n${seed} -o ${out}`;
    const child = startShell(line, { TMPDIR });
    const done = ended(child);
    const signal = limit === '' ? oneOf(random, ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) : null;
    if (signal !== null) {
      await setTimeout(random.below(2500));
      child.kill(signal);
    }
    const { code, err } = await done;
    const why = `${line}: ${signal} ${code}: ${err.slice(-2000)}`;
    const names = await published(out, why);
    if (code === 0 && !names.every((name) => name === `n${seed}`)) throw new Error(`exit 0 without the work: ${why}`);
    if (code === 0 && names.length === 0) throw new Error(`exit 0 without the work: ${why}`);
    // The scenario passes: 1 would say that it was judged negative.
    if (code === 3 || code === 1) throw new Error(why);
    // Who is killed, by us or by V8 for want of memory, can clean up nothing; the next one does. Nor can one that did not even start, or was
    // ended before it could say so, clean up after the one before it.
    const unheard = err.includes('cannot start') || (signal !== null && err === '');
    const killed =
      unheard || code === 'SIGKILL' || code === 'SIGABRT' || code === 'SIGTRAP' || code === 'SIGSEGV' || code === 134;
    if (!killed) await nothingLeft(TMPDIR, out, why);
    return signal === null ? `limited ${code}` : `${signal} ${code}`;
  });
  await rm(out, { recursive: true, force: true });
});

/** Names of the run that the document and the report tell of; neither may be there without being whole, nor of another run than the other. */
async function published(out: string, why: string): Promise<string[]> {
  const read = (name: string) => readFile(join(out, name), 'utf8').catch(() => null);
  const [document, report] = [await read('run.json'), await read('index.html')];
  if (document === null && report === null) return [];
  const name = document === null ? null : String(JSON.parse(document).name);
  if (report !== null && (name === null || !report.includes('</html>') || !new RegExp(`\\b${name}\\b`).test(report)))
    throw new Error(`torn: ${why}`);
  return name === null ? [] : [name];
}

async function nothingLeft(temporary: string, out: string, why: string): Promise<void> {
  const left = [...(await readdir(temporary)), ...(await readdir(out).catch(() => []))];
  const ours = new Set([
    'run.json',
    'index.html',
    'method.html',
    'measurements.html',
    'search.html',
    ...reportDirectories,
  ]);
  const foreign = left.filter((name) => !ours.has(name));
  if (foreign.length > 0) throw new Error(`left behind: ${foreign.join(', ')}: ${why}`);
}
