/**
 * The promise about the main job: from two repositories on disk to the ordered transaction of a kernel update with every kernel module
 * installed takes at most twice the processor time of a native C program with the same libsolv source. The native side gets its
 * XML unpacked and in memory, while ours reads, verifies and unpacks the files: the ratio is on the safe side.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { metadataOf, readRepository, writeRepository } from '#repomd';
import { loadLibsolv, type PackageData, solve } from '#solve';
import { median, ratioOfMedians } from '#statistics';

const pairs = 9;
const ratioMax = 2;
const kernels = ['debian-6.1.0-52-amd64', 'debian-6.1.0-53-amd64'] as const;
const update = { verb: 'up', names: [], noRecommends: false, allowUninstall: false } as const;

const nativeRound = z.object({
  parse: z.number(),
  whatprovides: z.number(),
  solve: z.number(),
  order: z.number(),
  rules: z.int(),
  steps: z.int(),
});

/** Processor milliseconds: what else runs on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function ourRound(directories: readonly string[]): Promise<{ ms: number; rules: number; steps: number }> {
  const libsolv = await loadLibsolv();
  const start = cpuMs();
  const data: PackageData[] = [];
  for (const directory of directories) data.push({ primary: metadataOf(await readRepository(directory), 'primary') });
  const [installed = null, available] = data;
  const repositories = available === undefined ? [] : [{ name: 'available', priority: 99, data: available }];
  const input = { arch: 'x86_64', installed, repositories, modaliases: [] };
  const { counters } = solve(libsolv, input, update);
  const ms = cpuMs() - start;
  libsolv.dispose();
  return { ms, rules: counters.rulesTotal, steps: counters.steps };
}

const program = process.argv[2];
if (program === undefined) throw new Error('usage: main-job.js PATH-OF-bench-native');
const scratch = await mkdtemp(join(tmpdir(), 'kmplab-bench-'));
try {
  const directories: string[] = [];
  const documents: string[] = [];
  for (const name of kernels) {
    const directory = join(scratch, name);
    await writeRepository(
      packageBuilds('modular', [await loadBuiltinKernel(name)], { patterns: false }).packages,
      directory,
    );
    const document = join(scratch, `${name}.xml`);
    await writeFile(document, metadataOf(await readRepository(directory), 'primary'));
    directories.push(directory);
    documents.push(document);
  }
  const native = spawn(program, documents, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: native.stdout })[Symbol.asyncIterator]();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const our = await ourRound(directories);
    native.stdin.write('round\n');
    const { value } = await lines.next();
    const their = nativeRound.parse(JSON.parse(String(value)));
    if (our.rules !== their.rules)
      throw new Error(`the two sides differ: ${our.rules} rules here, ${their.rules} there`);
    // The first pair warms up.
    if (pair === 0) continue;
    ours.push(our.ms);
    theirs.push(their.parse + their.whatprovides + their.solve + their.order);
  }
  native.stdin.end();
  const ratio = ratioOfMedians(theirs, ours, { seed: 1 });
  console.log(`repomd to ordered transaction, ${kernels.join(' to ')}, ${pairs} pairs, processor time`);
  console.log(`  here    ${median(ours).toFixed(0)} ms`);
  console.log(`  native  ${median(theirs).toFixed(0)} ms`);
  if (ratio.state === 'tooLittle') throw new Error(ratio.why);
  const { ratio: of, low, high } = ratio;
  console.log(`  ratio   ${of.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}; promised: ${ratioMax})`);
  if (of > ratioMax) process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
